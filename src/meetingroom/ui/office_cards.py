"""The office's bodies and kinds of meeting, for its administrator."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from meetingroom.domain.bodies import ready_bodies
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.ids import OFFICE, new_id
from meetingroom.domain.meeting_types import READY
from meetingroom.domain.office_facts import BodySet, MeetingTypeSet
from meetingroom.sentences import sentence_of
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import (
    Button,
    Card,
    Chip,
    ElidedLabel,
    GradualRows,
    IconButton,
    Label,
    WrapRow,
)
from meetingroom.ui.office_dialogs import BodyDialog, OfficeDialog, TypeDialog
from meetingroom.ui.office_words import rules_words, secretaries_words, type_name
from meetingroom.wording import tr


@dataclass(frozen=True)
class Row:
    """What one row says; `fact` is what is changed."""

    key: str
    fact: Any
    name: str
    second: str
    is_gone: bool


class OfficeCard(Card):
    """Rows that can be changed, given up and taken back; `told` says what happened."""

    told = Signal(str, str)

    def __init__(self, context: DeskContext, title: str, advice: str) -> None:
        super().__init__(title)
        self._context = context
        self.dialog: OfficeDialog | None = None
        self.body.addWidget(Label(advice, "body", "ink_soft", wraps=True))
        self.rows = GradualRows(self._row, 8)
        self.body.addWidget(self.rows)
        self.acts = WrapRow()
        self.body.addLayout(self.acts)

    def refresh(self) -> None:
        """What the office has now."""
        self.rows.show_rows([(row.key, row) for row in self.wanted()])

    def wanted(self) -> list[Row]:
        """The rows."""
        raise NotImplementedError

    def make_dialog(self, fact: Any) -> OfficeDialog:
        """The fields of one row."""
        raise NotImplementedError

    def add_act(self, words: str, icon: str, act: Callable[[], None]) -> Button:
        """A button under the rows."""
        button = Button(words, "accent", icon, extent="small")
        button.clicked.connect(lambda _checked=False: act())
        self.acts.addWidget(button)
        return button

    def change(self, fact: Any) -> None:
        """Open the fields."""
        self.dialog = self.make_dialog(fact)
        self.dialog.kept.connect(self.keep)
        self.dialog.open()

    def keep(self, *facts: Any) -> None:
        """Write what was typed; the hub takes it from an administrator."""
        desk = self._context.desk
        task = desk.run(lambda: [desk.write(OFFICE, fact) for fact in facts])
        self._context.bridge.when_done(task, lambda _ids: self.refresh(), self._complain)

    def _complain(self, error: MeetingError) -> None:
        self.told.emit("attention", sentence_of(error))

    def _row(self, row: Row) -> QWidget:
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(row.name, "strong"))
        words.addWidget(Label(row.second, "caption", "ink_soft", wraps=True))
        across.addLayout(words, 1)
        if row.is_gone:
            across.addWidget(Chip(tr("Not in use"), "draft"))
        else:
            pencil = IconButton("pencil", f"{tr('Change')}: {row.name}", extent="small", size=16)
            pencil.clicked.connect(lambda _checked=False: self.change(row.fact))
            across.addWidget(pencil)
        told = tr("Use again") if row.is_gone else tr("Stop using")
        drop = Button(told, "quiet", extent="small")
        drop.setAccessibleName(f"{told}: {row.name}")
        other = msgspec.structs.replace(row.fact, is_gone=not row.is_gone)
        drop.clicked.connect(lambda _checked=False: self.keep(other))
        across.addWidget(drop)
        return line


class BodiesCard(OfficeCard):
    """Who meets in this office."""

    def __init__(self, context: DeskContext) -> None:
        advice = tr("Each has its letterhead, its secretaries and its meetings, kept apart.")
        super().__init__(context, tr("Bodies of this office"), advice)
        self.add_act(tr("Add a body"), "plus", self.on_new)
        self.ready = self.add_act(tr("Those of a commune"), "building-2", self.on_ready)
        self.refresh()

    def refresh(self) -> None:
        """The ready ones are offered until there are any."""
        super().refresh()
        self.ready.setVisible(not self._context.desk.directory.bodies)

    def wanted(self) -> list[Row]:
        """In the order they were set up."""
        directory = self._context.desk.directory
        return [
            Row(row.body, row, row.name, self._second(row), row.is_gone)
            for row in directory.bodies.values()
        ]

    def _second(self, body: BodySet) -> str:
        names = secretaries_words(body, self._context.desk.directory)
        parts = (" / ".join(body.letterhead), tr("Secretaries: {0}").format(names))
        return "  ·  ".join(part for part in parts if part)

    def make_dialog(self, fact: BodySet) -> OfficeDialog:
        """Name, letterhead, secretaries."""
        return BodyDialog(fact, self._context.desk.directory, self)

    def on_new(self) -> None:
        """An empty one."""
        self.change(BodySet(body=new_id("body"), name=""))

    def on_ready(self) -> None:
        """The People's Committee, the People's Council, the Party committee."""
        self.keep(*ready_bodies(self._context.desk.directory))


class TypesCard(OfficeCard):
    """What kinds of meeting there are, and their rules."""

    def __init__(self, context: DeskContext) -> None:
        advice = tr("Days, quorum and majority remind and count; they block nothing.")
        super().__init__(context, tr("Kinds of meeting"), advice)
        self.add_act(tr("Add a kind"), "plus", self.on_new)
        self.refresh()

    def wanted(self) -> list[Row]:
        """Ready ones first, then the office's own."""
        directory = self._context.desk.directory
        rows = {**READY, **directory.meeting_types}.values()
        return [
            Row(row.kind, row, type_name(row), rules_words(row, directory), row.is_gone)
            for row in rows
        ]

    def make_dialog(self, fact: MeetingTypeSet) -> OfficeDialog:
        """Its rules."""
        return TypeDialog(fact, self._context.desk.directory, self)

    def on_new(self) -> None:
        """One like the most usual."""
        other = msgspec.structs.replace(READY["other"], kind="")
        self.change(other)

    def keep(self, *facts: Any) -> None:
        """A new kind gets its id when it is kept."""
        named = (
            fact if fact.kind else msgspec.structs.replace(fact, kind=new_id("kind"))
            for fact in facts
        )
        super().keep(*named)
