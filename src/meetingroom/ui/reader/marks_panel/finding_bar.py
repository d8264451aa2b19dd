"""The head of the list of marks: where to look, in what order, and for what."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from meetingroom.services.collecting import kind_words
from meetingroom.ui.controls import (
    Button,
    ElidedLabel,
    IconButton,
    Label,
    SearchField,
    Segmented,
)
from meetingroom.ui.reader.marks_panel.rows import KINDS
from meetingroom.ui.reader.marks_panel.wish import Grouping, Wish
from meetingroom.wording import tr


class FindingBar(QWidget):
    """`wish_changed` carries the new `Wish`; `people_requested` opens who is shown."""

    wish_changed = Signal(object)
    people_requested = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wish = Wish()
        self._people: tuple[tuple[str, str], ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._head())
        scopes = (
            ("page", "", tr("Page")),
            ("paper", "", tr("Paper")),
            ("meeting", "", tr("Meeting")),
        )
        self.scope = Segmented(scopes, tr("Where to look"))
        self.scope.choose("paper")
        self.scope.choice_changed.connect(lambda scope: self._change(scope=scope))
        column.addWidget(self.scope)
        self.search = SearchField(tr("Find in the notes"))
        self.search.search_requested.connect(lambda words: self._change(words=words))
        column.addWidget(self.search)
        column.addLayout(self._told())

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(2)
        self.title = Label(tr("Notes"), "section")
        self.people = IconButton("eye", tr("Whose marks are shown"), checkable=True, extent="small")
        self.people.toggled.connect(self.people_requested)
        self.filter = IconButton("list-filter", tr("Order and choose"), extent="small")
        self.filter.setPopupMode(self.filter.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.filter)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.filter.setMenu(self.menu)
        line.addWidget(self.title, 1)
        line.addWidget(self.people)
        line.addWidget(self.filter)
        return line

    def _told(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(4)
        self.told = ElidedLabel("", "caption", "attention")
        self.all = Button(tr("Show all"), "quiet", extent="small")
        self.all.clicked.connect(self.show_all)
        line.addWidget(self.told, 1)
        line.addWidget(self.all)
        self.told.hide()
        self.all.hide()
        return line

    # --- what is wanted -------------------------------------------------------------------

    def show_count(self, count: int) -> None:
        """How many marks are listed."""
        self.title.setText(f"{tr('Notes')}  {count}" if count else tr("Notes"))

    def show_people(self, people: Iterable[tuple[str, str]], *, are_hidden: bool) -> None:
        """Who has written (id, name), in order; whether somebody's marks are hidden."""
        self._people = tuple(people)
        role = "attention" if are_hidden else "ink_soft"
        self.people.set_icon("eye-off" if are_hidden else "eye", role)
        self._tell()

    def show_all(self) -> None:
        """Leave nothing out."""
        self.search.clear()
        self._change(person="", kind="", audience="", words="")

    def look_for(self, **changes: str) -> None:
        """Look elsewhere or for something else."""
        self._change(**changes)

    def _change(self, **changes: str) -> None:
        wish = replace(self.wish, **changes)  # type: ignore[arg-type]
        if wish == self.wish:
            return
        self.wish = wish
        self.scope.choose(wish.scope)
        if self.search.text().strip() != wish.words:
            self.search.setText(wish.words)
        self._tell()
        self.wish_changed.emit(wish)

    def _tell(self) -> None:
        """Say in words what is left out."""
        wish = self.wish
        names = dict(self._people)
        parts = [
            names.get(wish.person, ""),
            kind_words(wish.kind) if wish.kind else "",
            _audiences().get(wish.audience, ""),
        ]
        said = ", ".join(part for part in parts if part)
        self.told.setText(tr("Only: {0}").format(said) if said else tr("Only what was found"))
        self.told.setVisible(wish.is_filtered)
        self.all.setVisible(wish.is_filtered)
        is_ordered = wish.grouping != "page"
        role = "accent" if wish.is_filtered or is_ordered else "ink_soft"
        self.filter.set_icon("list-filter", role)

    # --- the menu -------------------------------------------------------------------------

    def _fill_menu(self) -> None:
        """Order, person, kind, audience: one of each."""
        self.menu.clear()
        orders = {"page": tr("By page"), "person": tr("By person"), "kind": tr("By kind")}
        self._choices(self.menu, "grouping", [(key, orders[key]) for key in get_args(Grouping)])
        self.menu.addSeparator()
        everybody = [("", tr("Everybody's")), *self._people]
        self._choices(self.menu.addMenu(tr("Person")), "person", everybody)
        kinds = [("", tr("All kinds")), *((kind, kind_words(kind)) for kind in (*KINDS, "reply"))]
        self._choices(self.menu.addMenu(tr("Kind of mark")), "kind", kinds)
        audiences = [("", tr("For anybody")), *_audiences().items()]
        self._choices(self.menu.addMenu(tr("Who may see it")), "audience", audiences)

    def _choices(self, menu: QMenu, name: str, rows: list[tuple[str, str]]) -> None:
        group = QActionGroup(menu)
        for key, words in rows:
            action = QAction(words.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(getattr(self.wish, name) == key)
            action.triggered.connect(self._chooser(name, key))
            group.addAction(action)
            menu.addAction(action)

    def _chooser(self, name: str, key: str) -> Callable[[], None]:
        return lambda *_on: self._change(**{name: key})


def _audiences() -> dict[str, str]:
    return {
        "me": tr("Only me"),
        "secretary": tr("The secretary"),
        "chair": tr("The chair"),
        "everyone": tr("Everyone at the meeting"),
        "named": tr("Named persons"),
    }
