"""The online part of a proposal: which link, what leads in, who helps."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from meetingroom.domain.entrance import is_https, secrets_in, without_secrets
from meetingroom.sentences import sentence
from meetingroom.services.inviting import ProposedLink
from meetingroom.services.proposals import FoundLink, ProposedMeeting, Told
from meetingroom.ui.controls import Card, FoldingRow, Label, empty
from meetingroom.ui.secretary.received_fields import FoundField, PasscodeField
from meetingroom.ui.secretary.received_times import MomentField
from meetingroom.ui.secretary.received_words import source_words, warning_words
from meetingroom.wording import tr

HasPages = Callable[[int], bool]
OF_THE_OFFICE = ("site", "contact", "test_at")


class WarningStrip(Card):
    """What is wrong with an address; it is taken over only by a deliberate act."""

    accepted_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(edge="attention", padding=12, parent=parent)
        self.words = QVBoxLayout()
        self.body.addLayout(self.words)
        self.body.addWidget(
            Label(tr("It is not taken into the meeting. Ask the sender by telephone."), wraps=True)
        )
        self.accept = QCheckBox(tr("I have asked: take this address all the same"))
        self.accept.toggled.connect(self.accepted_changed)
        self.body.addWidget(self.accept)
        self.hide()

    def show_warnings(self, codes: Sequence[str]) -> None:
        """Say each plainly; none hides the strip."""
        empty(self.words)
        for code in codes:
            self.words.addWidget(Label(warning_words(code), "strong", "attention_ink", wraps=True))
        self.accept.setChecked(False)
        self.setVisible(bool(codes))


class LinkPart(Card):
    """`look_requested` carries what was read, and whether somebody asked to see it."""

    look_requested = Signal(object)
    state_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Online meeting"), parent=parent)
        self._links: tuple[FoundLink, ...] = ()
        self._names: list[str] = []
        self._has_pages: HasPages = lambda _letter: False
        self._address = ""  # as it was read, with the key it may have
        self._services: dict[str, str] = {}
        self._told: dict[str, Told] = {}
        self.is_online = QCheckBox(tr("We take part online"))
        self.is_online.toggled.connect(self._show_parts)
        self.body.addWidget(self.is_online)
        self.parts = QWidget()
        column = QVBoxLayout(self.parts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.body.addWidget(self.parts)
        self._make_choice(column)
        self._make_fields(column)
        self._wire()

    def _make_choice(self, column: QVBoxLayout) -> None:
        self.choice = QWidget()
        inside = QVBoxLayout(self.choice)
        inside.setContentsMargins(0, 0, 0, 0)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        inside.addLayout(self._cards)
        self.group = QButtonGroup(self)
        self.choice_error = Label("", "caption", "live", wraps=True)
        inside.addWidget(self.choice_error)
        self.choice.hide()
        column.addWidget(self.choice)

    def _make_fields(self, column: QVBoxLayout) -> None:
        self.service, self.url, self.number = QComboBox(), QLineEdit(), QLineEdit()
        self.passcode = PasscodeField()
        self.site, self.contact = QLineEdit(), QLineEdit()
        self.test = MomentField(tr("Testing time"))
        self.url.setPlaceholderText(tr("empty: the higher level's own video system"))
        self.fields = {
            "url": FoundField(tr("Address"), self.url),
            "service": FoundField(tr("Service"), self.service),
            "meeting_id": FoundField(tr("Meeting number (ID)"), self.number),
            "passcode": FoundField(tr("Passcode"), self.passcode),
            "site": FoundField(tr("Our own site"), self.site, is_long=True),
            "contact": FoundField(tr("Technical contact"), self.contact, is_long=True),
            "test_at": FoundField(tr("Testing time"), self.test),
        }
        self.warning = WarningStrip()
        self.apart = Label(tr("The passcode in the address is kept apart."), "caption", "ink_soft")
        self.apart.hide()
        self.way = QWidget()
        way = QVBoxLayout(self.way)
        way.setContentsMargins(0, 0, 0, 0)
        way.setSpacing(12)
        way.addWidget(self.fields["url"])
        way.addWidget(self.apart)
        way.addWidget(self.warning)
        way.addWidget(FoldingRow(self.fields["service"], self.fields["meeting_id"], (1, 1)))
        way.addWidget(self.fields["passcode"])
        column.addWidget(self.way)
        column.addWidget(self.fields["site"])
        column.addWidget(self.fields["contact"])
        column.addWidget(self.fields["test_at"])
        self.is_for_all = QCheckBox(tr("Officials may also join from their own computers"))
        self.opens_itself = QCheckBox(tr("The large display goes in by itself when it is time"))
        column.addWidget(self.is_for_all)
        column.addWidget(self.opens_itself)

    def _wire(self) -> None:
        for field in self.fields.values():
            field.look_requested.connect(self.look_requested)
        self.url.textEdited.connect(self._on_url)
        self.passcode.shown_changed.connect(lambda _is_shown: self._show_sources())
        self.warning.accepted_changed.connect(lambda _is_on: self.state_changed.emit())

    # --- showing ------------------------------------------------------------------------

    def know_services(self, services: dict[str, str]) -> None:
        """Names of services and what people call them."""
        chosen = self.service.currentData() or ""
        self._services = services
        self.service.clear()
        self.service.addItem(tr("Not known", "service"), "")
        for name, words in services.items():
            self.service.addItem(words, name)
        self._choose_service(chosen)

    def show_meeting(self, meeting: ProposedMeeting, names: list[str], has_pages: HasPages) -> None:
        """The links of a proposed meeting; with several none is chosen yet."""
        self._names, self._has_pages = names, has_pages
        self._links = tuple(link for link in meeting.links if not link.is_empty)
        others = tuple(link for link in meeting.links if link.is_empty)
        self._told = {key: told for key, told in meeting.told.items() if key in OF_THE_OFFICE}
        self.site.setText(meeting.value("site"))
        self.contact.setText(meeting.value("contact"))
        self.test.set_moment(meeting.value("test_at"))
        self.is_for_all.setChecked(False)
        self.opens_itself.setChecked(False)
        self._show_choice()
        first = self._links[0] if len(self._links) == 1 else FoundLink()
        self._show_link(others[0] if others and not self._links else first)
        has_online = bool(meeting.links) or bool({"site", "test_at"} & set(self._told))
        self.is_online.setChecked(has_online)
        self._show_parts(is_online=has_online)

    def _show_parts(self, is_online: bool) -> None:
        self.parts.setVisible(is_online)
        self.state_changed.emit()

    def left_to_do(self) -> str:
        """What somebody should see before the meeting is made; "" for nothing."""
        if not self.is_online.isChecked():
            return ""
        if self.has_to_choose:
            return tr("The letter has {0} links: choose one under “Online meeting”.").format(
                len(self._links)
            )
        if self._is_refused:
            return tr("The address has a warning and is left out: see “Online meeting”.")
        return ""

    def _show_choice(self) -> None:
        empty(self._cards)
        for button in self.group.buttons():
            self.group.removeButton(button)
        self.choice.setVisible(len(self._links) > 1)
        if len(self._links) < 2:
            return
        words = tr("The letter has {0} links. Which one is ours?").format(len(self._links))
        self._cards.addWidget(Label(words, "strong", wraps=True))
        for number, link in enumerate(self._links):
            self._cards.addWidget(self._card(number, link))

    def _card(self, number: int, link: FoundLink) -> Card:
        card = Card(padding=12, edge="attention" if link.warnings else "")
        service = self._services.get(link.value("service"), link.value("service"))
        words = "  ·  ".join(filter(None, (service, link.value("meeting_id"))))
        button = QRadioButton(words or tr("Link {0}").format(number + 1))
        button.toggled.connect(lambda is_on: self._show_link(link) if is_on else None)
        self.group.addButton(button, number)
        card.body.setSpacing(4)
        card.body.addWidget(button)
        told = link.told.get("url") or link.told.get("meeting_id")
        if told is not None:
            words = source_words(told, self._names, _secrets(link))
            card.body.addWidget(Label(words, "small", "ink_soft", wraps=True))
        if link.warnings:
            card.body.addWidget(
                Label(warning_words(link.warnings[0]), "small", "attention_ink", wraps=True)
            )
        return card

    def _show_link(self, link: FoundLink) -> None:
        kept = {key: told for key, told in self._told.items() if key in OF_THE_OFFICE}
        self._told = {**kept, **link.told}
        url = link.value("url")
        self._address = url if is_https(url) else ""
        self.apart.setVisible(bool(_keys(url)))
        self.url.setText(_plain(url))
        self.number.setText(link.value("meeting_id"))
        self.passcode.setText(link.value("passcode"))
        self._choose_service(link.value("service"))
        self.warning.show_warnings(link.warnings)
        self.choice_error.setText("")
        self.fields["url"].set_error("")
        for line in (self.url, self.number, self.site, self.contact):
            line.setCursorPosition(0)
        self.way.setVisible(not self.has_to_choose)
        self._show_sources()
        self.state_changed.emit()

    @property
    def _is_refused(self) -> bool:
        """Whether the address warns and nobody took it all the same."""
        return not self.warning.isHidden() and not self.warning.accept.isChecked()

    @property
    def has_to_choose(self) -> bool:
        """Whether there are several links and none is taken yet."""
        return len(self._links) > 1 and self.group.checkedButton() is None

    def _choose_service(self, name: str) -> None:
        """One that is not in the list stays what it is."""
        if self.service.findData(name) < 0:
            self.service.addItem(name or tr("Not known", "service"), name)
        self.service.setCurrentIndex(self.service.findData(name))

    def _show_sources(self) -> None:
        secrets = [] if self.passcode.is_shown else [self.passcode.text(), *_keys(self._address)]
        for key, field in self.fields.items():
            told = self._told.get(key)
            if key == "service" and told is not None:
                told = self._told.get("url", told)
            has_pages = told is not None and self._has_pages(told.letter)
            field.show_told(told, self._names, has_pages=has_pages, secrets=secrets)

    def show_by_hand(self) -> None:
        """Nothing was read: no field says where from."""
        for field in self.fields.values():
            field.show_by_hand()

    def _on_url(self, _words: str) -> None:
        """Another address was typed: what was found about the old one says nothing of it."""
        self._address = ""
        self.apart.hide()
        self.warning.show_warnings(())
        self.fields["url"].set_error("")
        self.state_changed.emit()

    # --- what was confirmed ---------------------------------------------------------------

    def check(self) -> QWidget | None:
        """The first thing that is still to be done, or None."""
        if not self.is_online.isChecked():
            return None
        if self.has_to_choose:
            self.choice_error.setText(tr("Choose one of the links."))
            return self.group.buttons()[0]
        words = self.url.text().strip()
        if words and not self._is_refused and not is_https(words):
            self.fields["url"].set_error(sentence("link.not_https"))
            return self.url
        if not self.test.is_empty and not self.test.moment:
            self.fields["test_at"].set_error(tr("This is no time. Write it like 14:00 25/11/2026."))
            return self.test
        return None

    def links(self, organiser: str, level: str) -> tuple[ProposedLink, ...]:
        """What the meeting gets; an address with a warning only where it was accepted."""
        if not self.is_online.isChecked():
            return ()
        address = self._address or self.url.text().strip()
        link = ProposedLink(
            service=self.service.currentData() or "",
            url="" if self._is_refused else address,
            meeting_number=self.number.text().strip(),
            passcode=self.passcode.text(),
            organiser=organiser,
            level=level,
            site=self.site.text().strip(),
            contact=self.contact.text().strip(),
            test_at=self.test.moment,
            is_for_all=self.is_for_all.isChecked(),
            opens_itself=self.opens_itself.isChecked(),
        )
        return (link,)


def _plain(url: str) -> str:
    """An address without its keys; as it is where it is no good address."""
    return without_secrets(url) if is_https(url) else url


def _keys(url: str) -> list[str]:
    return secrets_in(url) if is_https(url) else []


def _secrets(link: FoundLink) -> list[str]:
    return [link.value("passcode"), *_keys(link.value("url"))]
