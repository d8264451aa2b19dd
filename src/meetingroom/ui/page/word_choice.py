"""The words somebody chose on the current page, and what can be done with them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from meetingroom.domain.paper import Word
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.selection import PageWords

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView


class WordChoice:
    """Asks for a page's words when they are wanted; `chosen` are two places in their order."""

    def __init__(self, view: "PageView", context: DeskContext) -> None:
        self._view, self._context = view, context
        self._words: dict[tuple[str, int], PageWords] = {}
        self.chosen: tuple[int, int] | None = None

    @property
    def words(self) -> PageWords:
        """The words of the current page, none while they are not known."""
        return self._words.get((self._view.blob, self._view.page)) or PageWords()

    def choose(self, chosen: tuple[int, int] | None) -> None:
        """Choose words from one to another by their places in the page's order."""
        if chosen is None:
            self._view.actions_bar.hide()
        if chosen != self.chosen:
            self.chosen = chosen
            self._view.update()

    def forget(self, blob: str) -> None:
        """The words of a file are for this person no longer."""
        if self._view.blob == blob:
            self.choose(None)
        self._words = {key: words for key, words in self._words.items() if key[0] != blob}

    def offer_actions(self) -> None:
        """Show what can be done with the chosen words, beside them."""
        if self.chosen is not None and self.words.words:
            quads = self.words.quads(*self.chosen)
            self._view.actions_bar.show_beside(self._view.lens.view_rect(quads[-1].bounds()))

    def mark(self, style: str) -> None:
        """Mark the chosen words: "highlight", "underline" or "strikeout"."""
        mark = self.words.mark(*self.chosen, style) if self.chosen is not None else None
        self.choose(None)
        if mark is not None:
            self._view.make(mark)

    def copy(self) -> None:
        """The chosen words to the clipboard, composed letters, line by line."""
        if self.chosen is not None and self.words.words:
            QGuiApplication.clipboard().setText(self.words.text(*self.chosen))

    def ask(self) -> None:
        """Have the current page's words ready."""
        view = self._view
        key = (view.blob, view.page)
        if not view.blob or key in self._words or view.pages.size(*key) is None:
            return
        self._words[key] = PageWords()

        def keep(words: tuple[Word, ...]) -> None:
            self._words[key] = PageWords(words)

        def got(words: tuple[Word, ...]) -> None:
            searching = self._context.searching
            if words or searching is None:
                keep(words)
            else:  # a picture, perhaps one whose words were read for the search
                self._context.bridge.when_done(searching.scanned_words(*key), keep)

        self._context.bridge.when_done(self._context.pages.words(*key), got, lambda _error: None)

    def extend(self, key: Qt.Key) -> bool:
        """Choose words by keys: along the line, or to the next."""
        view, words = self._view, self.words
        if not words.words:
            return False
        start, end = self.chosen or (words.first_in(view.lens.visible()),) * 2
        if self.chosen is not None:
            last = len(words.words) - 1
            steps = {Qt.Key.Key_Right: min(end + 1, last), Qt.Key.Key_Left: max(end - 1, 0)}
            lines = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            end = words.beside(end, lines[key]) if key in lines else steps[key]
        self.choose((start, end))
        view.lens.reveal(words.box(end))
        view.moved()
        self.offer_actions()
        return True
