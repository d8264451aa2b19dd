"""The one object other threads may speak to: news and answers arrive on the interface's thread."""

import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from meetingroom.domain.errors import MeetingError
from meetingroom.services import news

T = TypeVar("T")
log = logging.getLogger(__name__)


class Bridge(QObject):
    """Signals of a desk's news, one a kind; each carries the news value itself.

    `problem_arose` carries a known error nobody else shows; `bug_found` the words of a bug.
    """

    directory_changed = Signal(object)
    meeting_changed = Signal(object)
    meeting_gone = Signal(object)
    stage_heard = Signal(object)
    laser_heard = Signal(object)
    stroke_heard = Signal(object)
    link_changed = Signal(object)
    hub_changed = Signal(object)
    transfer_moved = Signal(object)
    paper_arrived = Signal(object)
    paper_gone = Signal(object)
    copies_left = Signal(object)
    papers_read = Signal(object)
    outbox_changed = Signal(object)
    record_refused = Signal(object)
    problem_arose = Signal(object)
    bug_found = Signal(str)
    _called = Signal(object)
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_ended = False
        self._signals: dict[type[news.News], Any] = {
            news.DirectoryChanged: self.directory_changed,
            news.MeetingChanged: self.meeting_changed,
            news.MeetingGone: self.meeting_gone,
            news.StageHeard: self.stage_heard,
            news.LaserHeard: self.laser_heard,
            news.StrokeHeard: self.stroke_heard,
            news.LinkNews: self.link_changed,
            news.HubNews: self.hub_changed,
            news.TransferMoved: self.transfer_moved,
            news.PaperArrived: self.paper_arrived,
            news.PaperGone: self.paper_gone,
            news.PapersRead: self.papers_read,
            news.CopiesLeft: self.copies_left,
            news.OutboxChanged: self.outbox_changed,
            news.RecordRefused: self.record_refused,
        }
        self._called.connect(self._on_called, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    def publish(self, what: news.News) -> None:
        """Tell the interface; from any thread. A desk's `listen` takes this method."""
        self._told.emit(what)

    def end(self) -> None:
        """The desk is being closed: what still comes concerns nobody any more."""
        self._is_ended = True

    def call(self, task: Callable[[], None]) -> None:
        """Run a task on the interface's thread; from any thread.

        Answers that come when their window is gone are for nobody.
        """
        with contextlib.suppress(RuntimeError):  # Qt: "Signal source has been deleted"
            self._called.emit(task)

    def when_done(
        self,
        future: "Future[T]",
        done: Callable[[T], None] | None = None,
        failed: Callable[[MeetingError], None] | None = None,
    ) -> None:
        """Hand a Future's value or known error to the interface's thread.

        Without `failed`, a known error goes to `problem_arose`. A bug is logged whole and
        told once by `bug_found`. A cancelled Future tells nobody.
        """
        future.add_done_callback(lambda one: self.call(lambda: self._finish(one, done, failed)))

    def _finish(
        self,
        future: "Future[T]",
        done: Callable[[T], None] | None,
        failed: Callable[[MeetingError], None] | None,
    ) -> None:
        try:
            value = future.result()
        except CancelledError:
            return
        except MeetingError as error:
            if failed is not None:
                failed(error)
            else:
                self.problem_arose.emit(error)
            return
        except Exception as error:
            log.exception("an intent met a bug")
            self.bug_found.emit(f"{type(error).__name__}: {error}")
            return
        if done is not None:
            done(value)

    @Slot(object)
    def _on_called(self, task: Callable[[], None]) -> None:
        if not self._is_ended:
            task()

    @Slot(object)
    def _on_told(self, what: news.News) -> None:
        if self._is_ended:
            return
        if isinstance(what, news.Problem):
            self.problem_arose.emit(MeetingError(what.code, **what.fields))
            return
        signal = self._signals.get(type(what))
        if signal is not None:
            signal.emit(what)
