"""What a person does with the own marks while reading: keep, change, share, take away, undo."""

from concurrent.futures import Future
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.marks import Mark
from meetingroom.services.marking import Content
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.page_view import PageView


class OwnMarks(QObject):
    """Wishes go to the service; nothing here waits for the disk."""

    history_changed = Signal()
    """Something can be undone or redone that could not before, or the other way round."""
    removed = Signal()
    failed = Signal(object)
    """A known error: a wish could not be fulfilled."""

    def __init__(self, context: DeskContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.meeting_id = ""

    def watch(self, view: PageView) -> None:
        """Keep what is marked in a view."""
        view.mark_made.connect(lambda *what: self.make(view, *what))
        view.mark_changed.connect(self.change)
        view.marks_edited.connect(lambda rows: self.edit(view, rows))

    def make(self, view: PageView, blob: str, page: int, content: Content) -> None:
        """Keep a new mark; until it is on the disk the page shows it as being written."""
        meeting = self._context.desk.meeting(self.meeting_id)
        paper = meeting.paper_with(blob) if meeting else None
        if paper is None:
            view.settle(content)
            return

        def failed(error: MeetingError) -> None:
            view.settle(content)
            self.failed.emit(error)

        def kept(_mark: str) -> None:
            view.settle(content)
            self.history_changed.emit()

        future = self._context.marking.put(self.meeting_id, paper.paper, blob, page, content)
        self._context.bridge.when_done(future, kept, failed)

    def change(self, mark: str, content: Content, on: str = "") -> None:
        """Keep new content of an own mark, as it was changed on a version."""
        self._step(self._context.marking.change(self.meeting_id, mark, content, on))

    def share(self, mark: str, audience: tuple[str, ...]) -> None:
        """Let others read an own mark, or fewer than before."""
        meeting = self._context.desk.meeting(self.meeting_id)
        known = meeting.marks.get(mark) if meeting else None
        if known is not None:
            content = Content(
                shape=known.shape, text=known.text, colour=known.colour, audience=audience
            )
            self.change(mark, content)

    def say(self, mark: str, text: str) -> None:
        """Other words for an own mark."""
        meeting = self._context.desk.meeting(self.meeting_id)
        known = meeting.marks.get(mark) if meeting else None
        if known is not None:
            self.change(mark, msgspec.structs.replace(Content.of(known), text=text))

    def reply(self, mark: str, text: str) -> None:
        """Answer a mark."""
        self._step(self._context.marking.reply(self.meeting_id, mark, text))

    def edit(self, view: PageView, rows: list[tuple[Mark, Mark | None]]) -> None:
        """Change own marks of a page and take others away (None), as one step."""
        marks = [base.id for base, _ in rows]
        edits = [(base.id, Content.of(new) if new else None) for base, new in rows]
        on = rows[0][0].blob

        def done(_ids: object) -> None:
            view.settle_edits(marks)
            if all(content is None for _, content in edits):
                self.removed.emit()
            self.history_changed.emit()

        def failed(error: MeetingError) -> None:
            view.settle_edits(marks)
            self.failed.emit(error)

        future = self._context.marking.edit_many(self.meeting_id, edits, on)
        self._context.bridge.when_done(future, done, failed)

    def remove(self, mark: str) -> None:
        """Take an own mark away."""

        def removed(_none: None) -> None:
            self.removed.emit()
            self.history_changed.emit()

        future = self._context.marking.remove(self.meeting_id, mark)
        self._context.bridge.when_done(future, removed, self.failed.emit)

    def undo(self) -> None:
        """Undo the newest step of one's own marks."""
        self._step(self._context.marking.undo(self.meeting_id))

    def redo(self) -> None:
        self._step(self._context.marking.redo(self.meeting_id))

    def _step(self, future: "Future[Any]") -> None:
        done = self.history_changed.emit
        self._context.bridge.when_done(future, lambda _done: done(), self.failed.emit)
