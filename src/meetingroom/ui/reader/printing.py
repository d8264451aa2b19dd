"""Printing the open paper: asked, told how far it is, stopped."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.handling import Allowed, allowed
from meetingroom.domain.marks import FreeText, Mark, Stamp
from meetingroom.domain.meeting import Meeting, Paper
from meetingroom.sentences import sentence, sentence_of
from meetingroom.services.written import note_printed, note_written
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.painting import colours_of
from meetingroom.ui.reader.print_dialog import PrintChoice, PrintDialog
from meetingroom.ui.reader.print_run import Printed, PrintRun, PrintWish
from meetingroom.ui.stage.moments import now
from meetingroom.ui.theme import current_theme
from meetingroom.wording import tr

RESOLUTION = 300  # dots an inch, for a PDF file; a printer says its own
STOP = "stop_print"


class Printing(QObject):
    """One paper is printed at a time."""

    told = Signal(str, str, str, tuple)
    """Role, title, advice and actions for the info bar."""

    def __init__(self, context: DeskContext, room: QWidget) -> None:
        super().__init__(room)
        self._context, self._room = context, room
        self._printer: QPrinter | None = None
        self.run: PrintRun | None = None

    def ask(self, meeting: Meeting, paper: Paper, blob: str, page: int) -> None:
        """Ask what to print, then print it; say why not where it may not be."""
        may = allowed(paper)
        if not may.prints:
            self.told.emit("attention", sentence(may.reason), "", ())
            return
        if self.run is not None:
            self.told.emit("attention", tr("A paper is being printed."), "", _stop())
            return
        count = next(one.pages for one in paper.versions if one.blob == blob)
        title = f"{meeting.number_of(paper.paper)} {paper.title}"
        marks = meeting.marks_on(blob)
        dialog = PrintDialog(title, count, page, self._room, may_copy=may.copies, marks=len(marks))
        dialog.chosen.connect(
            lambda choice: self.print(paper, blob, choice, marks if choice.has_marks else [])
        )
        dialog.open()

    def print(self, paper: Paper, blob: str, choice: PrintChoice, marks: list[Mark]) -> None:
        """Print as chosen."""
        printer = self._made_printer(paper, choice)
        if printer is None or self.run is not None:
            return
        self._printer = printer
        wish = self._wish(paper, blob, choice, marks)
        is_file = printer.outputFormat() == QPrinter.OutputFormat.PdfFormat
        file = printer.outputFileName() if is_file else ""
        call = self._context.bridge.call
        self.run = PrintRun(
            wish, printer, self._context.pages,
            told=lambda done, total: call(lambda: self._tell(paper.title, done, total)),
            ended=lambda outcome: call(lambda: self._end(outcome, blob, file)),
        )  # fmt: skip
        self._tell(paper.title, 0, len(choice.pages))
        self.run.start()

    def stop(self) -> None:
        """Print no further page."""
        if self.run is not None:
            self.run.stop()

    def _made_printer(self, paper: Paper, choice: PrintChoice) -> QPrinter | None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if choice.printer:
            printer.setPrinterName(choice.printer)
        else:
            file = chosen_pdf(self._room, tr("Print into a PDF file"), paper.title)
            if file is None:
                return None
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setResolution(RESOLUTION)
            printer.setOutputFileName(str(file))
        printer.setDocName(paper.title)
        printer.setCopyCount(choice.copies)
        both, one = QPrinter.DuplexMode.DuplexAuto, QPrinter.DuplexMode.DuplexNone
        printer.setDuplex(both if choice.is_two_sided else one)
        return printer

    def _wish(self, paper: Paper, blob: str, choice: PrintChoice, marks: list[Mark]) -> PrintWish:
        may, context = allowed(paper), self._context
        people = context.desk.directory.people

        def order(person: str) -> int:
            return people[person].order if person in people else 7

        name = context.desk.directory.name_of(context.me) or context.desk.profile.name
        printed = sorted((m for m in marks if m.page in choice.pages), key=lambda m: m.page)
        names = context.desk.directory.name_of
        notes = [
            (mark.id, f"{tr('p. {0}').format(mark.page + 1)} · {names(mark.author)}: {mark.text}")
            for mark in printed
            if mark.text and not isinstance(mark.shape, FreeText | Stamp)
        ]
        across = _across(paper, may)
        remark = tr("{0} · Printed by {1}, {2} · To be handed back after the meeting")
        return PrintWish(
            blob=blob,
            path=lambda: context.desk.paper_path(blob),
            pages=choice.pages,
            marks=tuple((m, colours_of(m, context.me, order(m.author))) for m in printed),
            notes=tuple(notes),
            remark=remark.format(across, name, f"{now():%H:%M %d/%m/%Y}") if may.is_marked else "",
            across=across,
            font=current_theme().font("body"),
        )

    def _remember(self, outcome: Printed, blob: str, file: str) -> None:
        """A purge of the paper finds the file, and tells of the sheets."""
        device_log, run = self._context.desk.log, self._context.desk.run
        if file and not outcome.was_stopped:
            run(lambda: note_written(device_log, Path(file), [blob]))
        elif not file and outcome.pages:
            run(lambda: note_printed(device_log, blob))

    def _tell(self, title: str, done: int, total: int) -> None:
        if self.run is not None:
            words = tr("Printing {0}: page {1} of {2}").format(title, done + 1, total)
            self.told.emit("good", words, "", _stop())

    def _end(self, outcome: "Printed | MeetingError", blob: str = "", file: str = "") -> None:
        self.run = self._printer = None
        if isinstance(outcome, Printed):
            self._remember(outcome, blob, file)
        if isinstance(outcome, MeetingError):
            self.told.emit("attention", sentence_of(outcome), "", ())
        elif outcome.was_stopped:
            self.told.emit("attention", tr("Printing was stopped."), "", ())
        elif outcome.missing:
            numbers = ", ".join(str(page + 1) for page in outcome.missing)
            words = tr("These pages could not be drawn and are empty: {0}").format(numbers)
            self.told.emit("attention", tr("Printed, but not whole."), words, ())
        else:
            self.told.emit(
                "good", tr("{0} pages went to the printer.").format(outcome.pages), "", ()
            )


def chosen_pdf(parent: QWidget, words: str, title: str) -> Path | None:
    """Where somebody wants a PDF; None where nowhere."""
    name = "".join("-" if letter in '<>:"/\\|?*' else letter for letter in title)[:80].strip()
    file, _ = QFileDialog.getSaveFileName(parent, words, f"{name}.pdf", "PDF (*.pdf)")
    if not file:
        return None
    return Path(file) if file.casefold().endswith(".pdf") else Path(f"{file}.pdf")


def _stop() -> tuple[tuple[str, str], ...]:
    return ((tr("Stop"), STOP),)


def _across(paper: Paper, may: Allowed) -> str:
    """The words over every sheet of a paper that is not for everybody."""
    if not may.is_marked:
        return ""
    return tr("FOR NAMED PERSONS") if may.reason == "handling.named" else tr("INTERNAL USE ONLY")
