"""Letters at the secretary's desk: the button, dropping on the list, and what comes of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from meetingroom.domain.paper import Inspection
from meetingroom.sentences import sentence
from meetingroom.services.inviting import Made
from meetingroom.services.known_meetings import Known
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import IconLabel, Label, Panel, UndoToast
from meetingroom.ui.secretary.received_mime import can_take
from meetingroom.ui.secretary.received_room import ReceivedRoom
from meetingroom.wording import tr

if TYPE_CHECKING:
    from meetingroom.ui.secretary.desk import SecretaryDesk


class DropVeil(Panel):
    """Lies over the list while something is dragged over it: it may be dropped here."""

    def __init__(self, host: QWidget) -> None:
        super().__init__("popup", host)
        self._host = host
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.addStretch(1)
        words = Label(tr("Drop the invitation here"), "title", "accent")
        for part in (IconLabel("file-plus", "accent", 44), words):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.hide()

    def cover(self) -> None:
        """Over all of the list, with its edge in view."""
        self.setGeometry(self._host.rect().adjusted(8, 8, -8, -8))
        self.show()
        self.raise_()


class LettersAtDesk(QObject):
    """Adds a room to the desk; made when the first letter comes."""

    shown = Signal()

    def __init__(self, desk: "SecretaryDesk", context: DeskContext) -> None:
        super().__init__(desk)
        self._desk, self._context = desk, context
        self._room: ReceivedRoom | None = None
        self._made: list[Made] = []
        self.toast = UndoToast(desk)
        self.veil = DropVeil(desk.list)
        self._cancelled = ""
        self.toast.undo_requested.connect(self._on_toast)
        desk.list.letter_requested.connect(self.begin)
        desk.list.setAcceptDrops(context.inviting is not None)
        desk.list.installEventFilter(self)
        paste = QShortcut(QKeySequence.StandardKey.Paste, desk.list)
        paste.activated.connect(self.on_paste)

    @property
    def room(self) -> ReceivedRoom:
        """Where a letter is checked."""
        if self._room is None:
            self._room = ReceivedRoom(self._context)
            self._room.left.connect(self._desk.show_list)
            self._room.made.connect(self._on_made)
            self._room.put.connect(self._on_put)
            self._room.changed.connect(self._on_changed)
            self._room.cancel_requested.connect(self._on_cancel)
            self._desk.stack.addWidget(self._room)
        return self._room

    def begin(self) -> None:
        """The place where letters are dropped."""
        self._show()
        self.room.begin()

    def on_paste(self) -> None:
        """Something copied, pasted on the list of meetings."""
        if self._context.inviting is not None and can_take(QGuiApplication.clipboard().mimeData()):
            self._show()
            self.room.begin()
            self.room.paste()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters may be dropped anywhere on the list of meetings."""
        kinds = (QEvent.Type.DragEnter, QEvent.Type.Drop)
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self.veil.hide()
        if event.type() not in kinds or not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.DragEnter and can_take(event.mimeData()):
            self.veil.cover()
        if can_take(event.mimeData()):
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self._show()
                self.room.begin()
                self.room.take_data(event.mimeData())
        return True

    def _show(self) -> None:
        room = self.room
        self._desk.meeting_id = ""
        self._desk.stack.setCurrentWidget(room)

    # --- what came of it ----------------------------------------------------------------

    def _on_made(self, made: list[Made]) -> None:
        self._made = made
        if self.room.has_more:
            self.room.show_choice()
            words = tr("{0} meetings were made from the letter").format(len(made))
        elif len(made) == 1:
            self._desk.open_meeting(made[0].draft.meeting)
            words = tr("The meeting was made from the letter")
        else:
            self._desk.show_list()
            words = tr("{0} meetings were made from the letter").format(len(made))
        self.toast.tell(words, "made")
        self._tell_refused([one for row in made for one in row.refused])

    def _on_toast(self, key: str) -> None:
        if key == "cancelled":
            self._uncancel()
        else:
            self.on_undo()

    def on_undo(self) -> None:
        """Take back what was made; the proposal is there again."""
        inviting = self._context.inviting
        made, self._made = self._made, []
        if inviting is None or not made:
            return
        for one in made:
            self._context.bridge.when_done(inviting.unmake(one.draft), None, self._desk.complain)
        self.room.made_back()
        self._show()

    def _on_changed(self, made: Made) -> None:
        """Open at its steps, where Ctrl Z takes the change back."""
        self._desk.open_meeting(made.draft.meeting)
        self._desk.info.tell("good", tr("The meeting has what the letter says."))
        self._tell_refused(list(made.refused))

    def _on_cancel(self, known: Known) -> None:
        """A draft is given up; what was issued is called off for everybody."""
        self.room.clear()
        self._desk.show_list()
        if not known.is_issued:
            self._desk.on_discard(known.meeting)
            return
        inviting = self._context.inviting
        if inviting is None:
            return

        def done(_nothing: None) -> None:
            self._cancelled = known.meeting
            self.toast.tell(tr("“{0}” is called off").format(known.title), "cancelled")

        reason = tr("The higher level called it off")
        self._context.bridge.when_done(
            inviting.cancel(known.meeting, reason), done, self._desk.complain
        )

    def _uncancel(self) -> None:
        """The meeting is issued again as it was."""
        drafting, issuing = self._context.drafting, self._context.issuing
        meeting, self._cancelled = self._cancelled, ""
        if drafting is None or issuing is None or not meeting:
            return
        bridge, complain = self._context.bridge, self._desk.complain
        bridge.when_done(
            drafting.revise(meeting),
            lambda draft: bridge.when_done(issuing.issue(draft.meeting), None, complain),
            complain,
        )

    def _on_put(self, made: Made) -> None:
        self._desk.open_meeting(made.draft.meeting)
        self._desk.go("agenda")
        self._tell_refused(list(made.refused))

    def _tell_refused(self, refused: list[Inspection]) -> None:
        if refused:
            words = " ".join(
                sentence(
                    one.problem or "", {"file": "" if one.problem == "paper.secret" else one.file}
                )
                for one in refused[:3]
            )
            self._desk.info.tell("attention", tr("The letter was not added as a paper."), words)
