"""The programs of this computer: what opens an address here, and handing it over.

An address stands on the command line of the program that gets it: no system hands addresses to
programs in another way. It is passed on without a shell, and what the program says is not kept.
"""

import logging
import re
import shutil
import subprocess
import sys
import threading

from meetingroom.domain.entrance import is_one_word
from meetingroom.domain.errors import CallError

log = logging.getLogger(__name__)
ASK_SECONDS = 5.0
QUIET = subprocess.DEVNULL
START_SECONDS = 10.0  # an opener that runs longer than this is the program itself
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # not a file's name, nor a drive's


class SystemPrograms:
    """Implements the port `Programs`."""

    def handler(self, scheme: str) -> str:
        """What is registered for a scheme, "" where nothing is; never raises."""
        if SCHEME.fullmatch(scheme) is None:
            return ""
        return _registered_on_windows(scheme) if sys.platform == "win32" else _default_of(scheme)

    def open(self, address: str) -> None:
        """Hand an address over. Raises CallError("call.not_opened"), which names no address."""
        if ADDRESS.match(address) is None or not is_one_word(address):
            raise CallError("call.not_opened")
        scheme, _, rest = address.partition(":")
        address = f"{scheme.lower()}:{rest}"  # programs are registered in small letters
        if sys.platform == "win32":
            _start_on_windows(address)
        elif not any(_start([*opener, address]) for opener in _openers()):
            raise CallError("call.not_opened")


def _openers() -> list[list[str]]:
    """What opens an address by what is registered for it, the one that waits for nothing first."""
    if sys.platform == "darwin":
        return [["open"]]
    known = (["gio", "open"], ["xdg-open"])
    return [opener for opener in known if shutil.which(opener[0])]


def _start(command: list[str]) -> bool:
    """Whether a program took it: it ended well, or goes on."""
    try:
        # Its own session: the call goes on when this program ends.
        started = subprocess.Popen(
            command, stdin=QUIET, stdout=QUIET, stderr=QUIET, start_new_session=True
        )
    except OSError as error:
        log.warning("%s could not be started: %s", command[0], error.strerror)
        return False
    try:
        status = started.wait(START_SECONDS)
    except subprocess.TimeoutExpired:
        threading.Thread(target=started.wait, name="opener", daemon=True).start()
        return True
    if status != 0:
        log.warning("%s could not open an address: status %s", command[0], status)
    return bool(status == 0)


def _default_of(scheme: str) -> str:
    """The desktop entry registered for a scheme on Linux."""
    kind = f"x-scheme-handler/{scheme}"
    for command in (["xdg-mime", "query", "default", kind], ["gio", "mime", kind]):
        found = re.search(r"(\S+)\.desktop", _answer(command))
        if found is not None:
            return found.group(1)
    return ""


def _answer(command: list[str]) -> str:
    if shutil.which(command[0]) is None:
        return ""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=ASK_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("%s gives no answer: %s", command[0], type(error).__name__)
        return ""
    return done.stdout


def _registered_on_windows(scheme: str) -> str:
    """The person's choice, else what a program registered for all."""
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - only there

        choice = rf"Software\Microsoft\Windows\Shell\Associations\UrlAssociations\{scheme}"
        for root, key, name in (
            (winreg.HKEY_CURRENT_USER, rf"{choice}\UserChoice", "ProgId"),
            (winreg.HKEY_CLASSES_ROOT, rf"{scheme}\shell\open\command", ""),
        ):
            try:
                with winreg.OpenKey(root, key) as opened:
                    value = str(winreg.QueryValueEx(opened, name)[0])
            except OSError:
                continue
            if value:
                return scheme if not name else value
    return ""


def _start_on_windows(address: str) -> None:
    if sys.platform == "win32":
        import os  # noqa: PLC0415 - only there

        try:
            os.startfile(address)  # noqa: S606 - the very thing that is wanted
        except OSError as error:
            log.warning("an address could not be opened: %s", error.winerror)
            raise CallError("call.not_opened") from None
