"""Whether a host of the world outside answers: asked for nothing but that."""

import socket
import ssl
import threading
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any

SECONDS = 8.0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An answer is an answer, wherever it would lead."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def reach(
    host: str, port: int = 443, seconds: float = SECONDS, context: ssl.SSLContext | None = None
) -> str:
    """Why the host does not answer over HTTPS (a code), or "" where it does.

    Only its root is asked for, through the system's proxy where there is one: no address of a
    meeting and no passcode is sent. Blocks, at most about as long as told, whatever the system's
    name service does.
    """
    told: list[str] = []
    asking = threading.Thread(
        target=lambda: told.append(_ask(host, port, seconds, context)), name="reach", daemon=True
    )
    asking.start()
    asking.join(seconds + 1)
    return told[0] if told else "reach.no_answer"


def _ask(host: str, port: int, seconds: float, context: ssl.SSLContext | None) -> str:
    place = f"https://{host}/" if port == 443 else f"https://{host}:{port}/"
    handlers = (_NoRedirect(), urllib.request.HTTPSHandler(context=context))
    opener = urllib.request.build_opener(*handlers)
    try:
        with opener.open(urllib.request.Request(place, method="HEAD"), timeout=seconds):  # noqa: S310
            return ""
    except urllib.error.HTTPError:
        return ""  # it says no, but it says it
    except urllib.error.URLError as error:
        return _code_of(error.reason)
    except (OSError, HTTPException, ValueError) as error:
        return _code_of(error)


def _code_of(reason: object) -> str:
    if isinstance(reason, socket.gaierror):
        return "reach.no_name"
    if isinstance(reason, ssl.SSLCertVerificationError):
        return "reach.untrusted"
    if isinstance(reason, TimeoutError):
        return "reach.no_answer"
    return "reach.closed"
