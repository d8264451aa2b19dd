"""The way into an online meeting: its address with the passcode that only invited ones get."""

from concurrent.futures import Future
from typing import Any
from urllib.parse import quote

from meetingroom.domain.errors import CallError
from meetingroom.domain.facts import OnlineLink
from meetingroom.services.desk import Desk


def full_address(desk: Desk, link: OnlineLink) -> "Future[str]":
    """The https address to open, passcode included where the hub holds one.

    Fails with CallError("link.not_https"), LinkError, or RefusedError. Without the hub the
    address comes without its passcode, which the service then asks for.
    """
    answer: Future[str] = Future()
    if not link.url.startswith("https://"):
        answer.set_exception(CallError("link.not_https"))
        return answer
    if link.secret is None:
        answer.set_result(link.url)
        return answer

    def done(reply: "Future[dict[str, Any]]") -> None:
        error = reply.exception()
        if error is None:
            answer.set_result(with_passcode(link.url, str(reply.result()["secret"])))
        else:
            answer.set_result(link.url)

    desk.ask("secret.get", {"name": link.secret}).add_done_callback(done)
    return answer


def with_passcode(url: str, passcode: str) -> str:
    """An address that opens without asking for the passcode."""
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}pwd={quote(passcode)}"
