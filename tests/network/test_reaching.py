"""Whether a host answers over HTTPS, without telling it what for."""

import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from meetingroom.network.certificates import new_certificate
from meetingroom.network.reaching import reach


class Answering(BaseHTTPRequestHandler):
    """Notes what it was asked, and answers with its server's status."""

    def do_HEAD(self) -> None:
        self.server.asked.append(self.requestline)
        self.send_response(self.server.status)
        self.send_header("Location", "https://elsewhere.invalid/")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[ThreadingHTTPServer]:
    """A host on loopback; `trust` is a context that knows its certificate."""
    certificate, private, _ = new_certificate()
    (tmp_path / "c").write_bytes(certificate)
    (tmp_path / "k").write_bytes(private)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.asked, server.status = [], 200
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "c", tmp_path / "k")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.trust = ssl.create_default_context(cafile=str(tmp_path / "c"))
    server.trust.check_hostname = False
    server.trust.verify_mode = ssl.CERT_NONE
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("status", [200, 302, 403, 503])
def test_any_answer_is_an_answer_and_only_the_root_is_asked_for(host, status) -> None:
    host.status = status
    assert reach("127.0.0.1", host.server_port, 20, host.trust) == ""
    assert host.asked == ["HEAD / HTTP/1.1"]


def test_a_certificate_nobody_vouches_for_is_told(host) -> None:
    assert reach("127.0.0.1", host.server_port, 20) == "reach.untrusted"


def test_a_host_that_says_nothing_is_given_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert reach("127.0.0.1", silent.getsockname()[1], 0.3) == "reach.no_answer"


def test_a_closed_port_and_an_unknown_name_are_told_apart() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert reach("127.0.0.1", port, 20) == "reach.closed"
    assert reach("nowhere.invalid", 443, 20) == "reach.no_name"
