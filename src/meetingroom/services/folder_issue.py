"""A folder becomes an issued revision: the same way a draft on screen does."""

from pathlib import Path
from typing import Any

import msgspec

from meetingroom.domain.errors import PaperError
from meetingroom.domain.ids import new_id
from meetingroom.services.desk import Desk
from meetingroom.services.drafting import (
    Draft,
    Drafting,
    DraftLink,
    DraftPaper,
    draft_of,
    map_papers,
)
from meetingroom.services.folder_meeting import (
    FolderLink,
    FolderMeeting,
    as_next_revision,
    read_folder,
)
from meetingroom.services.issuing import Issuing


def draft_folder(desk: Desk, drafting: Drafting, folder: Path) -> Draft:
    """A folder as a kept draft, papers looked at, then copied; blocks.

    Raises PaperError of the first file that cannot be a paper: nothing is kept of any.
    """
    wanted = as_next_revision(read_folder(folder, desk.directory, desk.person), desk.meetings)
    meeting = wanted.draft.meeting
    looked = drafting.look([paper.file for paper in wanted.papers]).result()
    for paper, seen in zip(wanted.papers, looked, strict=True):
        if seen.problem is not None:
            raise PaperError(seen.problem, file=paper.file.name)
    drafting.adopt(_with_known_papers(desk, wanted)).result()
    try:
        for paper, seen in zip(wanted.papers, looked, strict=True):
            known = _known(drafting, meeting, paper.title)
            drafting.add_files(meeting, paper.item, [paper.file], known, [seen]).result()
            _name_last(drafting, meeting, paper.title, paper.audience, known)
        for link in wanted.links:
            _add_link(drafting, meeting, link)
    except PaperError:
        drafting.discard(meeting).result()
        raise
    return _in_folder_order(drafting, wanted)


def _add_link(drafting: Drafting, meeting: str, link: FolderLink) -> None:
    """With all that the folder says of it."""
    if link.url:
        drafting.add_link(meeting, link.title, link.url).result()

    def edit(draft: Draft) -> Draft:
        without = DraftLink(link=new_id("link"), title=link.title, url="")
        last = draft.links[-1] if link.url else without
        before = draft.links[:-1] if link.url else draft.links
        return msgspec.structs.replace(
            draft, links=(*before, msgspec.structs.replace(last, **link.said))
        )

    drafting.edit(meeting, edit).result()


def issue_folder(desk: Desk, drafting: Drafting, issuing: Issuing, folder: Path) -> dict[str, Any]:
    """Draft and issue a folder; its meeting's id, title and revision. Blocks."""
    draft = draft_folder(desk, drafting, folder)
    revision = issuing.issue(draft.meeting).result()
    return {"meeting": draft.meeting, "title": draft.title, "revision": revision}


def _with_known_papers(desk: Desk, wanted: FolderMeeting) -> Draft:
    """The draft with the papers the meeting has and the folder still names."""
    folded = desk.meeting(wanted.draft.meeting)
    if folded is None or folded.issued is None:
        return wanted.draft
    titles = {paper.title: paper.item for paper in wanted.papers}
    kept = [row for row in draft_of(folded).papers if row.title in titles]
    items = tuple(
        msgspec.structs.replace(
            item, papers=tuple(row for row in kept if titles[row.title] == item.item)
        )
        for item in wanted.draft.items
    )
    return msgspec.structs.replace(wanted.draft, items=items)


def _known(drafting: Drafting, meeting: str, title: str) -> str:
    draft = drafting.draft(meeting)
    papers = draft.papers if draft else ()
    return next((row.paper for row in papers if row.title == title), "")


def _name_last(
    drafting: Drafting, meeting: str, title: str, audience: tuple[str, ...], known: str
) -> None:
    def change(draft: Draft) -> Draft:
        paper = known or draft_newest(draft).paper

        def rename(row: DraftPaper) -> DraftPaper:
            if row.paper != paper:
                return row
            return msgspec.structs.replace(row, title=title, audience=audience, is_new=False)

        return map_papers(draft, rename)

    drafting.edit(meeting, change).result()


def draft_newest(draft: Draft) -> DraftPaper:
    """The paper added last and not yet named."""
    return next(row for row in reversed(draft.papers) if row.is_new)


def _in_folder_order(drafting: Drafting, wanted: FolderMeeting) -> Draft:
    order = {paper.title: place for place, paper in enumerate(wanted.papers)}

    def change(draft: Draft) -> Draft:
        items = tuple(
            msgspec.structs.replace(
                item, papers=tuple(sorted(item.papers, key=lambda row: order.get(row.title, 999)))
            )
            for item in draft.items
        )
        return msgspec.structs.replace(draft, items=items)

    return drafting.edit(wanted.draft.meeting, change).result()
