"""Marks: put, change, share, remove, one or many as one step; undo and redo as new facts."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future

import msgspec

from meetingroom.domain.errors import CallError
from meetingroom.domain.facts import Fact, MarkPut, MarkRemoved
from meetingroom.domain.geometry import Point
from meetingroom.domain.ids import new_id
from meetingroom.domain.marks import Mark, Note, Standing, bounds
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.replies import may_be_for, reply_audience, root_of
from meetingroom.services import past_shares
from meetingroom.services.desk import Desk
from meetingroom.services.history import (
    Change,
    Content,
    History,
    Spot,
    Stand,
    Step,
    Values,
    kept_histories,
)
from meetingroom.services.news import MeetingGone, News, PaperGone
from meetingroom.services.past_shares import PastShares
from meetingroom.services.placing import Put, placed_by_hand, put_places, seen_apart

__all__ = ["Content", "Marking", "Put", "Spot"]


class Marking:
    """The marks of this person. Every Future is done once the marks are on disk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._histories = kept_histories(desk.log)
        self.past = PastShares(desk)
        desk.listen(self._on_news)

    # --- acting -------------------------------------------------------------------------

    def put(
        self, meeting: str, paper: str, blob: str, page: int, content: Content
    ) -> "Future[str]":
        """A new mark; its id."""

        def task() -> str:
            return self._put(meeting, [(Spot(paper, blob, page), content)])[0]

        return self._desk.run(task)

    def put_many(
        self, meeting: str, rows: Sequence[tuple[Spot, Content]]
    ) -> "Future[tuple[str, ...]]":
        """New marks as one step; their ids in order."""
        return self._desk.run(lambda: self._put(meeting, rows))

    def take_in(self, meeting: str, rows: Sequence[tuple[str, Spot, Content]]) -> "Future[None]":
        """Marks from elsewhere under ids given, as one step."""
        step = tuple(Change(mark=mark, spot=spot, after=content) for mark, spot, content in rows)
        return self._desk.run(lambda: self._do(meeting, step))

    def reply(self, meeting: str, mark: str, text: str) -> "Future[str]":
        """Answer a mark, for those whom it is for and its author; the reply's id.

        An answer to a reply answers what the reply does. Fails with CallError("mark.unknown").
        """

        def task() -> str:
            folded = self._desk.meeting(meeting)
            named = folded.marks.get(mark) if folded else None
            if folded is None or named is None:
                raise CallError("mark.unknown")
            root = root_of(named, folded.marks)
            corner = bounds(root.shape)
            content = Content(
                shape=Note(at=Point(corner.x0, corner.y0)),
                text=text,
                audience=reply_audience(root, self._desk.person),
                reply_to=root.id,
            )
            return self._put(meeting, [(_spot(root), content)])[0]

        return self._desk.run(task)

    def change(self, meeting: str, mark: str, content: Content, on: str = "") -> "Future[str]":
        """New content; another audience makes a fresh mark, without the old one's history.

        Its shape is that on the version `on`, or on the newest the mark stands on. Fails with
        CallError("reply.too_wide") for a reply to whom its mark is not.
        """
        return self._desk.run(lambda: self._edit(meeting, [(mark, content)], on)[0])

    def change_many(
        self, meeting: str, rows: Sequence[tuple[str, Content]]
    ) -> "Future[tuple[str, ...]]":
        """New content of several marks as one step; their ids in order."""
        return self._desk.run(lambda: self._edit(meeting, rows))

    def remove(self, meeting: str, mark: str) -> "Future[None]":
        """Take a mark away; readers forget it."""
        return self.remove_many(meeting, [mark])

    def remove_many(self, meeting: str, marks: Iterable[str]) -> "Future[None]":
        """Take marks away as one step."""
        rows = [(mark, None) for mark in marks]

        def task() -> None:
            self._edit(meeting, rows)

        return self._desk.run(task)

    def edit_many(
        self, meeting: str, rows: Sequence[tuple[str, Content | None]], on: str = ""
    ) -> "Future[tuple[str, ...]]":
        """Change marks as `change` does, and take others away (None), as one step."""
        return self._desk.run(lambda: self._edit(meeting, rows, on))

    def place(self, meeting: str, rows: Sequence[Put]) -> "Future[None]":
        """Put own marks by hand where they stand on later versions, as one step."""

        def task() -> None:
            self._do(
                meeting, tuple(placed_by_hand(self._own(meeting, row.mark), row) for row in rows)
            )

        return self._desk.run(task)

    def undo(self, meeting: str) -> "Future[bool]":
        """Undo the newest step; False if there is none."""
        return self._desk.run(lambda: self._go(meeting, self._history(meeting).undone()))

    def redo(self, meeting: str) -> "Future[bool]":
        """Do the newest undone step again; False if there is none."""
        return self._desk.run(lambda: self._go(meeting, self._history(meeting).redone()))

    def can_undo(self, meeting: str) -> bool:
        return self._history(meeting).can_undo

    def can_redo(self, meeting: str) -> bool:
        return self._history(meeting).can_redo

    def take_up_kept(self) -> None:
        """Take up what came to the disk otherwise; on the desk's thread."""
        self.past.take_up(self._desk.log.values(past_shares.NAME))
        for meeting, history in kept_histories(self._desk.log).items():
            known = self._histories.get(meeting)
            if known is None or not (known.can_undo or known.can_redo):
                self._histories[meeting] = history

    # --- steps, on the desk's thread ----------------------------------------------------

    def _put(self, meeting: str, rows: Sequence[tuple[Spot, Content]]) -> tuple[str, ...]:
        step = tuple(
            Change(mark=new_id("mark"), spot=spot, after=content) for spot, content in rows
        )
        self._do(meeting, step)
        return tuple(change.mark for change in step)

    def _edit(
        self, meeting: str, rows: Sequence[tuple[str, Content | None]], on: str = ""
    ) -> tuple[str, ...]:
        """The ids afterwards: another audience gives a mark another id."""
        step: list[Change] = []
        ids: list[str] = []
        for mark, wanted in dict(rows).items():
            content = wanted
            old = self._own(meeting, mark)
            before, spot = Content.of(old), _spot(old)
            moved: dict[str, Standing] = {}
            if content is not None:
                content, moved = seen_apart(old, content, self._desk.meeting(meeting), on)
                content = self._as_a_reply(meeting, old, content)
            if content is None or content.audience == before.audience:
                ids.append(mark)
                places = {blob: old.stands[blob] for blob in moved} if content else old.stands
                step.append(
                    Change(
                        mark=mark, spot=spot, before=before, after=content,
                        places_before=places, places_after=moved,
                    )
                )  # fmt: skip
                continue
            ids.append(new_id("mark"))
            places = {**old.stands, **moved}
            step.append(Change(mark=ids[-1], spot=spot, after=content, places_after=places))
            step.append(Change(mark=mark, spot=spot, before=before, places_before=old.stands))
        self._do(meeting, tuple(step))
        return tuple(ids)

    def _do(self, meeting: str, step: Step) -> None:
        if step:
            self._go(meeting, (step, *self._history(meeting).with_step(step)))

    def _go(self, meeting: str, way: tuple[Step, Stand, Values] | None) -> bool:
        """Write the facts of a step and where the history stands after it, all or none."""
        if way is None:
            return False
        step, stand, values = way
        past = self.past.after(meeting, self._taking_places(meeting, step))
        self._desk.write_step(meeting, self._facts(meeting, step), {**values, **past})
        self._history(meeting).settle(stand)
        self.past.take_up(past)
        return True

    def _facts(self, meeting: str, step: Step) -> list[tuple[Fact, tuple[str, ...]]]:
        """What is put comes before what goes: at no moment are the words nowhere."""
        folded = self._desk.meeting(meeting) or Meeting(id=meeting)
        put = [_put_again(folded, change) for change in step if change.after is not None]
        places = [row for change in step for row in put_places(folded, change)]
        gone = [_removed(folded, change) for change in step if change.after is None]
        return [row for row in (*put, *places, *gone) if row is not None]

    def _as_a_reply(self, meeting: str, old: Mark, content: Content) -> Content:
        """The content, still answering what it answers, for nobody who may not read that.

        Where that was shared anew, for another audience a reply answers the fresh one.
        """
        if not old.reply_to or old.audience == content.audience:
            return msgspec.structs.replace(content, reply_to=old.reply_to)
        folded = self._desk.meeting(meeting) or Meeting(id=meeting)
        name = self.past.stands_for(folded).get(old.reply_to, old.reply_to)
        if not may_be_for(content.audience, old, folded.marks.get(name)):
            raise CallError("reply.too_wide")
        return msgspec.structs.replace(content, reply_to=name)

    def _taking_places(self, meeting: str, step: Step) -> list[tuple[Mark, str]]:
        """Marks that go, each with the one that comes in its place for another audience."""
        folded = self._desk.meeting(meeting)
        marks = folded.marks if folded else {}
        come = [one for one in step if one.after is not None and one.mark not in marks]
        return [
            (marks[gone.mark], one.mark)
            for gone in step
            if gone.after is None and gone.mark in marks
            for one in come
            if one.after is not None and gone.before is not None
            if (one.spot, one.after.shape) == (gone.spot, gone.before.shape)
        ]

    def _history(self, meeting: str) -> History:
        known = self._histories.get(meeting)
        return known or self._histories.setdefault(meeting, History(self._desk.log, meeting))

    def _own(self, meeting: str, mark: str) -> Mark:
        folded = self._desk.meeting(meeting)
        old = folded.marks.get(mark) if folded else None
        if old is None or old.author != self._desk.person:
            raise CallError("mark.unknown")
        return old

    def _on_news(self, what: News) -> None:
        if isinstance(what, MeetingGone) and what.meeting in self._histories:
            self._desk.run(lambda: self._forget(what.meeting))
        elif isinstance(what, PaperGone):
            self._desk.run(lambda: self._forget_file(what.blob))

    def _forget(self, meeting: str) -> None:
        """The papers are for this person no longer: nor are the words of them in the steps."""
        if self._desk.meeting(meeting) is None:
            stand, values = self._history(meeting).forgotten()
            self._desk.write_step(meeting, (), values)
            self._history(meeting).settle(stand)

    def _forget_file(self, blob: str) -> None:
        """One paper is: the steps of the others can still be undone."""
        for meeting, history in list(self._histories.items()):
            rest = history.without(blob)
            if rest is not None:
                stand, values = rest
                self._desk.write_step(meeting, (), values)
                history.settle(stand)


