"""The roll call in words: the quorum, and when somebody came and left."""

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.quorum import quorum_of
from meetingroom.ui.stage.moments import local
from meetingroom.wording import tr


def quorum_words(meeting: Meeting, directory: Directory) -> str:
    """How many members are here and how many it takes; never an order."""
    found = quorum_of(meeting, directory)
    here = tr("{0} of {1} members present").format(found.here, found.members)
    if not found.needed:
        return here
    rule = {
        "half_members": tr("more than half of the members"),
        "two_thirds_members": tr("two thirds of the members"),
    }.get(found.rule, "")
    told = tr("Quorum reached") if found.is_met else tr("No quorum yet")
    return f"{told}: {here} · " + tr("{0} needed ({1})").format(found.needed, rule)


def lobby_quorum(meeting: Meeting, directory: Directory) -> str:
    """The quorum in few words for the room; empty where the type has none."""
    found = quorum_of(meeting, directory)
    if not found.needed:
        return ""
    told = tr("Quorum reached") if found.is_met else tr("No quorum yet")
    return f"{told} ({found.here}/{found.needed})"


def stay_words(meeting: Meeting, person: str) -> str:
    """Each stay of somebody: "07:58–09:10, 09:30 (online)"; empty if they never came."""
    known = meeting.presence.get(person)
    if known is None:
        return ""
    stays = [*known.before, (known.at, known.left_at)]
    words = ", ".join(
        f"{local(at):%H:%M}–" + (f"{local(left):%H:%M}" if left else "") for at, left in stays
    )
    if known.left_at:
        return words
    notes = (
        tr("online", "present") if known.way == "online" else "",
        tr("with the code") if known.by_code else "",
    )
    return " · ".join(filter(None, (words, *notes)))


def answer_words(meeting: Meeting, directory: Directory, person: str) -> str:
    """What somebody answered, and what the chair said to it; empty without an answer."""
    answer = meeting.answers.get(person)
    if answer is None or answer.answer == "comes":
        return ""
    if answer.answer == "substitute":
        name = directory.name_of(answer.substitute) or answer.substitute
        words = tr("Substitute: {0}").format(name)
    else:
        words = tr("Absent: {0}").format(answer.reason) if answer.reason else tr("Absent")
    decision = meeting.decided.get(person)
    if decision is None:
        return f"{words} · {tr('the chair has not decided')}"
    return f"{words} · {tr('agreed') if decision else tr('not agreed')}"
