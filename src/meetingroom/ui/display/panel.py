"""The chair's panel on the display: it steers and shows nothing the room must not see."""

from weakref import WeakSet

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.meeting import Meeting
from meetingroom.ui.display.pin_pad import PinPad
from meetingroom.ui.display.touch import TouchButton, panel_theme
from meetingroom.ui.stage.scenes import time_words_left
from meetingroom.wording import tr

IDLE_MS = 20_000
CLOCK_MS = 5_000
COLUMNS = 3


class SteeringPanel(QWidget):
    """Locked, it asks for a PIN; unlocked, everything is within two touches."""

    pin_entered = Signal(str)
    turn_requested = Signal(int)
    item_requested = Signal(str)
    paper_requested = Signal(str)
    scene_requested = Signal(str)
    join_requested = Signal()
    black_requested = Signal()
    laser_toggled = Signal(bool)
    lock_requested = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._screen = 1080
        self._shown: tuple[object, ...] = ()
        self._watched: WeakSet[TouchButton] = WeakSet()
        self._is_laser = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.close_requested)
        self._meeting: Meeting | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_MS)
        self._clock.timeout.connect(self._on_clock)
        self._clock.start()
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
        self.second = QLabel("")
        column.addWidget(self.second)
        self.hint = QLabel(tr("Type your PIN, or unlock this display from your laptop."))
        self.hint.setWordWrap(True)
        self.told = QLabel("")
        self.told.setWordWrap(True)
        self.told.hide()
        column.addWidget(self.told)
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
        self.forward = TouchButton(
            tr("Next page"), "chevron-right", is_filled=True, icon_after=True
        )
        self.back.clicked.connect(lambda: self.turn_requested.emit(-1))
        self.forward.clicked.connect(lambda: self.turn_requested.emit(1))
        turns.addWidget(self.back)
        turns.addWidget(self.forward)
        column.addLayout(turns)
        grid, last = QGridLayout(), QHBoxLayout()
        self.scenes: dict[str, TouchButton] = {}
        for place, (key, icon, words) in enumerate(self._scenes()):
            is_last = key in ("black", "lock")
            button = TouchButton(words, icon, is_tall=not is_last)
            button.clicked.connect(lambda _checked=False, key=key: self._on_scene(key))
            self.scenes[key] = button
            if is_last:
                last.addWidget(button)
            else:
                grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        column.addLayout(grid)
        column.addLayout(last)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._rows: dict[str, TouchButton] = {}
        inner = QWidget()
        inner.setLayout(self._list)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        scroll.verticalScrollBar().valueChanged.connect(lambda _at: self.touch())
        QScroller.grabGesture(scroll.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        column.addWidget(scroll, 1)
        return steering

    def _scenes(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("lobby", "house", tr("Lobby")),
            ("item", "list", tr("Item", "scene")),
            ("online", "video", tr("Online", "scene")),
            ("break", "coffee", tr("Break")),
            ("join", "external-link", tr("Join online")),
            ("laser", "pointer", tr("Laser")),
            ("black", "moon", tr("Dark screen")),
            ("lock", "lock", tr("Lock")),
        )

    def _on_scene(self, key: str) -> None:
        self.touch()
        match key:
            case "join":
                self.join_requested.emit()
            case "lock":
                self.lock_requested.emit()
            case "black":
                self.black_requested.emit()
            case "laser":
                self._is_laser = not self._is_laser
                self.laser_toggled.emit(self._is_laser)
            case _:
                self.scene_requested.emit(key)

    def touch(self) -> None:
        """Somebody used it: stay open for a while."""
        self._idle.start()

    def takes_digits(self) -> bool:
        """Whether keys go to the PIN's pad."""
        return self.isVisible() and self.pad.isVisible()

    def say(self, sentence: str) -> None:
        """What went wrong, for the person at the panel; "" takes it away."""
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def show_laser(self, on: bool) -> None:
        """Whether the pointer is a laser now."""
        self._is_laser = on
        self.scenes["laser"].set_chosen(on)

    def show_locked(self, locked: bool, *, has_meeting: bool = True) -> None:
        """Ask for the PIN, or steer."""
        self.pad.setVisible(locked and has_meeting)
        self.hint.setVisible(locked)
        self.hint.setText(
            tr("Type your PIN, or unlock this display from your laptop.")
            if has_meeting
            else tr("No meeting is near. It appears here by itself once it is issued.")
        )
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
        self._meeting = meeting
        if meeting is None:
            self.second.setText("")
            return
        if shown != self._shown:
            self._shown = shown
            self._list_all(meeting)
            self.set_screen(screen)
        self._show_now(meeting)

    def _list_all(self, meeting: Meeting) -> None:
        self._rows = {}
        while (old := self._list.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        agenda = meeting.issued.agenda if meeting.issued else ()
        for number, row in enumerate(agenda, 1):
            self._add_row(f"{number}. {row.title}", "flag", self.item_requested, row.item)
            for paper in meeting.papers_of(row.item):
                if not paper.is_restricted:
                    words = f"{meeting.number_of(paper.paper)} {paper.title}"
                    self._add_row(words, "file-text", self.paper_requested, paper.paper)
        self._list.addStretch(1)

    def _show_now(self, meeting: Meeting) -> None:
        """Mark what the room sees and which item runs."""
        scene = meeting.scene
        for key in ("lobby", "item", "online", "break", "black"):
            self.scenes[key].set_chosen(scene.scene == key)
        is_dark = scene.scene == "black"
        self.scenes["black"].set_words(tr("Show again") if is_dark else tr("Dark screen"))
        has_link = bool(meeting.issued and meeting.issued.links)
        for key in ("online", "join"):
            self.scenes[key].setEnabled(has_link)
        for key, button in self._rows.items():
            shows = scene.scene == "paper" and key == scene.paper
            button.set_chosen(shows or key == meeting.current_item)
        self.second.setText(self._now(meeting))

    def _on_clock(self) -> None:
        if self.isVisible() and self._meeting is not None:
            self.second.setText(self._now(self._meeting))

    def _now(self, meeting: Meeting) -> str:
        agenda = meeting.issued.agenda if meeting.issued else ()
        number = next((n for n, r in enumerate(agenda, 1) if r.item == meeting.current_item), 0)
        if not number:
            return tr("No item is running")
        words = tr("Item {0}/{1}").format(number, len(agenda))
        left, _ink = time_words_left(meeting)
        return f"{words}  ·  {left}" if left else words

    def _add_row(self, words: str, icon: str, signal: SignalInstance, key: str) -> None:
        button = TouchButton(words, icon, is_row=True)
        button.clicked.connect(lambda: signal.emit(key))
        self._rows[key] = button
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
            if button not in self._watched:
                self._watched.add(button)
                button.pressed.connect(self.touch)
        steering = self.steering.layout()
        if steering is not None:
            steering.setSpacing(gap)
        quiet = (self.hint, self.told, self.second)
        for label, role in ((self.title, "body"), *((one, "text_smallest") for one in quiet)):
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
