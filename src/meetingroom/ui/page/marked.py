"""What of a page view is about marks: shown at once, kept by others, taken up to be changed."""

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtWidgets import QWidget

from meetingroom.domain.geometry import Point, Rect
from meetingroom.domain.marks import FreeText, Mark, Note, Shape, Stamp, TextMark
from meetingroom.services.marking import Content
from meetingroom.ui.page.drawing import stamp_of
from meetingroom.ui.page.inline_editor import InlineEditor
from meetingroom.ui.page.pick_bar import PickBar
from meetingroom.ui.page.picks import Picks
from meetingroom.ui.page.sheet import Leaf
from meetingroom.ui.page.shown_marks import NEW, Area, ShownMarks
from meetingroom.ui.page.tools import Tool

if TYPE_CHECKING:
    from meetingroom.ui.page.company import AccompanyingLens


class MarkedView(QWidget):
    """A view with marks; `colour` is for what lies behind words, `line_colour` for what is drawn.

    `pen_width` is in points; `stamp_words` is "" where each stamp asks for its own words.
    """

    mark_made = Signal(str, int, object)
    """A new mark: the blob and page it stands on, and its content."""
    mark_changed = Signal(str, object, str)
    """New words of an own mark: its id, its content, and the blob it is shown on."""
    marks_edited = Signal(object)
    """One step: own marks as they were, each with what becomes of it, None where it goes."""

    marks_beside = Signal()
    """Somebody wrote beside a page that is shown without the room for it; told once a page."""
    lens: "AccompanyingLens"

    def __init__(self, me: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.me, self.tool = me, Tool.HAND
        self.colour, self.line_colour = "yellow", "pen"
        self.stamp_words = ""
        self.audience: tuple[str, ...] = ("me",)
        self.pen_width = 2.4
        self.shown = ShownMarks(me)
        self._edited: tuple[Leaf, Mark | None] = (Leaf("", 0), None)
        self._beside: set[Leaf] = set()
        self.picks = Picks(self)
        self.editor, self.pick_bar = InlineEditor(self), PickBar(self)
        self.editor.finished.connect(self._on_edited)
        self.pick_bar.colour_requested.connect(self.picks.recolour)
        self.pick_bar.words_requested.connect(self.picks.edit)
        self.pick_bar.removal_requested.connect(self.picks.remove)

    @property
    def leaf(self) -> Leaf:
        """The current page."""
        return self.lens.leaf or Leaf("", 0)

    # --- what is shown ----------------------------------------------------------------------

    @property
    def marks(self) -> list[Mark]:
        """The marks of the current page as they are shown, oldest first."""
        return self.shown.on(self.leaf)

    def marks_on(self, leaf: Leaf) -> list[Mark]:
        """The marks of a page as they are shown, oldest first."""
        return self.shown.on(leaf)

    def set_marks(self, marks: list[Mark]) -> None:
        """The marks of all pages in the run that are kept, oldest first."""
        self.repaint_areas(self.shown.set_kept(marks))

    def settle(self, content: Content) -> None:
        """A mark that was made is kept (or was not): it is shown only if it is kept."""
        self.repaint_areas(self.shown.settle(content))

    def settle_edits(self, marks: list[str]) -> None:
        """Edits of these marks are kept (or were not): what is kept is shown."""
        self.repaint_areas(self.shown.settle_drafts(marks))

    @property
    def pending(self) -> list[Content]:
        """Marks of the current page on their way to the disk."""
        return self.shown.pending_on(self.leaf)

    def repaint_areas(self, areas: list[Area], *, at_once: bool = False) -> None:
        """Paint what changed, and no more."""
        sheets = {sheet.leaf: sheet for sheet in self.lens.sheets()} if areas else {}
        for leaf, box in areas:
            if leaf in sheets:
                (self.repaint if at_once else self.update)(
                    sheets[leaf].to_view(box).toAlignedRect()
                )

    def tell_beside(self, leaf: Leaf) -> None:
        """Marks of a page lie where there is no room for them."""
        if leaf not in self._beside:
            self._beside.add(leaf)
            QTimer.singleShot(0, self, self.marks_beside.emit)  # not while it is painted

    def is_pending(self, mark: Mark) -> bool:
        """Whether a mark is on its way to the disk: nothing can be done with it yet."""
        return mark.id.startswith(NEW)

    def is_mine(self, mark: Mark) -> bool:
        return mark.author == self.me

    def reveal(self, box: Rect) -> None:
        """Scroll no more than is needed to see a part of the current page."""
        raise NotImplementedError

    # --- made and changed -------------------------------------------------------------------

    def make(self, shape: Shape, *, text: str = "", where: Leaf | None = None) -> str:
        """A new mark, shown at once, and the name it is shown by.

        `where` is another page than the current one.
        """
        is_wash = isinstance(shape, Note) or (
            isinstance(shape, TextMark) and shape.style == "highlight"
        )
        colour = self.colour if is_wash else self.line_colour
        content = Content(shape=shape, text=text, colour=colour, audience=self.audience)
        leaf = where or self.leaf
        mark, areas = self.shown.add(leaf, content)
        self.repaint_areas(areas, at_once=True)  # before others are busy with keeping it
        self.mark_made.emit(*leaf, content)
        return mark.id

    def keep_edits(self, rows: list[tuple[Mark, Mark | None]]) -> None:
        """Own marks and what becomes of each (None: it goes), shown at once, kept as one step."""
        for base, new in rows:
            self.repaint_areas(self.shown.draft(base, new))
        self.marks_edited.emit(rows)

    def ask_words(self, where: QPointF, shape: Note | FreeText | Stamp,
                  mark: Mark | None = None) -> None:  # fmt: skip
        """Write the words of a new note, text or stamp, or of an own one again."""
        self._edited = (self.leaf, mark)
        self.editor.open(where.toPoint(), shape, mark.text if mark else "")

    def edit(self, mark: Mark) -> None:
        """Open an own note, text or stamp again."""
        shape = mark.shape
        if isinstance(shape, Note):
            self.ask_words(self._view_place(shape.at.x, shape.at.y), shape, mark)
        elif isinstance(shape, FreeText | Stamp):
            self.ask_words(self._view_place(shape.box.x0, shape.box.y0), shape, mark)

    def _view_place(self, x: float, y: float) -> QPointF:
        return self.lens.view_rect(Rect(x, y, x, y)).topLeft()

    def _on_edited(self, shape: Note | FreeText | Stamp, text: str) -> None:
        leaf, mark = self._edited
        if isinstance(shape, Stamp):
            box = shape.box
            shape = stamp_of(text, Point((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2))
        if mark is None:
            self.make(shape, text=text, where=leaf)
        elif text != mark.text:
            content = msgspec.structs.replace(Content.of(mark), shape=shape, text=text)
            self.mark_changed.emit(mark.id, content, leaf.blob)
