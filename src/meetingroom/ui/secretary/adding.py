"""Adding files to a draft: each is looked at, the good ones are kept, the rest is told."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.paper import Inspection
from meetingroom.sentences import sentence
from meetingroom.services.drafting import Draft
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import InfoBar, ProgressRow
from meetingroom.ui.secretary.agenda_edits import by_item
from meetingroom.wording import tr

SHOWN_AFTER_MS = 300
SENTENCES = 3


class AddingFiles(QObject):
    """Shows how far it is in `row`, tells in `info`; `draft_changed` after each group."""

    draft_changed = Signal()

    def __init__(self, context: DeskContext, row: ProgressRow, info: InfoBar) -> None:
        super().__init__(row)
        self._context, self._row, self._info = context, row, info
        self._done = self._total = self._waiting = 0
        self._refused: list[Inspection] = []
        self._show = QTimer(self)
        self._show.setSingleShot(True)
        self._show.setInterval(SHOWN_AFTER_MS)
        self._show.timeout.connect(row.show)
        row.hide()

    def add(self, draft: Draft, item: str, files: list[Path], replaces: str = "") -> None:
        """Files for an item ("" for none in particular), or a paper's next version."""
        drafting = self._context.drafting
        if drafting is None or not files:
            return
        if not self._waiting:
            self._done, self._total, self._refused = 0, 0, []
            self._show.start()
        groups = [(item, files[:1])] if replaces else by_item(draft, files, item)
        for place, group in groups:
            self._waiting += 1
            self._total += len(group)
            self._context.bridge.when_done(
                drafting.add_files(draft.meeting, place, group, replaces),
                self._added,
                partial(self._failed, len(group)),
            )
        self._tell_progress()

    def _added(self, seen: list[Inspection]) -> None:
        self._refused += [one for one in seen if one.problem]
        self._step(len(seen))

    def _failed(self, count: int, error: MeetingError) -> None:
        self._refused.append(Inspection(file=str(error.fields.get("file", "")), problem=error.code))
        self._step(count)

    def _step(self, count: int) -> None:
        self._done += count
        self._waiting -= 1
        self._tell_progress()
        if not self._waiting:
            self._show.stop()
            self._row.hide()
            self._tell()
        self.draft_changed.emit()

    def _tell_progress(self) -> None:
        self._row.set_progress(self._done, self._total, f"{self._done}/{self._total}")

    def _tell(self) -> None:
        if not self._refused:
            self._info.withdraw()
            return
        words = [_sentence(one) for one in self._refused[:SENTENCES]]
        more = len(self._refused) - SENTENCES
        if more > 0:
            words.append(tr("And {0} more.").format(more))
        title = tr("{0} files were not added").format(len(self._refused))
        self._info.tell("live", title, " ".join(words))


def _sentence(seen: Inspection) -> str:
    """Of a secret file not even the name is repeated."""
    code = seen.problem or ""
    return sentence(code, {"file": "" if code == "paper.secret" else seen.file})
