"""Kinds of meeting, bodies and their rules in words."""

from meetingroom.domain.bodies import body_name
from meetingroom.domain.directory import Directory
from meetingroom.domain.office_facts import BodySet, MeetingTypeSet
from meetingroom.wording import tr


def kind_names() -> tuple[tuple[str, str], ...]:
    """The ready kinds of meeting and their words."""
    return (
        ("ubnd_regular", tr("Regular session of the People's Committee")),
        ("ubnd_thematic", tr("Thematic or urgent session")),
        ("hdnd", tr("Session of the People's Council")),
        ("briefing", tr("Briefing meeting")),
        ("party", tr("Party committee conference")),
        ("other", tr("Other meeting")),
    )


def type_name(rules: MeetingTypeSet) -> str:
    """What a kind is called: as the office calls it, else as it is called here."""
    return rules.name or dict(kind_names()).get(rules.kind, rules.kind)


def quorum_rules() -> tuple[tuple[str, str], ...]:
    return (
        ("none", tr("none: it is only counted who is here")),
        ("half_members", tr("more than half of the members")),
        ("two_thirds_members", tr("at least two thirds of the members")),
    )


def majority_rules() -> tuple[tuple[str, str], ...]:
    return (
        ("half_members", tr("more than half of all members")),
        ("half_present", tr("more than half of those present")),
        ("two_thirds_members", tr("two thirds of all members")),
        ("two_thirds_present", tr("two thirds of those present")),
        ("none", tr("no majority: the count is told")),
    )


def days_words(rules: MeetingTypeSet) -> str:
    """How long before the meeting its papers go out."""
    if rules.are_working_days:
        return tr("{0} working days before").format(rules.days_before)
    return tr("{0} days before").format(rules.days_before)


def rules_words(rules: MeetingTypeSet, directory: Directory) -> str:
    """A kind's rules in a line."""
    quorum = dict(quorum_rules()).get(rules.quorum, "")
    majority = dict(majority_rules()).get(rules.majority, "")
    body = body_name(directory, rules.body) if rules.body in directory.bodies else ""
    parts = (
        body,
        days_words(rules),
        tr("quorum: {0}").format(quorum) if quorum else "",
        tr("passes with: {0}").format(majority) if majority else "",
        " / ".join(rules.choices),
    )
    return "  ·  ".join(part for part in parts if part)


def secretaries_words(body: BodySet, directory: Directory) -> str:
    """Who prepares a body's meetings."""
    if not body.secretaries:
        return tr("every secretary of the office")
    names = (directory.name_of(person) for person in body.secretaries)
    return ", ".join(name for name in names if name)
