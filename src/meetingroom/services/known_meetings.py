"""Whether a letter tells of a meeting that is here already, and what it changes of it."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import moment_of
from meetingroom.services.drafting import Draft, DraftLink
from meetingroom.services.proposals import ProposedMeeting, key_of, link_key

STILL_NEAR = timedelta(days=1)
SURE = ("uid", "letter")


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What a meeting was made of on this computer: calendar entries and files."""

    uids: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def with_more(self, uids: Collection[str], files: Collection[str]) -> "Origin":
        return Origin(
            uids=tuple(dict.fromkeys((*self.uids, *filter(None, uids)))),
            files=tuple(dict.fromkeys((*self.files, *filter(None, files)))),
        )


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting that is here as it stands now; `why` is uid, letter, link or title."""

    meeting: str
    why: str
    title: str
    starts_at: str
    place: str
    is_issued: bool
    link: DraftLink | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it is the very same, not only one that looks like it."""
        return self.why in SURE


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What tells a proposed meeting from others."""

    title: str
    links: frozenset[str]
    uids: frozenset[str]
    files: frozenset[str]


def sought(meeting: ProposedMeeting, files: Sequence[str]) -> Sought:
    """By what a proposal is looked for; `files` are the hashes of its letters."""
    return Sought(
        title=_folded(meeting.value("title")),
        links=frozenset({key_of(link) for link in meeting.links} - {""}),
        uids=frozenset(meeting.uids),
        files=frozenset(files) - {""},
    )


def known_meetings(
    what: Sought,
    drafts: Mapping[str, Draft],
    meetings: Mapping[str, Meeting],
    origins: Mapping[str, Origin],
    now: datetime,
) -> list[Known]:
    """Meetings a letter may mean, the surest first; never one that is over."""
    rows = []
    for row in _standing(drafts, meetings):
        meeting, files = row
        why = _why(what, meeting, files, origins.get(meeting.meeting, Origin()), now)
        if why:
            rows.append(msgspec.structs.replace(meeting, why=why))
    order = ("uid", "letter", "link", "title")
    return sorted(rows, key=lambda one: order.index(one.why))


def _standing(
    drafts: Mapping[str, Draft], meetings: Mapping[str, Meeting]
) -> list[tuple[Known, frozenset[str]]]:
    """Every meeting that may still change, as its draft or else its last revision has it."""
    rows = [_of_draft(draft) for draft in drafts.values()]
    for meeting in meetings.values():
        if meeting.id not in drafts and meeting.issued is not None and meeting.state == "issued":
            issued = meeting.issued
            known = Known(
                meeting=meeting.id,
                why="",
                title=issued.title,
                starts_at=issued.starts_at,
                place=issued.place,
                is_issued=True,
                link=_draft_link(issued.links[0]) if issued.links else None,
            )
            files = (paper.current.blob for paper in meeting.papers.values())
            rows.append((known, frozenset(files)))
    return rows


def _of_draft(draft: Draft) -> tuple[Known, frozenset[str]]:
    known = Known(
        meeting=draft.meeting,
        why="",
        title=draft.title,
        starts_at=draft.starts_at,
        place=draft.place,
        is_issued=draft.base > 0,
        link=draft.links[0] if draft.links else None,
    )
    return known, frozenset(paper.blob for paper in draft.papers)


def _draft_link(link: OnlineLink) -> DraftLink:
    return DraftLink(**msgspec.structs.asdict(link))


def _why(what: Sought, meeting: Known, files: frozenset[str], origin: Origin, now: datetime) -> str:
    if what.uids & set(origin.uids):
        return "uid"
    if what.files & (files | set(origin.files)):
        return "letter"
    if not meeting.starts_at or moment_of(meeting.starts_at) < now - STILL_NEAR:
        return ""  # links and titles come again and again
    link = meeting.link
    if link is not None and link_key(link.service, link.url, link.meeting_number) in what.links:
        return "link"
    return "title" if what.title and _folded(meeting.title) == what.title else ""


def _folded(title: str) -> str:
    bare = unicodedata.normalize("NFC", title).casefold()
    return " ".join("".join(one if one.isalnum() else " " for one in bare).split())
