"""The least of a window manager: every window fills the screen from the moment it is shown.

python tests/bench/one_window.py DISPLAY WIDTH HEIGHT
"""

import ctypes
import ctypes.util
import sys

REDIRECT, NOTIFY = 1 << 20, 1 << 19
CONFIGURE_REQUEST, MAP_REQUEST = 23, 20
WINDOW_AT = 40  # bytes into both kinds of events, on 64-bit computers
POINTER_ROOT = 1
Handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


def fill_the_screen(display: str, width: int, height: int) -> None:
    """Manage a screen until it goes; says "ready" once windows may be shown."""
    library = ctypes.CDLL(ctypes.util.find_library("X11"))
    library.XOpenDisplay.restype = ctypes.c_void_p
    library.XDefaultRootWindow.restype = ctypes.c_ulong
    connection = ctypes.c_void_p(library.XOpenDisplay(display.encode()))
    root = ctypes.c_ulong(library.XDefaultRootWindow(connection))
    ignore = Handler(lambda *_what: 0)  # a window may be gone already
    library.XSetErrorHandler(ignore)
    library.XSelectInput(connection, root, ctypes.c_long(REDIRECT | NOTIFY))
    library.XSync(connection, 0)
    print("ready", flush=True)
    event = ctypes.create_string_buffer(192)
    while True:
        library.XNextEvent(connection, event)
        kind = int.from_bytes(event.raw[:4], "little")
        if kind not in (CONFIGURE_REQUEST, MAP_REQUEST):
            continue
        window = ctypes.c_ulong.from_buffer(event, WINDOW_AT)
        library.XMoveResizeWindow(connection, window, 0, 0, width, height)
        if kind == MAP_REQUEST:
            library.XMapWindow(connection, window)
            library.XSetInputFocus(connection, window, POINTER_ROOT, ctypes.c_ulong(0))
        library.XFlush(connection)


if __name__ == "__main__":
    fill_the_screen(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
