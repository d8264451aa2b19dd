"""Room at the edge of a screen that other windows leave free, where the system can give it.

On X11 a dock's strut, on Windows an appbar. Wayland gives programs no such room: there nothing
is reserved, and nothing is shown.
"""

import ctypes
import ctypes.util
import logging
import sys
from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

log = logging.getLogger(__name__)
STRUT, SUPPORTED = b"_NET_WM_STRUT_PARTIAL", b"_NET_SUPPORTED"
CARDINAL, ATOM, REPLACE = 6, 4, 0  # of the X protocol
ABM_NEW, ABM_REMOVE, ABM_SETPOS, ABE_BOTTOM = 0, 1, 3, 3  # of shellapi.h


def reserve(bar: QWidget, screen: QScreen, height: int) -> Callable[[], None] | None:
    """Give a bar that is not shown yet the lower edge of a screen; what gives the room back.

    None where no room can be had: then a bar would lie over other windows.
    """
    platform = QGuiApplication.platformName()
    if platform == "xcb":
        return _reserve_on_x(bar, screen, height)
    if platform == "windows":
        return _reserve_on_windows(bar, screen, height)
    return None


def in_device_pixels(screen: QScreen) -> QRect:
    """The screen's place as the system counts it."""
    box, ratio = screen.geometry(), screen.devicePixelRatio()
    return QRect(box.x(), box.y(), round(box.width() * ratio), round(box.height() * ratio))


def strut(box: QRect, desk: tuple[int, int], high: int) -> tuple[int, ...] | None:
    """The twelve numbers of a strut at the screen's lower or, where that is not the desk's, its
    upper edge; None where another screen lies there.
    """
    wide_first, wide_last = box.x(), box.x() + box.width() - 1
    if box.y() + box.height() == desk[1]:
        return (0, 0, 0, high, 0, 0, 0, 0, 0, 0, wide_first, wide_last)
    if box.y() == 0:
        return (0, 0, high, 0, 0, 0, 0, 0, wide_first, wide_last, 0, 0)
    return None


# --- X11 ------------------------------------------------------------------------------------


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _AtomReply(ctypes.Structure):
    _fields_ = (
        ("head", ctypes.c_uint8 * 8),
        ("atom", ctypes.c_uint32),
    )


class _PropertyReply(ctypes.Structure):
    _fields_ = (
        ("head", ctypes.c_uint8 * 16),
        ("length", ctypes.c_uint32),
        ("pad", ctypes.c_uint8 * 12),
    )


class _Screen(ctypes.Structure):
    _fields_ = (
        ("root", ctypes.c_uint32),
        ("others", ctypes.c_uint32 * 4),
        ("width", ctypes.c_uint16),
        ("height", ctypes.c_uint16),
    )


class _Screens(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(_Screen)), ("rest", ctypes.c_int), ("index", ctypes.c_int))


class _Display:
    """A line of our own to the X server, for a few questions."""

    def __init__(self) -> None:
        name = ctypes.util.find_library("xcb") or "libxcb.so.1"
        x = self._x = ctypes.CDLL(name)
        x.xcb_connect.restype = ctypes.c_void_p
        x.xcb_get_setup.restype = ctypes.c_void_p
        x.xcb_get_setup.argtypes = [ctypes.c_void_p]
        x.xcb_setup_roots_iterator.restype = _Screens
        x.xcb_setup_roots_iterator.argtypes = [ctypes.c_void_p]
        for call in (x.xcb_intern_atom, x.xcb_get_property, x.xcb_change_property):
            call.restype = _Cookie
        x.xcb_intern_atom_reply.restype = ctypes.POINTER(_AtomReply)
        x.xcb_get_property_reply.restype = ctypes.POINTER(_PropertyReply)
        x.xcb_get_property_value.restype = ctypes.c_void_p
        self._line = ctypes.c_void_p(x.xcb_connect(None, None))
        if x.xcb_connection_has_error(self._line):
            self.close()
            raise OSError("no X server")
        self.screen: _Screen = x.xcb_setup_roots_iterator(x.xcb_get_setup(self._line)).data[0]

    def close(self) -> None:
        self._x.xcb_disconnect(self._line)

    def atom(self, name: bytes) -> int:
        asked = self._x.xcb_intern_atom(self._line, ctypes.c_uint8(0), len(name), name)
        reply = self._x.xcb_intern_atom_reply(self._line, asked, None)
        return int(reply.contents.atom) if reply else 0

    def supported(self) -> set[int]:
        """What the window manager says it does."""
        root, name = self.screen.root, self.atom(SUPPORTED)
        asked = self._x.xcb_get_property(self._line, ctypes.c_uint8(0), root, name, ATOM, 0, 1024)
        reply = self._x.xcb_get_property_reply(self._line, asked, None)
        if not reply:
            return set()
        values = self._x.xcb_get_property_value(reply)
        kind = ctypes.c_uint32 * int(reply.contents.length)
        return set(kind.from_address(values)) if reply.contents.length else set()

    def put(self, window: int, name: bytes, values: tuple[int, ...]) -> None:
        data = (ctypes.c_uint32 * len(values))(*values)
        self._x.xcb_change_property(
            self._line, ctypes.c_uint8(REPLACE), window, self.atom(name), CARDINAL,
            ctypes.c_uint8(32), len(values), data,
        )  # fmt: skip
        self._x.xcb_flush(self._line)


def _reserve_on_x(bar: QWidget, screen: QScreen, height: int) -> Callable[[], None] | None:
    try:
        display = _Display()
    except (OSError, AttributeError) as error:
        log.info("no room can be reserved on this screen: %s", error)
        return None
    try:
        box, ratio = in_device_pixels(screen), screen.devicePixelRatio()
        numbers = strut(box, (display.screen.width, display.screen.height), round(height * ratio))
        if numbers is None or display.atom(STRUT) not in display.supported():
            return None
        where = screen.geometry()
        top = where.y() if numbers[2] else where.bottom() + 1 - height
        bar.setGeometry(where.x(), top, where.width(), height)
        display.put(int(bar.winId()), STRUT, numbers)
    finally:
        display.close()
    return lambda: None  # the room goes with the window


# --- Windows --------------------------------------------------------------------------------


class _Rect(ctypes.Structure):
    _fields_ = tuple((side, ctypes.c_long) for side in ("left", "top", "right", "bottom"))


class _AppBar(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_uint32),
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("edge", ctypes.c_uint),
        ("box", _Rect),
        ("more", ctypes.c_void_p),
    )


def _reserve_on_windows(bar: QWidget, screen: QScreen, height: int) -> Callable[[], None] | None:
    if sys.platform != "win32":
        return None
    shell = ctypes.windll.shell32
    box, ratio = in_device_pixels(screen), screen.devicePixelRatio()
    right, bottom = box.x() + box.width(), box.y() + box.height()
    data = _AppBar(
        size=ctypes.sizeof(_AppBar),
        window=int(bar.winId()),
        edge=ABE_BOTTOM,
        box=_Rect(box.x(), bottom - round(height * ratio), right, bottom),
    )
    if not shell.SHAppBarMessage(ABM_NEW, ctypes.byref(data)):
        return None
    shell.SHAppBarMessage(ABM_SETPOS, ctypes.byref(data))
    where = screen.geometry()
    top = where.y() + round((data.box.top - box.y()) / ratio)
    bar.setGeometry(where.x(), top, where.width(), height)

    def give_back() -> None:
        shell.SHAppBarMessage(ABM_REMOVE, ctypes.byref(data))

    return give_back
