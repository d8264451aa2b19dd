"""Hands the page-turning to an item's presenter, or another person, and takes it back."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.chair.lists import Do
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, ElidedLabel, IconButton
from meetingroom.wording import tr


class PresenterRow(QWidget):
    """One line under the running item; nothing while no item runs."""

    def __init__(self, context: DeskContext, do: Do) -> None:
        super().__init__()
        self._context, self._do = context, do
        self._meeting: Meeting | None = None
        self._presenter = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.words = ElidedLabel("", "small", "ink_soft")
        self.give = Button("", "outlined", "presentation", extent="small")
        self.take_back = Button(tr("Take it back"), "accent", "undo-2", extent="small")
        self.other = IconButton("ellipsis", tr("Let somebody else turn the pages"), extent="small")
        row.addWidget(self.words, 1)
        for button in (self.give, self.take_back, self.other):
            row.addWidget(button)
        self.menu = QMenu(self)
        self.give.clicked.connect(lambda: self.give_to(self._presenter))
        self.take_back.clicked.connect(lambda: self.give_to(""))
        self.other.clicked.connect(self.on_other)
        self.hide()

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """Who presents the running item, and who turns its pages."""
        self._meeting = meeting
        agenda = meeting.issued.agenda if meeting.issued else ()
        presenter = next((r.presenter for r in agenda if r.item == meeting.current_item), "")
        self._presenter = presenter if presenter in meeting.people else ""
        turner = meeting.turner
        name = directory.name_of(turner or self._presenter)
        self.words.setText(
            tr("{0} turns the pages").format(name)
            if turner
            else tr("Presenter: {0}").format(name or "–")
        )
        may_give = not turner and self._presenter not in ("", self._context.me)
        self.give.set_words(tr("Pages to the presenter"))
        self.give.setVisible(may_give)
        self.take_back.setVisible(bool(turner))
        self.setVisible(meeting.state == "open" and bool(meeting.current_item))

    def give_to(self, person: str) -> None:
        """Hand it over; "" takes it back."""
        if self._meeting is not None:
            self._do(self._context.leading.give_turning(self._meeting.id, person))

    def on_other(self) -> None:
        """Choose among those who are here."""
        self.menu.clear()
        for action in self._people():
            self.menu.addAction(action)
        self.menu.popup(self.other.mapToGlobal(self.other.rect().bottomLeft()))

    def _people(self) -> list[QAction]:
        meeting, directory = self._meeting, self._context.desk.directory
        actions: list[QAction] = []
        for person in directory.in_protocol_order():
            if meeting is None or person.person not in meeting.people:
                continue
            if meeting.is_here(person.person) and person.person != self._context.me:
                action = QAction(person.name, self.menu)
                action.triggered.connect(lambda _on=False, key=person.person: self.give_to(key))
                actions.append(action)
        if not actions:
            nobody = QAction(tr("Nobody else has checked in"), self.menu)
            nobody.setEnabled(False)
            actions.append(nobody)
        return actions
