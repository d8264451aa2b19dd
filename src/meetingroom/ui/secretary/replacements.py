"""What new versions of papers do, on the page that issues them: whose marks are touched, in
counts only, and which pages change."""

from concurrent.futures import Future

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.sentences import sentence, sentence_of
from meetingroom.services.drafting import Draft, DraftPaper
from meetingroom.services.replacing import ChangedPage, Effect, replaced_papers
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Card, HairLine, IconLabel, Label, empty
from meetingroom.wording import tr

AT_MOST = 12
Key = tuple[str, str, int]  # old file, new file, marks seen here


class Replacements(QObject):
    """Asks for what each replacement does and shows it; the same question is asked once."""

    def __init__(self, context: DeskContext, place: QVBoxLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._place, self._parent = context, place, parent
        self._asked: dict[str, Key] = {}
        self.cards: dict[str, ReplacementCard] = {}

    def show(self, draft: Draft) -> None:
        """One card for each paper of the draft that is replaced."""
        service, desk = self._context.replacing, self._context.desk
        meeting = desk.meeting(draft.meeting)
        rows = replaced_papers(draft, meeting) if service is not None else []
        for gone in self.cards.keys() - {paper.paper for paper, _ in rows}:
            self._asked.pop(gone, None)
            self.cards.pop(gone).deleteLater()
        for paper, old in rows:
            seen = len(meeting.marks_on(old)) if meeting is not None else 0
            key = (old, paper.blob, seen)
            if service is not None and self._asked.get(paper.paper) != key:
                self._asked[paper.paper] = key
                self._ask(service.effect(draft.meeting, paper), paper, key)

    def _ask(self, future: "Future[Effect]", paper: DraftPaper, key: Key) -> None:
        card = self.cards.get(paper.paper)
        if card is None:
            card = self.cards[paper.paper] = ReplacementCard(paper)
            self._place.addWidget(card)

        def told(effect: Effect) -> None:
            if self._asked.get(paper.paper) == key:
                self.cards[paper.paper].show_effect(effect)

        def failed(error: MeetingError) -> None:
            self.cards[paper.paper].say(sentence_of(error))

        self._context.bridge.when_done(future, told, failed)


class ReplacementCard(Card):
    """One paper that is replaced."""

    def __init__(self, paper: DraftPaper, parent: QWidget | None = None) -> None:
        title = tr("Replacing {0}").format(paper.title)
        super().__init__(title, tr("version {0}").format(paper.version), parent=parent)
        self.body.setSpacing(8)
        self.headline = Label(tr("Comparing the versions…"), "strong", wraps=True)
        self.body.addWidget(self.headline)
        self._rest = QVBoxLayout()
        self._rest.setSpacing(6)
        self.body.addLayout(self._rest)

    def say(self, words: str) -> None:
        """Something instead of counts."""
        self.headline.setText(words)

    def words(self) -> list[str]:
        """Everything the card says."""
        return [self.headline.text(), *(one.text() for one in self._lines())]

    def _lines(self) -> list[Label]:
        items = [self._rest.itemAt(n) for n in range(self._rest.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [label for widget in widgets if widget for label in _labels(widget)]

    def show_effect(self, effect: Effect) -> None:
        """Counts of marks, then the pages."""
        empty(self._rest)
        self.headline.setText(headline_words(effect))
        if effect.problem:
            self._rest.addWidget(Label(sentence(effect.problem), "body", "attention", wraps=True))
            return
        self._rest.addWidget(Label(honest_words(effect), "small", "ink_soft", wraps=True))
        for icon, role, words in _mark_lines(effect):
            self._rest.addWidget(_line(icon, role, words))
        self._rest.addSpacing(4)
        self._rest.addWidget(HairLine())
        self._rest.addSpacing(4)
        changed = effect.changed
        title = tr("{0} pages change, of {1}").format(len(changed), effect.pages)
        if len(changed) == 1:
            title = tr("One page changes, of {0}").format(effect.pages)
        self._rest.addWidget(Label(title if changed else tr("No page changes."), "strong"))
        for page in changed[:AT_MOST]:
            self._rest.addWidget(Label(page_words(page), "body", wraps=True))
        if len(changed) > AT_MOST:
            more = tr("and {0} more pages").format(len(changed) - AT_MOST)
            self._rest.addWidget(Label(more, "body", "ink_soft"))


def headline_words(effect: Effect) -> str:
    """Whose marks are on what changes."""
    if effect.problem:
        return tr("What changes could not be found out.")
    if not effect.marks:
        return tr("Nobody has shared marks on the pages that change.")
    words = tr("{0} people have {1} shared marks on the pages that change")
    return words.format(effect.people, effect.marks)


def honest_words(effect: Effect) -> str:
    """What was counted, and what nobody can count."""
    told = [tr("Only shared marks are counted, never shown.")]
    if not effect.is_counted_by_hub:
        told.append(tr("The hub is away: these are the ones this computer may read."))
    told.append(tr("Private ones cannot be counted; each goes along on its owner's computer."))
    return " ".join(told)


def _mark_lines(effect: Effect) -> list[tuple[str, str, str]]:
    """What becomes of the marks that may be read here."""
    lines = []
    if effect.kept:
        words = tr("{0} of those you can read go along: same words or same place")
        lines.append(("circle-check", "good", words.format(effect.kept)))
    if effect.look:
        words = tr("{0} of those you can read find no certain place: their authors are told")
        lines.append(("triangle-alert", "attention", words.format(effect.look)))
    if effect.version > 1:
        words = tr("No mark is lost: version {0} can still be opened")
        lines.append(("history", "accent", words.format(effect.version - 1)))
    return lines


def page_words(page: ChangedPage) -> str:
    """One page that changes."""
    pair = page.pair
    if pair.old_page is None:
        return tr("Page {0}: new").format((pair.new_page or 0) + 1)
    marks = tr("{0} marks you can read").format(page.marks) if page.marks else ""
    if pair.new_page is None:
        words = tr("Page {0} of the old version: taken out").format(pair.old_page + 1)
    else:
        places = tr("{0} places differ").format(page.places)
        words = f"{tr('Page {0}').format(pair.new_page + 1)}: {places}"
    return f"{words}, {marks}" if marks else words


def _line(icon: str, role: str, words: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(IconLabel(icon, role, 18))
    row.addWidget(Label(words, "body", wraps=True), 1)
    return line


def _labels(widget: QWidget) -> list[Label]:
    return [widget] if isinstance(widget, Label) else widget.findChildren(Label)
