"""The list of marks: thousands of rows, painted as they are seen."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QScroller, QWidget

from meetingroom.ui.reader.marks_panel.row_model import Index, RowModel
from meetingroom.ui.reader.marks_panel.row_painter import ColourOf, RowPainter
from meetingroom.ui.reader.marks_panel.rows import Marks, Row
from meetingroom.wording import tr

BATCH = 150  # rows laid out at once
KEYS = {Qt.Key.Key_Delete: "remove", Qt.Key.Key_F2: "edit", Qt.Key.Key_Insert: "reply"}


class RowList(QListView):
    """Arrows choose a row, a click or Enter goes to its page.

    `act_requested` carries "remove", "edit" or "reply", for the chosen row.
    """

    row_chosen = Signal(object)
    """The chosen `Row`, or None."""
    place_requested = Signal(object)
    act_requested = Signal(str)
    menu_requested = Signal(QPoint)
    left = Signal()
    """Escape was pressed."""

    def __init__(self, colour_of: ColourOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel()
        self._painter = RowPainter(self.rows, colour_of, self)
        self._key = ""
        self._is_filling = False
        self.setModel(self.rows)
        self.setItemDelegate(self._painter)
        self.setProperty("flat", "true")
        self.setAccessibleName(tr("Notes"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setBatchSize(BATCH)
        self.setMouseTracking(True)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(self._on_clicked)

    @property
    def chosen(self) -> Row | None:
        """The chosen row, if it is listed."""
        place = self.rows.row_of(self._key)
        return self.rows.rows[place] if place >= 0 else None

    def show_rows(self, rows: list[Row], marks: Marks) -> None:
        """List these; what was chosen stays chosen and in its place on the screen."""
        before = self.visualRect(self.currentIndex()).top() if self.chosen else None
        scrolled = self.verticalScrollBar().value()
        # At the top the rest may be laid out bit by bit; elsewhere the place has to be known.
        self._lay_out(in_batches=before is None and scrolled == 0)
        self._is_filling = True
        is_other = self.rows.show(rows, marks)
        self._is_filling = False
        if not is_other:
            self.viewport().update()
            return
        place = self.rows.row_of(self._key)
        if place < 0:
            self._key = ""
            self.verticalScrollBar().setValue(scrolled)
            return
        self._select(place)
        if before is not None:
            moved = self.visualRect(self.rows.index(place)).top() - before
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)

    def follow(self, key: str) -> None:
        """When the list is next shown, this row is the chosen one."""
        self._key = key

    def choose(self, key: str) -> bool:
        """Choose a row and bring it into view; whether it is listed."""
        place = self.rows.row_of(key)
        if place < 0:
            return False
        self._select(place)
        if self.visualRect(self.rows.index(place)).isEmpty():
            self._lay_out(in_batches=False)
            self.doItemsLayout()
        self.scrollTo(self.rows.index(place))
        return True

    def _lay_out(self, *, in_batches: bool) -> None:
        modes = QListView.LayoutMode
        self.setLayoutMode(modes.Batched if in_batches else modes.SinglePass)

    def see_chosen(self) -> None:
        """Bring the chosen row into view."""
        if self.chosen is not None:
            self.scrollTo(self.currentIndex())

    def choose_none(self) -> None:
        """Nothing is chosen any more."""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def _select(self, place: int) -> None:
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.rows.index(place), flag)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is chosen; filling the list anew chooses nothing."""
        super().currentChanged(current, previous)
        if self._is_filling:
            return
        row = self.rows.rows[current.row()] if current.isValid() else None
        self._key = row.key if row else ""
        self.row_chosen.emit(row)

    # --- hands ----------------------------------------------------------------------------

    def _on_clicked(self, index: QModelIndex) -> None:
        row = self.rows.rows[index.row()]
        if row.kind != "group":
            self.place_requested.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, F2 edits, Insert answers, Delete takes away, Escape leaves."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen is not None:
            self.place_requested.emit(self.chosen)
        elif key in KEYS and self.chosen is not None:
            self.act_requested.emit(KEYS[key])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a row."""
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Mouse and index.isValid():
            self._select(index.row())
        if self.chosen is not None:
            self.menu_requested.emit(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out for the new width."""
        super().resizeEvent(event)
        self._fit()
        QTimer.singleShot(0, self, self.see_chosen)  # once the rows have their new heights

    def fit_again(self) -> None:
        """The text has another size."""
        self._fit()

    def _fit(self) -> None:
        self._painter.set_width(self.viewport().width())
        self.scheduleDelayedItemsLayout()
