"""The chair's panel on the display: it steers and shows nothing the room must not see."""

from collections.abc import Callable
from functools import partial
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
from meetingroom.ui.controls import empty
from meetingroom.ui.display.choices import Choice, Choices
from meetingroom.ui.display.hand import COLOURS
from meetingroom.ui.display.pin_pad import PinPad
from meetingroom.ui.display.steering import (
    BREAK_MINUTES,
    MORE_STEERING,
    STEERING,
    TOOLS,
    Entry,
    present_words,
)
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
    entry_pressed = Signal(object)
    break_requested = Signal(int)
    screen_chosen = Signal(int)
    join_requested = Signal()
    black_requested = Signal()
    tool_chosen = Signal(str, str)
    """A tool for the hand ("" for none), and its colour."""
    undo_requested = Signal()
    lock_requested = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._screen = 1080
        self._shown: tuple[object, ...] = ()
        self._watched: WeakSet[TouchButton] = WeakSet()
        self._tool = ""
        self._screen_names: list[str] = []
        self._screen_now = -1
        self._seen_item = ""
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
        self.other_screen = TouchButton("", "monitor")
        self.other_screen.setAccessibleName(tr("Screen", "the one to show on"))
        self.other_screen.clicked.connect(partial(self._press, self.offer_screens))
        self.other_screen.hide()
        top.addWidget(self.title, 3)
        top.addWidget(self.other_screen, 1)
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
        for label in (self.second, self.told):  # words of letters and titles, as they are
            label.setTextFormat(Qt.TextFormat.PlainText)
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
        self.acts = QWidget()
        acts = QVBoxLayout(self.acts)
        acts.setContentsMargins(0, 0, 0, 0)
        turns = QHBoxLayout()
        self.back = TouchButton(tr("Previous page"), "chevron-left")
        self.forward = TouchButton(
            tr("Next page"), "chevron-right", is_filled=True, icon_after=True
        )
        self.back.clicked.connect(lambda: self.turn_requested.emit(-1))
        self.forward.clicked.connect(lambda: self.turn_requested.emit(1))
        turns.addWidget(self.back)
        turns.addWidget(self.forward)
        acts.addLayout(turns)
        self.scenes: dict[str, TouchButton] = {}
        acts.addLayout(self._make_entries())
        acts.addLayout(self._make_last())
        column.addWidget(self.acts)
        self.choices = Choices()
        self.choices.closed.connect(self._show_list)
        column.addWidget(self.choices, 1)
        self.list = self._make_list()
        column.addWidget(self.list, 1)
        return steering

    def _make_entries(self) -> QGridLayout:
        """A button for each entry of the tables, and the laser's."""
        grid = QGridLayout()
        entries = (*STEERING, *MORE_STEERING, *TOOLS)
        for place, entry in enumerate(entries):
            button = TouchButton(entry.words(None), entry.icon, is_tall=True)
            button.clicked.connect(lambda _checked=False, entry=entry: self._on_entry(entry))
            self.scenes[entry.key] = button
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        return grid

    def _make_last(self) -> QHBoxLayout:
        """What must be found without looking: dark, and lock."""
        last = QHBoxLayout()
        for key, icon, words, act in (
            ("black", "moon", tr("Dark screen"), self.black_requested.emit),
            ("lock", "lock", tr("Lock"), self.lock_requested.emit),
        ):
            button = TouchButton(words, icon)
            button.clicked.connect(partial(self._press, act))
            self.scenes[key] = button
            last.addWidget(button)
        return last

    def _make_list(self) -> QScrollArea:
        """All items with their papers."""
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
        return scroll

    def _press(self, act: Callable[[], None], _checked: bool = False) -> None:
        self.touch()
        act()

    def _on_entry(self, entry: Entry) -> None:
        self.touch()
        match entry.key:
            case "join":
                self.join_requested.emit()
            case "laser":
                self.tool_chosen.emit("" if self._tool == "laser" else "laser", "")
            case "pen" if self._tool == "pen":
                self.tool_chosen.emit("", "")
            case "pen" if self.choices.kind != "pen":
                self.offer_colours()
            case "pen":
                self.close_choices()
            case "undo":
                self.undo_requested.emit()
            case "break" if self.choices.kind != "break":
                self.offer_breaks()
            case "break":
                self.close_choices()
            case _:
                self._act_or_offer(entry)

    def _act_or_offer(self, entry: Entry) -> None:
        was_open = self.choices.kind == entry.key
        self.close_choices()
        if entry.choices is None:
            self.entry_pressed.emit(entry)
        elif not was_open:
            self.offer_entries(entry)

    def offer_entries(self, group: Entry) -> None:
        """What can be done now of a group."""
        meeting = self._meeting
        if meeting is not None and group.choices is not None:
            rows: list[Choice] = [
                (entry.words(meeting), partial(self._emit_entry, entry))
                for entry in group.choices(meeting)
            ]
            self._offer(group.key, rows, columns=2 if len(rows) > 2 else 1)

    def _emit_entry(self, entry: Entry) -> None:
        self.entry_pressed.emit(entry)

    def offer_breaks(self) -> None:
        """How long the break is to be."""
        lengths = [(tr("{0} minutes").format(n), n) for n in BREAK_MINUTES]
        lengths.append((tr("No set end"), 0))
        choices: list[Choice] = [(words, partial(self._emit_break, n)) for words, n in lengths]
        self._offer("break", choices, columns=2)

    def _emit_break(self, minutes: int) -> None:
        self.break_requested.emit(minutes)

    def offer_colours(self) -> None:
        """What the pen writes in."""
        names = (tr("Red"), tr("Blue"), tr("Green"), tr("Black"))
        choices: list[Choice] = [
            (words, partial(self._emit_pen, colour))
            for words, colour in zip(names, COLOURS, strict=True)
        ]
        self._offer("pen", choices, columns=2)

    def _emit_pen(self, colour: str) -> None:
        self.tool_chosen.emit("pen", colour)

    def offer_screens(self) -> None:
        """Which screen the room is to be shown on."""
        if self.choices.kind == "screen":
            self.close_choices()
            return
        choices: list[Choice] = []
        for place, name in enumerate(self._screen_names):
            words = f"✓ {name}" if place == self._screen_now else name
            choices.append((words, partial(self._emit_screen, place)))
        self._offer("screen", choices, columns=1)

    def _emit_screen(self, place: int) -> None:
        self.screen_chosen.emit(place)

    def offer(self, kind: str, choices: list[Choice]) -> None:
        """Rows of what can be done now, in place of all else; `kind` is what they are about."""
        self._offer(kind, choices, columns=1)
        self.acts.hide()

    def _offer(self, kind: str, choices: list[Choice], columns: int) -> None:
        self.choices.offer(kind, choices, columns=columns)
        self.list.hide()
        self.set_screen(self._screen)

    def _show_list(self) -> None:
        self.acts.show()
        self.list.show()

    def close_choices(self) -> None:
        """Back to the list of items and papers."""
        self.choices.close_choices()
        self._show_list()

    def show_screens(self, names: list[str], now: int) -> None:
        """The screens of this computer, and the place of the one in use; one is no choice."""
        self._screen_names, self._screen_now = names, now
        self.other_screen.setVisible(len(names) > 1 and self.steering.isVisibleTo(self))
        if self.choices.kind == "screen":
            self.close_choices()

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

    def show_tool(self, tool: str) -> None:
        """Which tool the hand has now."""
        self._tool = tool
        for entry in TOOLS:
            self.scenes[entry.key].set_chosen(entry.key == tool)

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
        self.other_screen.setVisible(not locked and len(self._screen_names) > 1)

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
            self._seen_item = ""
            self.set_screen(screen)
        self._show_now(meeting)

    def _list_all(self, meeting: Meeting) -> None:
        self._rows = {}
        empty(self._list)
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
        for entry in (*STEERING, *MORE_STEERING):
            button = self.scenes[entry.key]
            button.set_words(entry.words(meeting))
            button.set_chosen(entry.is_chosen(meeting))
            button.setEnabled(entry.is_offered(meeting))
        is_dark = scene.scene == "black"
        self.scenes["black"].set_chosen(is_dark)
        self.scenes["black"].set_words(tr("Show again") if is_dark else tr("Dark screen"))
        if meeting.current_item != self._seen_item:
            self._seen_item = meeting.current_item
            QTimer.singleShot(0, self, self._show_running)
        for key, button in self._rows.items():
            shows = scene.scene == "paper" and key == scene.paper
            button.set_chosen(shows or key == meeting.current_item)
        self.second.setText(self._now(meeting))

    def _show_running(self) -> None:
        """The running item at the top of the list, its papers under it."""
        row = self._rows.get(self._seen_item)
        if row is not None:
            self.list.verticalScrollBar().setValue(row.y())

    def _on_clock(self) -> None:
        if self.isVisible() and self._meeting is not None:
            self._show_now(self._meeting)

    def _now(self, meeting: Meeting) -> str:
        agenda = meeting.issued.agenda if meeting.issued else ()
        number = next((n for n, r in enumerate(agenda, 1) if r.item == meeting.current_item), 0)
        words = tr("Item {0}/{1}").format(number, len(agenda)) if number else ""
        left, _ink = time_words_left(meeting)
        parts = (words or tr("No item is running"), left, present_words(meeting))
        return "  ·  ".join(filter(None, parts))

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
        for part in (self.steering, self.acts):
            inner = part.layout()
            if inner is not None:
                inner.setSpacing(gap)
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
