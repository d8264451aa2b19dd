"""Marks: put, change, share, remove; undo and redo as new facts."""

from collections.abc import Callable
from concurrent.futures import Future

import msgspec

from meetingroom.domain.errors import CallError
from meetingroom.domain.facts import MarkPut, MarkRemoved
from meetingroom.domain.geometry import Point
from meetingroom.domain.ids import ME, new_id
from meetingroom.domain.marks import Mark, Note, Shape, bounds
from meetingroom.domain.replies import may_be_for, reply_audience, root_of
from meetingroom.services.desk import Desk
from meetingroom.services.past_shares import PastShares

Step = Callable[[], None]


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What a mark says and for whom; where it stands, and what it answers, never changes."""

    shape: Shape
    text: str = ""
    colour: str = "yellow"
    audience: tuple[str, ...] = (ME,)
    reply_to: str = ""


class History:
    """Undo and redo of one person's marks in one meeting: each step undoes itself as new facts."""

    def __init__(self) -> None:
        self._done: list[tuple[Step, Step]] = []
        self._undone: list[tuple[Step, Step]] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def add(self, redo: Step, undo: Step) -> None:
        """A step that was just done."""
        self._done.append((redo, undo))
        self._undone.clear()

    def undo(self) -> bool:
        """Undo the newest step; False if there is none."""
        if not self._done:
            return False
        step = self._done[-1]
        step[1]()
        self._undone.append(self._done.pop())
        return True

    def redo(self) -> bool:
        """Do the newest undone step again; False if there is none."""
        if not self._undone:
            return False
        step = self._undone[-1]
        step[0]()
        self._done.append(self._undone.pop())
        return True


class Marking:
    """The marks of this person. Every Future is done once the mark is on disk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._histories: dict[str, History] = {}
        self.past = PastShares(desk)

    def put(
        self, meeting: str, paper: str, blob: str, page: int, content: Content
    ) -> "Future[str]":
        """A new mark; its id."""
        return self._desk.run(lambda: self._new((meeting, paper, blob, page), content))

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
            return self._new((meeting, root.paper, root.blob, root.page), content)

        return self._desk.run(task)

    def _new(self, place: tuple[str, str, str, int], content: Content) -> str:
        mark, meeting = new_id("mark"), place[0]
        self._write(mark, place, content, 1)
        self._history(meeting).add(
            lambda: self._restore(mark, place, content),
            lambda: self._erase(meeting, mark),
        )
        return mark

    def change(self, meeting: str, mark: str, wanted: Content) -> "Future[str]":
        """New content; another audience makes a fresh mark, without the old one's history.

        Fails with CallError("reply.too_wide") for a reply to whom its mark is not.
        """

        def task() -> str:
            old = self._own(meeting, mark)
            before = _content(old)
            content = self._as_a_reply(meeting, old, wanted)
            place = (meeting, old.paper, old.blob, old.page)
            new = mark if before.audience == content.audience else new_id("mark")

            def apply(source: str, target: str, content: Content) -> None:
                if source == target:
                    self._restore(target, place, content)
                else:
                    self._note_past(meeting, source, target)
                    # The fresh one first: at no moment are the words nowhere.
                    self._restore(target, place, content)
                    self._erase(meeting, source)

            apply(mark, new, content)
            self._history(meeting).add(
                lambda: apply(mark, new, content), lambda: apply(new, mark, before)
            )
            return new

        return self._desk.run(task)

    def remove(self, meeting: str, mark: str) -> "Future[None]":
        """Take a mark away; readers forget it."""

        def task() -> None:
            old = self._own(meeting, mark)
            place = (meeting, old.paper, old.blob, old.page)
            self._erase(meeting, mark)
            self._history(meeting).add(
                lambda: self._erase(meeting, mark),
                lambda: self._restore(mark, place, _content(old)),
            )

        return self._desk.run(task)

    def undo(self, meeting: str) -> "Future[bool]":
        return self._desk.run(lambda: self._history(meeting).undo())

    def redo(self, meeting: str) -> "Future[bool]":
        return self._desk.run(lambda: self._history(meeting).redo())

    def can_undo(self, meeting: str) -> bool:
        return self._history(meeting).can_undo

    def can_redo(self, meeting: str) -> bool:
        return self._history(meeting).can_redo

    def _history(self, meeting: str) -> History:
        return self._histories.setdefault(meeting, History())

    def _own(self, meeting: str, mark: str) -> Mark:
        folded = self._desk.meeting(meeting)
        old = folded.marks.get(mark) if folded else None
        if old is None or old.author != self._desk.person:
            raise CallError("mark.unknown")
        return old

    def _as_a_reply(self, meeting: str, old: Mark, wanted: Content) -> Content:
        """The content, still answering what it answers, for nobody who may not read that."""
        folded = self._desk.meeting(meeting)
        answered = folded.marks.get(old.reply_to) if folded else None
        is_for = old.audience == wanted.audience
        if old.reply_to and not is_for and not may_be_for(wanted.audience, old, answered):
            raise CallError("reply.too_wide")
        return msgspec.structs.replace(wanted, reply_to=old.reply_to)

    def _note_past(self, meeting: str, source: str, target: str) -> None:
        folded = self._desk.meeting(meeting)
        old = folded.marks.get(source) if folded else None
        if old is not None:
            self.past.note(meeting, old, target)

    def _revision(self, meeting: str, mark: str) -> int:
        folded = self._desk.meeting(meeting)
        if folded is None:
            return 1
        known = folded.marks.get(mark) or folded.taken_back.get(mark)
        return known.revision + 1 if known else 1

    def _write(
        self, mark: str, place: tuple[str, str, str, int], content: Content, revision: int
    ) -> None:
        meeting, paper, blob, page = place
        fact = MarkPut(
            mark=mark,
            revision=revision,
            paper=paper,
            blob=blob,
            page=page,
            shape=content.shape,
            text=content.text,
            colour=content.colour,
            reply_to=content.reply_to,
        )
        self._desk.write(meeting, fact, audience=content.audience)

    def _restore(self, mark: str, place: tuple[str, str, str, int], content: Content) -> None:
        self._write(mark, place, content, self._revision(place[0], mark))

    def _erase(self, meeting: str, mark: str) -> None:
        """Take a mark away; nothing to do where another computer of the person did already."""
        folded = self._desk.meeting(meeting)
        old = folded.marks.get(mark) if folded else None
        if old is None:
            return
        fact = MarkRemoved(mark=mark, revision=self._revision(meeting, mark), paper=old.paper)
        self._desk.write(meeting, fact, audience=old.audience)


def _content(mark: Mark) -> Content:
    return Content(
        shape=mark.shape,
        text=mark.text,
        colour=mark.colour,
        audience=mark.audience,
        reply_to=mark.reply_to,
    )
