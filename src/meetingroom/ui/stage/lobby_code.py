"""The lobby's code for those who check in on a telephone: asked for, and painted at its right."""

import time
from typing import Any
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from meetingroom.domain.ids import is_room
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.ruling import leads
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import paint_qr
from meetingroom.ui.stage.brush import Brush
from meetingroom.wording import tr

AGAIN_SECONDS = 5.0
WIDE = 0.46  # of the height: what the code takes at the right
QR_SIDE = 0.37


class LobbyCode(QObject):
    """Knows the present code of a meeting while its lobby is shown."""

    def __init__(self, context: DeskContext, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._context, self._canvas = context, canvas
        self._meeting, self._code, self._address = "", "", ""
        self._ends = 0.0
        self._next = 0.0

    def shown(self, meeting: Meeting) -> tuple[str, str] | None:
        """(code, address) to show now, None without; asks for the next where it is due."""
        if meeting.id != self._meeting:
            self._meeting, self._code, self._next = meeting.id, "", 0.0
        may = is_room(self._context.me) or leads(self._context.me, meeting)
        if may and time.monotonic() >= self._next:
            self._next = time.monotonic() + AGAIN_SECONDS
            asked = self._context.desk.ask("check_in.code", {"meeting": meeting.id})
            self._context.bridge.when_done(
                asked, lambda answer: self._take(meeting.id, answer), lambda _error: None
            )
        is_good = bool(self._code) and time.monotonic() < self._ends
        return (self._code, self._address) if is_good else None

    def _take(self, meeting: str, answer: dict[str, Any]) -> None:
        if not isValid(self) or meeting != self._meeting:
            return
        self._code = str(answer["code"])
        self._address = self._reached(str(answer["address"]))
        seconds = float(answer["seconds"])
        # The code before is still taken, so it may be shown until the next one is here.
        self._ends = time.monotonic() + seconds + 2 * AGAIN_SECONDS
        self._next = time.monotonic() + seconds
        self._canvas.update()

    def _reached(self, address: str) -> str:
        """The hub's address as this computer reaches it, where others can reach it so, too."""
        host = urlsplit(f"//{self._context.desk.link_state.address}").hostname or ""
        port = urlsplit(address).port
        is_far = bool(host) and not host.startswith("127.") and host != "localhost"
        return f"http://{host}:{port}" if is_far and port else address


def paint_code(brush: Brush, code: str, address: str) -> Brush:
    """The picture code, the address and the digits; the brush for what is left beside them."""
    wide, side = WIDE * brush.height, QR_SIDE * brush.height
    left = brush.width - brush.margin - side
    y = brush.height * 0.145
    paint_qr(brush.painter, f"{address}/?code={code}", QRectF(left, y, side, side))
    y += side + brush.px("gap") * 0.4
    for words, role, weight, ink in (
        (tr("Check in by phone"), "text_smallest", 600, "ink"),
        (address.removeprefix("http://"), "text_smallest", 500, "ink_soft"),
        (f"{code[:3]} {code[3:]}", "title_small", 700, "ink"),
    ):
        _centred(brush, QRectF(left, y, side, 0), words, role, weight, ink)
        y += brush.height_of(role) * 1.05
    return Brush(brush.painter, brush.theme, brush.width - wide, brush.height)


def _centred(brush: Brush, box: QRectF, words: str, role: str, weight: int, ink: str) -> None:
    """One line in the middle of a box's width, a little smaller where it must be."""
    font: QFont = brush.font(role, weight)
    width = QFontMetricsF(font).horizontalAdvance(words)
    brush.line(box.center().x() - width / 2, box.y(), words, role, ink, weight)
