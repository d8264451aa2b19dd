"""The chair's panel on the display: it steers and shows nothing the room must not see."""

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.meeting import Meeting
from meetingroom.ui.display.pin_pad import PinPad
from meetingroom.ui.display.touch import TouchButton, panel_theme
from meetingroom.wording import tr

IDLE_MS = 20_000


class SteeringPanel(QWidget):
    """Locked, it asks for a PIN; unlocked, everything is within two touches."""

    pin_entered = Signal(str)
    turn_requested = Signal(int)
    item_requested = Signal(str)
    paper_requested = Signal(str)
    scene_requested = Signal(str)
    join_requested = Signal()
    lock_requested = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._screen = 1080
        self._shown: tuple[object, ...] = ()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.close_requested)
        column = QVBoxLayout(self)
        top = QHBoxLayout()
        self.title = QLabel(tr("Conduct the session"))
        close = TouchButton("", "x")
        close.setAccessibleName(tr("Close the panel"))
        close.clicked.connect(self.close_requested)
        top.addWidget(self.title, 3)
        top.addWidget(close, 1)
        column.addLayout(top)
        self.pad = PinPad()
        self.pad.pin_entered.connect(self.pin_entered)
        self.hint = QLabel(tr("Type your PIN, or unlock this display from your laptop."))
        self.hint.setWordWrap(True)
        column.addWidget(self.hint)
        column.addWidget(self.pad, 1)
        self.steering = self._make_steering()
        column.addWidget(self.steering, 1)
        self.show_locked(True)

    def _make_steering(self) -> QWidget:
        steering = QWidget()
        column = QVBoxLayout(steering)
        column.setContentsMargins(0, 0, 0, 0)
        turns = QHBoxLayout()
        self.back = TouchButton(tr("Previous page"), "chevron-left")
        self.forward = TouchButton(tr("Next page"), "chevron-right", is_filled=True)
        self.back.clicked.connect(lambda: self.turn_requested.emit(-1))
        self.forward.clicked.connect(lambda: self.turn_requested.emit(1))
        turns.addWidget(self.back)
        turns.addWidget(self.forward)
        column.addLayout(turns)
        grid = QGridLayout()
        for place, (key, icon, words) in enumerate(self._scenes()):
            button = TouchButton(words, icon)
            button.clicked.connect(lambda _checked=False, key=key: self._on_scene(key))
            grid.addWidget(button, place // 2, place % 2)
        column.addLayout(grid)
        self._list = QVBoxLayout()
        inner = QWidget()
        inner.setLayout(self._list)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        column.addWidget(scroll, 1)
        self.lock = TouchButton(tr("Lock this display"), "lock")
        self.lock.clicked.connect(self.lock_requested)
        column.addWidget(self.lock)
        return steering

    def _scenes(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("lobby", "house", tr("Lobby")),
            ("item", "list", tr("Item", "scene")),
            ("online", "video", tr("Online", "scene")),
            ("break", "coffee", tr("Break")),
            ("join", "external-link", tr("Join online")),
            ("black", "moon", tr("Dark screen")),
        )

    def _on_scene(self, key: str) -> None:
        if key == "join":
            self.join_requested.emit()
        else:
            self.scene_requested.emit(key)
        self.touch()

    def touch(self) -> None:
        """Somebody used it: stay open for a while."""
        self._idle.start()

    def show_locked(self, locked: bool) -> None:
        """Ask for the PIN, or steer."""
        self.pad.setVisible(locked)
        self.hint.setVisible(locked)
        self.steering.setVisible(not locked)

    def show_meeting(self, meeting: Meeting | None, screen: int) -> None:
        """List the items and their papers."""
        agenda = meeting.issued.agenda if meeting and meeting.issued else ()
        papers = (
            tuple((p.paper, p.title, p.is_restricted) for p in meeting.in_reading_order())
            if meeting
            else ()
        )
        shown = (tuple((r.item, r.title) for r in agenda), papers, screen)
        if shown == self._shown or meeting is None:
            return
        self._shown = shown
        while (old := self._list.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        for number, row in enumerate(agenda, 1):
            self._add_row(f"{number}. {row.title}", "flag", self.item_requested, row.item)
            for paper in meeting.papers_of(row.item):
                if not paper.is_restricted:
                    words = f"{meeting.number_of(paper.paper)} {paper.title}"
                    self._add_row(words, "file-text", self.paper_requested, paper.paper)
        self._list.addStretch(1)
        self.set_screen(screen)

    def _add_row(self, words: str, icon: str, signal: SignalInstance, key: str) -> None:
        button = TouchButton(words, icon, is_row=True)
        button.clicked.connect(lambda: signal.emit(key))
        button.clicked.connect(self.touch)
        self._list.addWidget(button)

    def set_screen(self, height: int) -> None:
        """Take the sizes for a screen of this height."""
        self._screen = height
        theme = panel_theme()
        gap = round(height * 0.016)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(2 * gap, 2 * gap, 2 * gap, 2 * gap)
            layout.setSpacing(gap)
        for button in self.findChildren(TouchButton):
            button.set_screen(height)
        for label, role in ((self.title, "body"), (self.hint, "text_smallest")):
            label.setFont(theme.display_font(role, height, 600))
            label.setStyleSheet(
                f"color: {theme.css('ink')}; font-size: {theme.display(role, height)}px;"
            )
        self.pad.dots.setStyleSheet(
            f"color: {theme.css('ink')}; font-size: {theme.display('lead', height)}px;"
        )
        small = theme.display("text_smallest", height)
        self.pad.sentence.setStyleSheet(f"color: {theme.css('attention')}; font-size: {small}px;")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The panel's ground with a line at its left edge."""
        painter = QPainter(self)
        theme = panel_theme()
        painter.fillRect(self.rect(), theme.colour("surface"))
        line: QColor = theme.colour("line_strong")
        painter.fillRect(0, 0, 2, self.height(), line)
        painter.end()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
