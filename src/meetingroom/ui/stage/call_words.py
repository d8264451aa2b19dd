"""Words about online meetings: what warns of an address, who is in one and since when."""

from collections.abc import Iterable

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.sentences import sentence
from meetingroom.ui.stage import moments
from meetingroom.wording import tr


def warning_words(codes: Iterable[str]) -> str:
    """What makes an address not be what it seems, a sentence each."""
    return " ".join(dict.fromkeys(sentence(code) for code in codes))


def in_call_words(meeting: Meeting, directory: Directory) -> str:
    """Who is in which call since when, a line each; "" where nobody is."""
    titles = {link.link: link.title for link in (meeting.issued.links if meeting.issued else ())}
    several = len(titles) > 1
    lines = []
    for call in meeting.calls.values():
        if call.is_in:
            name = directory.name_of(call.who) or call.who
            since = tr("since {0}").format(f"{moments.local(call.joined_at):%H:%M}")
            title = titles.get(call.link, "") if several else ""
            lines.append(" · ".join(filter(None, (name, since, title))))
    return "\n".join(lines)
