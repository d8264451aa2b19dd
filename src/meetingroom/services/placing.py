"""Places of marks on later versions, as parts of a person's steps."""

import msgspec

from meetingroom.domain.facts import Fact, MarkCarried
from meetingroom.domain.marks import Mark, Shape, Standing
from meetingroom.domain.meeting import Meeting
from meetingroom.services.history import Change, Content, Spot


class Put(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person puts a mark on a version of its paper."""

    mark: str
    blob: str
    page: int
    shape: Shape


def placed_by_hand(mark: Mark, put: Put) -> Change:
    """The change that puts a mark where its author says; undone, it stands as it stood."""
    content = Content.of(mark)
    new = Standing(page=put.page, shape=put.shape, certainty="placed", from_blob=mark.blob)
    nowhere = Standing(page=put.page, shape=mark.shape, certainty="unplaced", from_blob=mark.blob)
    return Change(
        mark=mark.id,
        spot=Spot(mark.paper, mark.blob, mark.page),
        before=content,
        after=content,
        places_before={put.blob: mark.stands.get(put.blob, nowhere)},
        places_after={put.blob: new},
    )


def seen_apart(
    mark: Mark, content: Content, meeting: Meeting | None, on: str
) -> tuple[Content, dict[str, Standing]]:
    """New content as it was made on a version a mark stands on ("": the newest), apart: the
    content with the shape of the version the mark was made on, and its new place where it was
    moved.
    """
    blob = on or _newest(mark, meeting)
    there = mark.stands.get(blob)
    if there is None or blob == mark.blob or content.shape == mark.shape:
        return content, {}
    content_here = msgspec.structs.replace(content, shape=mark.shape)
    if content.shape == there.shape:
        return content_here, {}
    moved = msgspec.structs.replace(there, shape=content.shape, certainty="placed")
    return content_here, {blob: moved}


def _newest(mark: Mark, meeting: Meeting | None) -> str:
    """The newest later version a mark stands on; "" for that it was made on."""
    if meeting is None:
        return ""
    paper = meeting.papers.get(mark.paper) or meeting.removed_papers.get(mark.paper)
    for version in reversed(paper.versions if paper else ()):
        if mark.on_version(version.blob) is not None:
            return "" if version.blob == mark.blob else version.blob
    return ""


def put_places(meeting: Meeting, change: Change) -> list[tuple[Fact, tuple[str, ...]]]:
    """The records of a change's places, for the readers of its mark."""
    content = change.after
    if content is None:
        return []
    now = meeting.marks.get(change.mark)
    is_content_new = now is None or content != change.before
    known = now or meeting.taken_back.get(change.mark)
    revision = (known.revision if known else 0) + is_content_new
    stands = now.stands if now else {}
    return [
        (_carried(change, blob, place, stands.get(blob), revision), content.audience)
        for blob, place in change.places_after.items()
    ]


def _carried(
    change: Change, blob: str, place: Standing, before: Standing | None, content: int
) -> MarkCarried:
    return MarkCarried(
        mark=change.mark,
        revision=(before or place).revision + 1,
        paper=change.spot.paper,
        from_blob=place.from_blob or change.spot.blob,
        to_blob=blob,
        page=place.page,
        shape=place.shape,
        certainty=place.certainty,
        content=content,
    )
