"""A desktop session of the test's own: its HOME, its registered programs, nothing of the machine's.

A fake native program writes what it got to a file; a browser is a real Chromium that finds every
host of the internet on a page served here.
"""

import hashlib
import http.server
import os
import shutil
import ssl
import subprocess
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

OPENERS = {"gio": ["gio", "open"], "xdg-open": ["xdg-open"]}


class OwnSession:
    """`register` makes a program the default for schemes; `got` is what a fake one was given."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        if not any(shutil.which(name) for name in OPENERS):
            pytest.skip("neither gio nor xdg-open here")
        self.folder = folder
        self.programs = folder / "data" / "applications"
        self.programs.mkdir(parents=True)
        (folder / "config").mkdir()
        for name, place in (
            ("HOME", ""), ("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"), ("XDG_DATA_DIRS", "none"), ("XDG_CONFIG_DIRS", "none"),
        ):  # fmt: skip
            monkeypatch.setenv(name, str(folder / place))
        for name in ("BROWSER", "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION"):
            monkeypatch.delenv(name, raising=False)
        # Openers ask for a screen before they look at programs; none is ever drawn on.
        monkeypatch.setenv("DISPLAY", os.environ.get("DISPLAY", ":0"))
        self._defaults: list[str] = []

    def register(self, name: str, command: str, *schemes: str) -> None:
        """A program as its installer would make it known."""
        kinds = ";".join(f"x-scheme-handler/{scheme}" for scheme in schemes)
        (self.programs / f"{name}.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName={name}\nExec={command} %u\n"
            f"MimeType={kinds};\nNoDisplay=true\n"
        )
        self._defaults += [f"x-scheme-handler/{scheme}={name}.desktop" for scheme in schemes]
        words = "[Default Applications]\n" + "\n".join(self._defaults) + "\n"
        (self.folder / "config" / "mimeapps.list").write_text(words)

    def fake_native(self, *schemes: str) -> None:
        """A program that writes what it was given, a line each."""
        self._program("native", 'printf "%s\\n" "$@" >> "$0.got"\n', *schemes)

    def browser(self, page: "MeetingPage") -> None:
        """A real Chromium for https, for which every host is the page."""
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        if found is None:
            pytest.skip("no Chromium here (Debian: apt-get install chromium)")
        profile = self.folder / "profile"
        self._program(
            "browser",
            f'echo $$ > "$0.pid"\nexec {found} --headless --no-sandbox --disable-gpu'
            " --disable-quic --no-first-run --disable-background-networking"
            " --disable-component-update --disable-sync --disable-dev-shm-usage"
            f" --user-data-dir={profile} --ignore-certificate-errors-spki-list={page.pin}"
            f' --host-resolver-rules="MAP * 127.0.0.1:{page.port}" "$1"\n',
            "https", "http",
        )  # fmt: skip

    def _program(self, name: str, words: str, *schemes: str) -> None:
        script = self.folder / name
        script.write_text(f"#!/bin/sh\n{words}")
        script.chmod(0o755)
        self.register(name, str(script), *schemes)

    def got(self) -> list[str]:
        """What the fake native program was given so far."""
        path = self.folder / "native.got"
        return path.read_text().splitlines() if path.is_file() else []

    def close(self) -> None:
        """End the browser, if one was started."""
        path = self.folder / "browser.pid"
        if path.is_file():
            subprocess.run(["kill", path.read_text().strip()], check=False, capture_output=True)


class MeetingPage:
    """A page served over https on 127.0.0.1; `seen` has the addresses it was opened at."""

    def __init__(self, folder: Path) -> None:
        self.seen: list[str] = []
        self.fetched: list[str] = []
        page = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page.take(f"https://{self.headers['Host']}", self.path)
                words = (
                    b"<title>call</title><script>"
                    b"fetch('/at?' + encodeURIComponent(location.href))</script>"
                )
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(words)))
                self.end_headers()
                self.wfile.write(words)

            def log_message(self, *_words: object) -> None:
                """Nobody reads it."""

        self.pin, pem = _certificate(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.handle_error = lambda *_what: None  # a browser that is ended hangs up
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def take(self, host: str, path: str) -> None:
        """A request: of the page, or of its script that says where it is."""
        if path.startswith("/at?"):
            self.seen.append(unquote(path[len("/at?") :]))
        elif "favicon" not in path:
            self.fetched.append(host + path)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(20)


@contextmanager
def meeting_page(folder: Path) -> Iterator[MeetingPage]:
    """The page while the block runs."""
    page = MeetingPage(folder)
    try:
        yield page
    finally:
        page.close()


def _certificate(folder: Path) -> tuple[str, Path]:
    """The hash of a fresh key that a browser is told to trust, and the file of both."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "call")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    form = serialization
    spki = key.public_key().public_bytes(form.Encoding.DER, form.PublicFormat.SubjectPublicKeyInfo)
    private = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    file = folder / "page.pem"
    file.write_bytes(private + made.public_bytes(form.Encoding.PEM))
    return b64encode(hashlib.sha256(spki).digest()).decode(), file