def _spot(mark: Mark) -> Spot:
    return Spot(mark.paper, mark.blob, mark.page)


def _revision(meeting: Meeting, mark: str) -> int:
    known = meeting.marks.get(mark) or meeting.taken_back.get(mark)
    return known.revision + 1 if known else 1


def _put_again(meeting: Meeting, change: Change) -> tuple[Fact, tuple[str, ...]] | None:
    """None where only its place on another version changes."""
    content, spot = change.after, change.spot
    assert content is not None  # noqa: S101
    if content == change.before and change.mark in meeting.marks:
        return None
    now = meeting.marks.get(change.mark)
    if now is not None and now.blob != spot.blob:
        # Carried to a new version meanwhile: there it stays, where it was put there.
        spot = _spot(now)
        content = msgspec.structs.replace(content, shape=now.shape)
    fact = MarkPut(
        mark=change.mark,
        revision=_revision(meeting, change.mark),
        paper=spot.paper,
        blob=spot.blob,
        page=spot.page,
        shape=content.shape,
        text=content.text,
        colour=content.colour,
        reply_to=content.reply_to,
    )
    return fact, content.audience


def _removed(meeting: Meeting, change: Change) -> tuple[Fact, tuple[str, ...]] | None:
    """None where another computer of the person took it away already."""
    old = meeting.marks.get(change.mark)
    if old is None:
        return None
    revision = _revision(meeting, change.mark)
    return MarkRemoved(mark=change.mark, revision=revision, paper=old.paper), old.audience
