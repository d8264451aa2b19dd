"""Who may go into an online meeting, and say so: the rules of `online_joined`, `online_left`."""

from meetingroom.domain import facts
from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.ids import is_room
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import Head
from meetingroom.domain.ruling import Refusal, Rule, leads


def link_named(meeting: Meeting, link: str) -> OnlineLink | None:
    """An online meeting of the current revision."""
    links = meeting.issued.links if meeting.issued else ()
    return next((one for one in links if one.link == link), None)


def may_join(person: str, link: OnlineLink, meeting: Meeting) -> bool:
    """Whether somebody may go into it from their own computer: who leads, or the whole meeting
    where the invitation allows it.
    """
    return leads(person, meeting) or (link.is_for_all and person in meeting.people)


def may_have_secret(person: str, secret: str, meeting: Meeting) -> bool:
    """Whether somebody may have what opens the door: who may join from their own computer, as long
    as there is a meeting; who leads also afterwards, for the next one.
    """
    if meeting.state not in ("issued", "open"):
        return leads(person, meeting)
    links = meeting.issued.links if meeting.issued else ()
    named = [link for link in links if link.secret == secret]
    if not named:
        return leads(person, meeting)  # of an earlier revision
    return any(may_join(person, link, meeting) for link in named)


def _join(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    assert isinstance(fact, facts.OnlineJoined)  # noqa: S101
    link = link_named(meeting, fact.link)
    if link is None:
        return "unknown_link"
    if not may_join(actor, link, meeting):
        return "no_right" if actor in meeting.people else "not_invited"
    # Told late, by a computer that was away: it stands in the log, and counts for nothing more.
    return "closed" if meeting.state == "cancelled" else None


def _leave(
    actor: str, head: Head, fact: facts.Fact, directory: Directory, meeting: Meeting
) -> Refusal:
    """Whoever was in it may say that they left, also when the meeting is over; who leads may
    say it of a display.
    """
    assert isinstance(fact, facts.OnlineLeft)  # noqa: S101
    if fact.who:
        is_mine = is_room(fact.who) and leads(actor, meeting)
        return None if is_mine and (fact.who, fact.link) in meeting.calls else "no_right"
    return None if (head.author, fact.link) in meeting.calls else "unknown_link"


def room_left(room: str, fact: facts.OnlineLeft, meeting: Meeting) -> Refusal:
    """A display tells its own leaving also when it was locked meanwhile."""
    is_mine = not fact.who and (room, fact.link) in meeting.calls
    return None if is_mine else "unknown_link"


RULES: dict[str, Rule] = {"online_joined": _join, "online_left": _leave}
