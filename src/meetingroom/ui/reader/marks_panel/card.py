"""The chosen mark: all it says, who may see it, and what can be done with it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from meetingroom.domain.ids import ME
from meetingroom.domain.marks import Mark
from meetingroom.domain.replies import may_be_for, reply_audience, root_of
from meetingroom.services.past_shares import Share
from meetingroom.services.unsent_words import Drafts
from meetingroom.ui.controls import Button, IconButton, IconLabel, Label, Panel
from meetingroom.ui.controls.words_field import WordsField
from meetingroom.ui.reader.mark_bar import audience_names
from meetingroom.ui.reader.marks_panel.row_words import (
    audience_icon,
    audience_words,
    offline_words,
    past_words,
    plain,
    state_of,
    warning_of,
    when,
)
from meetingroom.ui.reader.marks_panel.rows import Marks, Row
from meetingroom.wording import tr

LONG = 90  # letters that the row shows for sure
MOST_HEIGHT = 150  # px of words before they scroll
MOST_ROOM = 120  # px of the audience's words at least
SHARE = 0.55  # of the panel's height that the card may take


class MarkCard(Panel):
    """Facts and wishes about one mark; words that are being written survive whatever comes.

    Signals carry the mark's id first.
    """

    share_requested = Signal(str, tuple)
    remove_requested = Signal(str)
    reply_requested = Signal(str, str)
    words_requested = Signal(str, str)
    """Other words for an own mark."""
    save_requested = Signal(str)
    """What the hub did not take, to a file."""
    drafts_changed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bottom_bar", parent)
        self._marks: Marks | None = None
        self._mark: Mark | None = None
        self._drafts: Drafts = {}
        self._writes = "reply"
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 10)
        column.setSpacing(6)
        column.addLayout(self._head())
        column.addWidget(self._whole_words())
        self.state = Label("", "caption", "ink_soft", wraps=True)
        self.warning = Label("", "caption", "attention", wraps=True)
        self.past = Label("", "caption", "ink_soft", wraps=True)
        self.save = Button(tr("Save to a file…"), "outlined", "download", extent="small")
        self.save.clicked.connect(lambda: self._tell(self.save_requested))
        for widget in (self.state, self.warning, self.save, self.past):
            column.addWidget(widget)
        self.audience = Button("", "outlined", "lock", extent="small")
        column.addWidget(self.audience)
        column.addLayout(self._writing())
        self.hide()

    # --- building -------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        self.author = Label("", "small", weight=600, wraps=True)
        self.close_button = IconButton("x", tr("Close"), extent="small", size=16)
        self.close_button.clicked.connect(self.closed)
        self.edit = IconButton("pencil", tr("Change the words"), extent="small", size=16)
        self.drop = IconButton("trash-2", tr("Remove this mark"), extent="small", size=16)
        self.edit.clicked.connect(self.start_editing)
        self.drop.clicked.connect(lambda: self._tell(self.remove_requested))
        line.addWidget(self.author, 1)
        for button in (self.edit, self.drop, self.close_button):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _whole_words(self) -> QScrollArea:
        self.words = Label("", "small", wraps=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words_area = QScrollArea()
        self.words_area.setWidgetResizable(True)
        self.words_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words_area.setMaximumHeight(MOST_HEIGHT)
        self.words_area.setWidget(self.words)
        return self.words_area

    def _writing(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        self.field = WordsField()
        self.field.textChanged.connect(self._keep_draft)
        self.field.send_requested.connect(self.send)
        self.field.given_up.connect(self.give_up)
        column.addWidget(self.field)
        self.send_line = QWidget()
        line = QHBoxLayout(self.send_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        self.readers_icon = IconLabel("users", "ink_soft", 16)
        self.readers = Label("", "caption", "ink_soft", wraps=True)
        self.cancel = Button(tr("Cancel"), "plain", extent="small")
        self.cancel.clicked.connect(self.give_up)
        self.send_button = Button(tr("Reply"), "accent", "reply", extent="small")
        self.send_button.clicked.connect(self.send)
        line.addWidget(self.readers_icon)
        line.addWidget(self.readers, 1)
        line.addWidget(self.cancel)
        line.addWidget(self.send_button)
        column.addWidget(self.send_line)
        return column

    # --- showing --------------------------------------------------------------------------

    @property
    def mark(self) -> Mark | None:
        """The mark that is shown."""
        return self._mark

    def show_row(self, row: Row | None, marks: Marks | None, past: tuple[Share, ...] = ()) -> None:
        """Show a row's mark; a row without one, or none, closes the card."""
        mark = row.mark if row is not None else None
        if mark is None or marks is None:
            self._mark = None
            self.hide()
            return
        is_other = self._mark is None or self._mark.id != mark.id
        self._marks, self._mark = marks, mark
        is_mine = mark.author == marks.me
        told = (marks.name_of(mark.author), when(mark.at))
        self.author.setText(" · ".join(part for part in told if part))
        self._say(self.words, mark.text if len(plain(mark.text)) > LONG else "")
        self.words_area.setVisible(bool(self.words.text()))
        state = state_of(mark).words if is_mine else ""
        self._say(self.state, " · ".join(part for part in (state, offline_words(mark)) if part))
        self._say(self.warning, warning_of(mark))
        self.save.setVisible(mark.is_refused)
        self._say(self.past, " ".join(past_words(mark, past, marks.names)) if is_mine else "")
        self._show_acts(mark, marks, is_mine=is_mine)
        if is_other:
            self._writes = "reply"
        self._show_writing(mark, marks)
        self.show()

    def _say(self, label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    def _show_acts(self, mark: Mark, marks: Marks, *, is_mine: bool) -> None:
        whole = audience_words(mark.audience, marks.names)
        room = max(MOST_ROOM, self.width() - 90)
        shown = self.audience.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room)
        self.audience.set_words(shown)
        self.audience.set_icon(audience_icon(mark.audience))
        self.audience.set_kind("outlined" if mark.is_private else "attention")
        self.audience.setVisible(is_mine)
        told = tr("Who may see it: {0}").format(whole)
        self.audience.setToolTip(told)
        self.audience.setAccessibleName(whole)
        self.audience.setAccessibleDescription(tr("Who may see it"))
        self.edit.setVisible(is_mine)
        self.drop.setVisible(is_mine)
        old = self.audience.menu()
        self.audience.setMenu(self.audience_menu(self.audience) if is_mine else None)  # type: ignore[arg-type]
        if old is not None:
            old.deleteLater()

    def audience_menu(self, parent: QWidget) -> QMenu:
        """The audiences an own mark may have; a reply's are within its mark's."""
        menu = QMenu(parent)
        mark, marks = self._mark, self._marks
        if mark is None or marks is None:
            return menu
        for audience, _, name in self._choices(mark, marks):
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(audience == mark.audience)
            action.triggered.connect(
                lambda _on=False, audience=audience: self._share(mark.id, audience)
            )
        return menu

    def _choices(self, mark: Mark, marks: Marks) -> list[tuple[tuple[str, ...], str, str]]:
        usual = list(audience_names())
        answered = marks.answered_by(mark)
        if not mark.reply_to:
            is_listed = any(audience == mark.audience for audience, _, _ in usual)
            named = (mark.audience, "users", audience_words(mark.audience, marks.names))
            return usual if is_listed else [*usual, named]
        widest = reply_audience(answered, mark.author) if answered else mark.audience
        same = (widest, "users", audience_words(widest, marks.names))
        return [row for row in (usual[0], same) if may_be_for(row[0], mark, answered)]

    def _share(self, mark: str, audience: tuple[str, ...]) -> None:
        if self._mark is not None and audience != self._mark.audience:
            self.share_requested.emit(mark, audience)

    def _show_writing(self, mark: Mark, marks: Marks) -> None:
        is_edit = self._writes == "words"
        # Nobody but oneself would see an answer to what the hub did not take.
        self.field.setVisible(is_edit or not mark.is_refused)
        self.send_line.setVisible(is_edit or not mark.is_refused)
        usual = mark.text if is_edit else ""
        self.field.set_words(self._drafts.get((mark.id, self._writes), usual))
        name = tr("Words of the note") if is_edit else tr("Write a reply")
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        root = root_of(mark, marks.meeting.marks)
        readers = mark.audience if is_edit else reply_audience(root, marks.me)
        self.readers.setText(tr("For: {0}").format(audience_words(readers, marks.names)))
        self.readers_icon.set_icon(audience_icon(readers), "ink_soft")
        self.send_button.set_words(tr("Keep") if is_edit else self._send_words(readers))
        self.send_button.set_icon("check" if is_edit else "reply")
        self._show_buttons()

    def _send_words(self, readers: tuple[str, ...]) -> str:
        return tr("Keep") if readers == (ME,) else tr("Reply")

    def _show_buttons(self) -> None:
        is_written = bool(self.field.words())
        self.send_button.setEnabled(is_written)
        self.cancel.setVisible(is_written or self._writes == "words")

    # --- writing --------------------------------------------------------------------------

    @property
    def is_editing(self) -> bool:
        """Whether the words of the mark itself are being written."""
        return self._writes == "words"

    def start_editing(self) -> None:
        """Write the words of an own mark again."""
        if self._mark is not None and self._marks is not None and self.edit.isVisible():
            self._writes = "words"
            self._show_writing(self._mark, self._marks)
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_reply(self) -> None:
        """Write an answer."""
        if self._mark is not None and self._marks is not None and not self._mark.is_refused:
            self._writes = "reply"
            self._show_writing(self._mark, self._marks)
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def drafts(self) -> Drafts:
        """What is being written, about any mark."""
        return dict(self._drafts)

    def take_drafts(self, drafts: Drafts) -> None:
        """What was being written when the program ended; what was begun since stays."""
        self._drafts = {**drafts, **self._drafts}
        if self._mark is not None and self._marks is not None:
            self._show_writing(self._mark, self._marks)

    def _keep_draft(self) -> None:
        self._show_buttons()
        if self._mark is None:
            return
        key, words = (self._mark.id, self._writes), self.field.toPlainText()
        usual = self._mark.text if self.is_editing else ""
        if words == self._drafts.get(key, usual):
            return
        self._drafts[key] = words
        self.drafts_changed.emit()

    def carry_drafts(self, old: str, fresh: str) -> None:
        """What is being written about a mark goes on about the one that took its place."""
        for mark, kind in [key for key in self._drafts if key[0] == old]:
            self._drafts[fresh, kind] = self._drafts.pop((mark, kind))

    def send(self) -> None:
        """Keep what was written."""
        mark, words = self._mark, self.field.words()
        if mark is None or not words:
            return
        writes = self._writes
        self._end_writing(mark)
        if writes == "reply":
            self.reply_requested.emit(mark.id, words)
        elif words != mark.text:
            self.words_requested.emit(mark.id, words)

    def give_up(self) -> None:
        """Throw away what was written; without words, the card closes."""
        if self._mark is None:
            return
        had_words = bool(self.field.words()) or self.is_editing
        self._end_writing(self._mark)
        if not had_words:
            self.closed.emit()

    def _end_writing(self, mark: Mark) -> None:
        self._drafts.pop((mark.id, self._writes), None)
        self.drafts_changed.emit()
        self._writes = "reply"
        if self._marks is not None:
            self._show_writing(mark, self._marks)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, from wherever in the card."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self, signal: object) -> None:
        if self._mark is not None:
            signal.emit(self._mark.id)  # type: ignore[attr-defined]


class CardHolder(QScrollArea):
    """Holds the card as high as it is, at most a part of the panel; then it scrolls."""

    def __init__(self, card: MarkCard, panel: QWidget) -> None:
        super().__init__(panel)
        self._card, self._panel = card, panel
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(card)
        card.installEventFilter(self)
        panel.installEventFilter(self)
        self.fit()

    def fit(self) -> None:
        """Take the height the card wants, if there is so much."""
        card = self._card
        if card.isHidden():
            self.hide()
            return
        layout = card.layout()
        wanted = layout.totalHeightForWidth(self.width()) if layout is not None else 0
        wanted = max(wanted, card.sizeHint().height())
        self.setFixedHeight(min(wanted, round(self._panel.height() * SHARE)))
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The card says more or less, or the panel has another height."""
        kinds = QEvent.Type
        if event.type() in (kinds.LayoutRequest, kinds.Resize, kinds.ShowToParent,
                            kinds.HideToParent):  # fmt: skip
            self.fit()
        return super().eventFilter(watched, event)
