"""What standbys, and people who may take over, ask the hub for."""

from typing import TYPE_CHECKING, Any

import msgspec

from meetingroom.domain.errors import CallError
from meetingroom.services.doors import Session
from meetingroom.services.standbys import StandbyAt

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetingroom.services.standbys import Standbys

MOST_FILES = 100_000


class StandbyRequests:
    """Answers under the hub's lock."""

    def __init__(self, standbys: "Standbys") -> None:
        self._standbys = standbys
        self.answers: dict[str, Callable[[Session, dict[str, Any]], dict[str, Any]]] = {
            "standby.copy": self._copy,
            "standby.files": self._files,
            "standby.ready": self._ready,
            "takeover.key": self._key,
            "hub.places": self._places,
        }

    def _copy(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        generation, after = str(body["generation"]), body["after"]
        if type(after) is not int:
            raise CallError("call.malformed", field="after")
        answer = self._standbys.copy(session, generation, after)
        return {
            "generation": answer["generation"],
            "after": answer["after"],
            "has_more": answer["has_more"],
            "rows": answer["rows"],
            "secrets": answer["secrets"],
        }

    def _files(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        here = body["here"]
        if not isinstance(here, list) or len(here) > MOST_FILES:
            raise CallError("call.malformed", field="here")
        answer = self._standbys.files(session, [str(name) for name in here])
        return {"generation": answer["generation"], "files": answer["files"]}

    def _ready(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        row = {
            "addresses": body["addresses"],
            "port": body["port"],
            "tls": body["tls"],
            "hub_port": body["hub_port"],
        }
        try:
            at = msgspec.convert(row, StandbyAt)
        except msgspec.ValidationError as error:
            raise CallError("call.malformed", field="standby") from error
        self._standbys.ready(session, at)
        return {}

    def _key(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._standbys.key(session)
        return {"name": answer["name"], "key": answer["key"], "standbys": answer["standbys"]}

    def _places(self, session: Session, body: dict[str, Any]) -> dict[str, Any]:
        return {"places": self._standbys.places()}
