"""The check-in page for phones: plain HTTP on a port of its own, without scripts.

A browser would warn of the hub's own certificate, and a warning would send away those for whom
this is. So it is not encrypted, and says so: it shows the names of one meeting to whoever typed
the code that hangs in the room, and takes no other words than that code.
"""

import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from meetingroom.domain.errors import MeetingError
from meetingroom.network.check_in_looks import looks
from meetingroom.sentences import sentence_of
from meetingroom.services.phone_check_in import PhoneCheckIn
from meetingroom.wording import tr

log = logging.getLogger(__name__)
MAX_BODY = 2048
MAX_CONNECTIONS, MAX_FROM_ONE = 96, 64  # telephones behind one wireless box look as one
SECONDS = 10.0  # of silence
MAX_SECONDS = 30.0  # of a connection: a letter every few of them prolongs nothing
LONGEST_LENGTH = 6  # digits
PAGE_TYPE = "text/html; charset=utf-8"
CALENDAR_TYPE = "text/calendar; method=PUBLISH; charset=utf-8"  # as the file itself says


Calendar = Callable[[str], bytes | None]
"""The calendar file at a path of this server; None where there is none."""


def no_calendar(_path: str) -> bytes | None:
    return None


class CheckInServer(ThreadingHTTPServer):
    """Serves the page; `start` and `stop`. A thread for each connection."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    allow_reuse_address = os.name == "posix"  # on Windows it would let two programs share a port

    def __init__(
        self, phones: PhoneCheckIn, host: str, port: int, calendar: Calendar = no_calendar
    ) -> None:
        super().__init__((host, port), CheckInRequest)
        self.phones, self.calendar = phones, calendar
        self._open: dict[Any, tuple[str, float]] = {}  # connection → from where, since when
        self._lock = threading.Lock()
        self._thread = threading.Thread(
            target=self.serve_forever, args=(0.2,), name="check-in", daemon=True
        )

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def start(self) -> None:
        self._thread.start()
        self.phones.port = self.port

    def stop(self) -> None:
        self.phones.port = 0
        self.shutdown()
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        host, now = str(client_address[0]), time.monotonic()
        with self._lock:
            self._end_slow(now)
            from_one = sum(other == host for other, _ in self._open.values())
            may = len(self._open) < MAX_CONNECTIONS and from_one < MAX_FROM_ONE
            if may:
                self._open[request] = (host, now)
        if may:
            request.settimeout(SECONDS)
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def _end_slow(self, now: float) -> None:
        late = [one for one, (_, since) in self._open.items() if now - since > MAX_SECONDS]
        for request in late:
            del self._open[request]
            with suppress(OSError):  # its thread ends by that, or has ended
                request.shutdown(socket.SHUT_RDWR)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                self._open.pop(request, None)

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exception()
        if isinstance(error, OSError):
            log.info("a check-in connection broke off: %s", type(error).__name__)
        else:
            log.error("a check-in request failed", exc_info=error)


class CheckInRequest(BaseHTTPRequestHandler):
    """`GET /` asks for the code; `POST /` with it, then a name, then "yes".

    Beside it lie the calendars that people subscribe to, at addresses nobody can guess.
    """

    server: CheckInServer
    timeout = SECONDS
    server_version, sys_version = "meetingroom", ""

    def do_GET(self) -> None:
        """The code's field; with `?code=` (from the picture code) the names at once."""
        path, _, query = self.path.partition("?")
        if path == "/":
            self._answer(_fields(query))
        else:
            self._send_calendar(path, has_body=True)

    def do_HEAD(self) -> None:
        """A calendar program looks whether its address is still good."""
        self._send_calendar(self.path.partition("?")[0], has_body=False)

    def _send_calendar(self, path: str, *, has_body: bool) -> None:
        found = self.server.calendar(path)
        if found is None:
            self._send(404, self._ask(), has_body=has_body)
        else:
            self._send_bytes(200, found, CALENDAR_TYPE, has_body=has_body)

    def do_POST(self) -> None:
        """The next step of the form."""
        length = self.headers.get("Content-Length", "")
        is_number = length.isascii() and length.isdigit() and len(length) <= LONGEST_LENGTH
        if not is_number or int(length) > MAX_BODY:
            self._send(413, self._ask())
            return
        self._answer(_fields(self.rfile.read(int(length)).decode("ascii", errors="replace")))

    def _answer(self, fields: dict[str, str]) -> None:
        code = "".join(c for c in fields.get("code", "") if c.isdecimal() and c.isascii())
        if not code:
            self._send(200, self._ask())
            return
        try:
            self._send(200, self._step(code, fields))
        except MeetingError as error:
            waits = error.code == "check_in.wait"
            self._send(429 if waits else 403, self._ask(sentence_of(error)))

    def _step(self, code: str, fields: dict[str, str]) -> str:
        phones, address = self.server.phones, str(self.client_address[0])
        key = fields.get("who", "")
        if not key or "again" in fields:
            page = phones.page(code, address, key=key)
            names = [(row.key, row.name) for row in page.waiting]
            return _names(page.title, code, names)
        if fields.get("sure") != "yes":
            return _sure(code, key, phones.chosen(code, key, address).name)
        return _done(phones.check_in(code, key, address).name)

    def _ask(self, told: str = "") -> str:
        words = f'<p class="no">{escape(told)}</p>' if told else ""
        return f"""<h1>{escape(tr("Check in to the meeting"))}</h1>{words}
<form method="post" action="/"><label for="code">{escape(tr("The six digits on the screen"))}
</label><input id="code" name="code" inputmode="numeric" pattern="[0-9 ]*" maxlength="7"
autocomplete="off" autofocus><button>{escape(tr("Continue to the names"))}</button></form>"""

    def _send(self, status: int, body: str, *, has_body: bool = True) -> None:
        self._send_bytes(status, looks(body).encode(), PAGE_TYPE, has_body=has_body)

    def _send_bytes(self, status: int, page: bytes, kind: str, *, has_body: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"
        self.send_header("Content-Security-Policy", f"{policy}; frame-ancestors 'none'")
        self.send_header("Connection", "close")
        self.end_headers()
        if has_body:
            self.wfile.write(page)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """No addresses and no codes in the log."""


def _fields(words: str) -> dict[str, str]:
    try:
        found = parse_qs(words, max_num_fields=8)
    except ValueError:
        return {}
    return {name: values[0] for name, values in found.items()}


def _names(title: str, code: str, names: list[tuple[str, str]]) -> str:
    """A large button for each who is not here yet."""
    if not names:
        return f"<h1>{escape(title)}</h1><p>{escape(tr('Everybody has checked in.'))}</p>"
    buttons = "".join(
        f'<button class="name" name="who" value="{escape(key)}">{escape(name)}</button>'
        for key, name in names
    )
    return f"""<h1>{escape(title)}</h1><p>{escape(tr("Which is your name?"))}</p>
<form method="post" action="/"><input type="hidden" name="code" value="{code}">{buttons}</form>"""


def _sure(code: str, key: str, name: str) -> str:
    return f"""<h1>{escape(name)}</h1><p>{escape(tr("Are you this person, and in the room?"))}</p>
<form method="post" action="/"><input type="hidden" name="code" value="{code}">
<input type="hidden" name="who" value="{escape(key)}">
<button name="sure" value="yes">{escape(tr("Yes, I am here"))}</button></form>
<form method="post" action="/"><input type="hidden" name="code" value="{code}">
<input type="hidden" name="who" value="{escape(key)}">
<button class="back" name="again" value="yes">{escape(tr("No, another name"))}</button></form>"""


def _done(name: str) -> str:
    return f"""<h1 class="yes">{escape(tr("Checked in"))}</h1><p class="who">{escape(name)}</p>
<p>{escape(tr("Was it the wrong name? Please tell the secretary."))}</p>"""
