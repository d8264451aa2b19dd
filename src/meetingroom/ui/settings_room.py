"""What a person may change on this computer, and what this program is."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from meetingroom import __version__
from meetingroom.domain.errors import MeetingError
from meetingroom.sentences import sentence_of
from meetingroom.settings import Settings
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Card, InfoBar, Label, Segmented
from meetingroom.ui.controls.touch import scroll_by_touch
from meetingroom.ui.freshness import WhenSeen
from meetingroom.ui.office_cards import BodiesCard, TypesCard
from meetingroom.ui.own_backup import OwnBackupCard
from meetingroom.ui.theme import apply_theme, current_theme, load_theme
from meetingroom.wording import language, tr

TEXT_SIZES = (100, 125, 150, 175, 200)
WIDEST = 760
LICENCE = "AGPL-3.0-or-later"


class SettingsRoom(QWidget):
    """Text size and colours take effect at once, the language from the next start."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._is_filling = False
        self._waiting = 0  # changes on their way to the disk
        self.info = InfoBar()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.info)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(32, 20, 32, 20)
        column.setSpacing(12)
        column.addWidget(Label(tr("Settings"), "page_title"))
        safe = context.safekeeping
        self.own_backup = OwnBackupCard(context, safe) if safe is not None else None
        is_keeper = context.is_administrator
        self.bodies = BodiesCard(context) if is_keeper else None
        self.types = TypesCard(context) if is_keeper else None
        cards = (self._choices(), self.bodies, self.types, self.own_backup, self._about())
        self._cards = tuple(card for card in cards if card is not None)
        for card in self._cards:
            column.addWidget(card)
        column.addStretch(1)
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll_by_touch(scroller)
        scroller.setWidget(inner)
        outer.addWidget(scroller, 1)
        self._take_width()
        self._wire()
        if self.own_backup is not None:
            self.own_backup.told.connect(self.info.tell)
        self._office = [card for card in (self.bodies, self.types) if card is not None]
        for office_card in self._office:
            office_card.told.connect(self.info.tell)
        self._fresh = WhenSeen(self, self._show_office)
        context.bridge.directory_changed.connect(self._fresh.ask)
        self.refresh()

    def _show_office(self) -> None:
        for card in self._office:
            card.refresh()

    def _choices(self) -> Card:
        card = Card(tr("On this computer"))
        sizes = tuple((str(size), "", f"{size}%") for size in TEXT_SIZES)
        self.text_size = Segmented(sizes, tr("Text size"))
        colours = (("light", "sun", tr("Light")), ("high_contrast", "eye", tr("High contrast")))
        self.theme = Segmented(colours, tr("Colours"))
        self.language = Segmented((("vi", "", "Tiếng Việt"), ("en", "", "English")), tr("Language"))
        self.next_start = Label(
            tr("The language changes when the program is opened again."),
            "caption",
            "attention",
            wraps=True,
        )
        self.next_start.hide()
        for name, choice in (
            (tr("Text size"), self.text_size),
            (tr("Colours"), self.theme),
            (tr("Language"), self.language),
        ):
            card.body.addWidget(Label(name, "caption", "ink_soft", weight=500))
            row = QHBoxLayout()
            row.addWidget(choice)
            row.addStretch(1)
            card.body.addLayout(row)
        card.body.addWidget(self.next_start)
        self.phones = Segmented((("yes", "", tr("On")), ("no", "", tr("Off"))), _by_phone())
        if self._context.preferences is not None and self._context.preferences.has_hub:
            card.body.addWidget(Label(_by_phone(), "caption", "ink_soft", weight=500))
            row = QHBoxLayout()
            row.addWidget(self.phones)
            row.addStretch(1)
            card.body.addLayout(row)
            words = tr("Calendars that people subscribed to are served with it.")
            card.body.addWidget(Label(words, "caption", "ink_soft", wraps=True))
        else:
            self.phones.setParent(self)
            self.phones.hide()
        return card

    def _about(self) -> Card:
        card = Card(tr("About this program"))
        version = tr("{0}, version {1}").format("meetingroom", __version__)
        card.body.addWidget(Label(version, "strong", wraps=True))
        words = tr("Free software under the licence {0}: use it, study it, share it, change it.")
        card.body.addWidget(Label(words.format(LICENCE), "body", wraps=True))
        preferences = self._context.preferences
        if preferences is not None:
            words = tr("Its complete source code lies on this computer, in {0}")
            where = Label(words.format(preferences.sources), "body", "ink_soft", wraps=True)
            card.body.addWidget(where)
            self.sources = Button(tr("Source code"), "outlined", "folder-open")
            self.sources.clicked.connect(lambda _checked=False: preferences.show_sources())
            row = QHBoxLayout()
            row.addWidget(self.sources)
            row.addStretch(1)
            card.body.addLayout(row)
        return card

    def _wire(self) -> None:
        self.text_size.choice_changed.connect(
            lambda key: self._change({"text_scale": int(key) / 100})
        )
        self.theme.choice_changed.connect(lambda key: self._change({"theme": key}))
        self.language.choice_changed.connect(lambda key: self._change({"language": key}))
        self.phones.choice_changed.connect(
            lambda key: self._change({"check_in_by_code": key == "yes"})
        )

    def changeEvent(self, event: QEvent) -> None:
        """Larger text takes more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._take_width()

    def _take_width(self) -> None:
        for card in getattr(self, "_cards", ()):
            card.setMaximumWidth(current_theme().scaled(WIDEST))

    def refresh(self) -> None:
        """Show what is kept."""
        if self._context.preferences is not None:
            self._context.bridge.when_done(self._context.preferences.read(), self._show)

    def _show(self, kept: Settings) -> None:
        """Choose and wear what is kept, unless a newer wish is on its way."""
        if self._waiting:
            return
        percent = round(kept.text_scale * 100)
        nearest = min(TEXT_SIZES, key=lambda size: abs(size - percent))
        self._is_filling = True
        self.text_size.choose(str(nearest))
        self.theme.choose(kept.theme if kept.theme == "high_contrast" else "light")
        self.language.choose(kept.language or language())
        self.phones.choose("yes" if kept.check_in_by_code else "no")
        self._is_filling = False
        self.next_start.setVisible(bool(kept.language) and kept.language != language())
        self._wear()

    def _change(self, new: dict[str, object]) -> None:
        preferences = self._context.preferences
        if self._is_filling or preferences is None:
            return
        self.info.withdraw()
        if "language" in new:
            self.next_start.setVisible(new["language"] != language())
        self._waiting += 1
        self._context.bridge.when_done(
            preferences.keep(new), lambda _none: self._answered(), self._complain
        )

    def _answered(self) -> None:
        self._waiting -= 1
        self.refresh()

    def _wear(self) -> None:
        """Dress the whole program as chosen, if it is not dressed so already."""
        app = QApplication.instance()
        scale, name = int(self.text_size.current_key()) / 100, self.theme.current_key()
        worn = current_theme()
        if isinstance(app, QApplication) and (worn.name, worn.text_scale) != (name, scale):
            apply_theme(app, load_theme(name, scale, less_motion=worn.less_motion))

    def _complain(self, error: MeetingError) -> None:
        self.info.tell("attention", sentence_of(error))
        self._answered()


def _by_phone() -> str:
    return tr("Check-in on a telephone with the code of the lobby")
