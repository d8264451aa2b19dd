"""Mouse, pen and fingers on a page view, at places of the page in points."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

LEFT = Qt.MouseButton.LeftButton


def at(view, x, y):
    """Where a place of the page lies in the view."""
    box, scale = view.lens.box(), view.lens.scale
    return QPointF(box.x() + x * scale, box.y() + y * scale)


def drag(view, *places: tuple[float, float]):
    """Press at the first place of the page, move over the others, let go at the last."""
    points = [at(view, *place).toPoint() for place in places]
    QTest.mousePress(view, LEFT, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(view, point)
        _move(view, point)
    QTest.mouseRelease(view, LEFT, pos=points[-1])


def _move(view, point):
    from PySide6.QtGui import QMouseEvent

    where = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, view.mapToGlobal(where), Qt.MouseButton.NoButton, LEFT,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def pen_stroke(view, places, pressures, kind=QPointingDevice.PointerType.Pen):
    """A stroke of a tablet's pen, pressed as told at each place."""
    device = QPointingDevice(
        "pen", 7, QInputDevice.DeviceType.Stylus, kind, QInputDevice.Capability.Pressure, 1, 1
    )
    kinds = [QEvent.Type.TabletPress, *[QEvent.Type.TabletMove] * (len(places) - 1)]
    for type_, place, pressure in zip(kinds, places, pressures, strict=True):
        _tablet(view, device, type_, at(view, *place), pressure)
    _tablet(view, device, QEvent.Type.TabletRelease, at(view, *places[-1]), 0.0)


def _tablet(view, device, kind, where, pressure):
    buttons = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else LEFT
    event = QTabletEvent(
        kind, device, where, view.mapToGlobal(where), pressure, 0, 0, 0, 0, 0,
        Qt.KeyboardModifier.NoModifier, LEFT, buttons,
    )  # fmt: skip
    QApplication.sendEvent(view, event)
