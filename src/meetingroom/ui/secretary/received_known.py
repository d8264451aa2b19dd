"""The letter tells of a meeting that is here already: what it changes, and which is meant."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from meetingroom.domain.entrance import is_https, without_secrets
from meetingroom.services.inviting import Proposal
from meetingroom.services.known_meetings import Known
from meetingroom.ui.controls import Card, Label, Segmented, empty
from meetingroom.ui.secretary.received_words import when_words
from meetingroom.wording import tr


class KnownCard(Card):
    """`way` is change (that meeting), new (one more) or cancel."""

    way_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__(edge="attention", padding=16)
        self.known: Known | None = None
        self.way = "new"
        self.heading = Label("", "strong", wraps=True)
        self.which = Label("", "body", wraps=True)
        self._changes = QVBoxLayout()
        self._changes.setSpacing(4)
        choices = (
            ("change", "", tr("Change that meeting")),
            ("new", "", tr("Make a new one")),
        )
        self.choice = Segmented(choices, tr("Which meeting is meant"))
        self.choice.choice_changed.connect(self._on_choice)
        self.body.setSpacing(8)
        for part in (self.heading, self.which):
            self.body.addWidget(part)
        self.body.addLayout(self._changes)
        self.body.addWidget(self.choice)
        self.hide()

    def show_known(self, known: Known | None, *, is_cancelled: bool, new_starts_at: str) -> None:
        """The meeting that is probably meant, None where there is none."""
        self.known = known
        self.setVisible(known is not None)
        self.way = "new"
        if known is None:
            return
        self.which.setText("  ·  ".join(filter(None, (known.title, when_words(known.starts_at)))))
        self.choice.setVisible(not is_cancelled)
        if is_cancelled:
            self.heading.setText(tr("The letter calls this meeting off"))
            self.way = "cancel"
            return
        self.heading.setText(
            tr("This meeting is here already")
            if known.why != "link"
            else tr("A meeting with the same link is here already")
        )
        is_same_day = known.starts_at[:10] == new_starts_at[:10]
        self.way = "change" if known.why != "link" or is_same_day else "new"
        self.choice.choose(self.way)

    def show_changes(self, proposal: Proposal) -> None:
        """What would be another in the meeting that is here."""
        empty(self._changes)
        if self.known is None or self.way != "change":
            return
        rows = changes_in_words(self.known, proposal)
        for words in rows or [tr("Nothing in it changes.")]:
            self._changes.addWidget(Label(words, "body", wraps=True))

    def _on_choice(self, way: str) -> None:
        self.way = way
        self.way_changed.emit(way)


def changes_in_words(known: Known, proposal: Proposal) -> list[str]:
    """Each as before and after; a passcode is never told."""
    new, old = (proposal.links[0] if proposal.links else None), known.link
    rows = [
        (tr("Title"), known.title, proposal.title),
        (tr("Begins"), when_words(known.starts_at), when_words(proposal.starts_at)),
        (tr("Place"), known.place, proposal.place or (new.site if new else "")),
    ]
    if new is not None:
        was = {name: getattr(old, name, "") for name in ("url", "meeting_number", "contact")}
        rows += [
            (tr("Address"), was["url"], _plain(new.url)),
            (tr("Meeting number (ID)"), was["meeting_number"], new.meeting_number),
            (tr("Technical contact"), was["contact"], new.contact),
            (
                tr("Testing time"),
                when_words(getattr(old, "test_at", "")),
                when_words(new.test_at),
            ),
        ]
    words = [
        tr("{0}: {1} → {2}").format(name, before or tr("nothing"), after)
        for name, before, after in rows
        if after and before != after
    ]
    if new is not None and new.passcode:
        words.append(tr("The passcode is taken from this letter."))
    return words


def _plain(url: str) -> str:
    return without_secrets(url) if is_https(url) else url
