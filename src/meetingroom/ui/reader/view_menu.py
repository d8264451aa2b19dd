"""How pages are shown: how large, one or two beside each other, which way up."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from meetingroom.ui.page.lens import Fit, Lens
from meetingroom.wording import tr

SCALES = (50, 75, 100, 125, 150, 200, 400, 800)


class ViewMenu(QMenu):
    """Wishes only; the keys work while the menu is closed, too."""

    fit_requested = Signal(object)
    look_requested = Signal(str)
    panes_requested = Signal(int)
    compare_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks: dict[str, QAction] = {}
        fits = (
            (tr("Comfortable to read"), Fit.READING, "Ctrl+8"),
            (tr("Fit the width"), Fit.WIDTH, "Ctrl+0"),
            (tr("Whole page"), Fit.PAGE, "Ctrl+9"),
        )
        for words, fit, keys in fits:
            self._add(words, keys, lambda _on=False, fit=fit: self.fit_requested.emit(fit))
        scales = self.addMenu(tr("Scale"))
        for scale in SCALES:
            action = scales.addAction(f"{scale}%")
            action.triggered.connect(lambda _on=False, scale=scale: self.fit_requested.emit(scale))
        self.addSeparator()
        self._choice(("one", tr("One page"), ""), ("two", tr("Two pages"), "Ctrl+2"))
        self.addSeparator()
        self._choice(
            ("scroll", tr("Scroll through all pages"), ""), ("leaf", tr("Page by page"), "")
        )
        self.addSeparator()
        self._panes()
        words = tr("Compare with the version before")
        self.compare = self._add(words, "", lambda _on=False: self.compare_requested.emit())
        self.addSeparator()
        self.room = self.addAction(tr("Room to write beside the pages"))
        self.room.setCheckable(True)
        self.room.setShortcut(QKeySequence("Ctrl+M"))
        parent.addAction(self.room)
        self.addSeparator()
        self._wish("right", tr("Turn the paper to the right"), "Ctrl+R")
        self._wish("left", tr("Turn the paper to the left"), "Ctrl+Shift+R")

    def show_look(self, lens: Lens) -> None:
        """Tick how the pages of a view are shown."""
        self._looks["two" if lens.columns == 2 else "one"].setChecked(True)
        self._looks["scroll" if lens.is_continuous else "leaf"].setChecked(True)

    def _panes(self) -> None:
        rows = (tr("One paper"), tr("Two papers side by side"), tr("Three papers side by side"))
        for count, words in enumerate(rows, 1):
            keys = f"Ctrl+Alt+{count}"
            self._add(words, keys, lambda _on=False, n=count: self.panes_requested.emit(n))

    def _choice(self, *rows: tuple[str, str, str]) -> None:
        group = QActionGroup(self)
        for key, words, keys in rows:
            action = self._looks[key] = self._wish(key, words, keys)
            action.setCheckable(True)
            group.addAction(action)
        group.actions()[0].setChecked(True)

    def _wish(self, key: str, words: str, keys: str) -> QAction:
        return self._add(words, keys, lambda _on=False: self.look_requested.emit(key))

    def _add(self, words: str, keys: str, then: object) -> QAction:
        action = self.addAction(words)
        action.triggered.connect(then)
        if keys:
            action.setShortcut(QKeySequence(keys))
            parent = self.parentWidget()
            if parent is not None:
                parent.addAction(action)
        return action
