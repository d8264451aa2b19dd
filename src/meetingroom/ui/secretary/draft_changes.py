"""What a draft changes in an issued meeting, in words, with what becomes of shared marks."""

from collections.abc import Iterable

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.services.drafting import Draft, DraftPaper, draft_of
from meetingroom.wording import tr


def changes_in_words(draft: Draft, meeting: Meeting | None, directory: Directory) -> list[str]:
    """One line a change against what is issued; empty for a first revision or no change."""
    if meeting is None or meeting.issued is None:
        return []
    before = draft_of(meeting)
    return [
        *_of_information(before, draft, directory),
        *_of_items(before, draft),
        *_of_papers(before, draft, meeting),
        *_of_people(before, draft, directory),
    ]


def loss_in_words(before: Draft, draft: Draft) -> str:
    """What an edit took out; "" if nothing."""
    items = _gone({row.item: row.title for row in before.items}, {row.item for row in draft.items})
    papers = _gone(
        {row.paper: row.title for row in before.papers}, {row.paper for row in draft.papers}
    )
    links = _gone({row.link: row.title for row in before.links}, {row.link for row in draft.links})
    for words, gone in (
        (tr("The item “{0}” was taken out"), items),
        (tr("The paper “{0}” was taken out"), papers),
        (tr("The link “{0}” was taken out"), links),
    ):
        if gone:
            return words.format(gone[0] or tr("Without a title"))
    return ""


def _gone(before: dict[str, str], after: set[str]) -> list[str]:
    return [title for key, title in before.items() if key not in after]


def _of_information(before: Draft, draft: Draft, directory: Directory) -> Iterable[str]:
    if draft.title != before.title:
        yield tr("New title: {0}").format(draft.title)
    if draft.starts_at != before.starts_at:
        yield tr("Another time")
    if draft.place != before.place:
        yield tr("Another place: {0}").format(draft.place)
    if draft.chair != before.chair:
        yield tr("Another chair: {0}").format(directory.name_of(draft.chair))
    if (draft.kind, draft.body) != (before.kind, before.body):
        yield tr("Another kind or body")
    if {link.link for link in draft.links} != {link.link for link in before.links}:
        yield tr("Other online meetings")


def _of_items(before: Draft, draft: Draft) -> Iterable[str]:
    old = {row.item: row for row in before.items}
    new = {row.item: row for row in draft.items}
    for number, row in enumerate(draft.items, 1):
        known = old.get(row.item)
        if known is None:
            yield tr("New item {0}: {1}").format(number, row.title)
        elif (known.title, known.presenter, known.minutes) != (
            row.title, row.presenter, row.minutes,
        ):  # fmt: skip
            yield tr("Item {0} changed: {1}").format(number, row.title)
    for key, row in old.items():
        if key not in new:
            yield tr("Item taken out: {0}").format(row.title)
    stays = [key for key in old if key in new]
    if stays != [key for key in new if key in old]:
        yield tr("Another order of items")


def _of_papers(before: Draft, draft: Draft, meeting: Meeting) -> Iterable[str]:
    old = {paper.paper: paper for paper in before.papers}
    new = {paper.paper for paper in draft.papers}
    for paper in draft.papers:
        known = old.get(paper.paper)
        if known is None:
            yield tr("New paper: {0}").format(paper.title)
            continue
        if known.blob != paper.blob:
            yield _new_version(paper, meeting, known.blob)
        if set(known.audience) != set(paper.audience):
            yield tr("Other readers: {0}").format(paper.title)
    for key, paper in old.items():
        if key not in new:
            yield tr("Paper taken out: {0}").format(paper.title)


def _new_version(paper: DraftPaper, meeting: Meeting, blob: str) -> str:
    """Counts of shared marks only; nobody can count private ones."""
    shared = [mark for mark in meeting.marks_on(blob) if not mark.is_private]
    words = tr("New version of {0}").format(paper.title)
    if not shared:
        return words
    authors = len({mark.author for mark in shared})
    told = tr("{0}; {1} people have {2} shared marks on it, which go along")
    return told.format(words, authors, len(shared))


def _of_people(before: Draft, draft: Draft, directory: Directory) -> Iterable[str]:
    old, new = {*before.members, *before.guests}, {*draft.members, *draft.guests}
    for words, people in (
        (tr("Invited too: {0}"), new - old),
        (tr("Not invited any more: {0}"), old - new),
    ):
        if people:
            names = [row.name for row in directory.in_protocol_order() if row.person in people]
            yield words.format(", ".join(names))
    if new == old and set(draft.members) != set(before.members):
        yield tr("Members and guests changed places")
