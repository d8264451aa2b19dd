"""Whether this display has entered an online meeting by itself, or was told not to: for good."""

from concurrent.futures import Future

from meetingroom.services.desk import Desk

NAME = "call-opened:"


class OpeningOnce:
    """One word a meeting, kept on this computer: it counts also after a restart."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._decided: dict[str, str] = {}
        self.read = desk.run(self._read)
        """Done once what was decided before is known."""

    def _read(self) -> None:
        for name, raw in self._desk.log.values(NAME).items():
            self._decided.setdefault(name.removeprefix(NAME), raw.decode())

    def is_open(self, meeting: str, moment: str) -> bool:
        """Whether nothing was decided for a meeting at this time."""
        return self.read.done() and self._decided.get(meeting) != moment

    def decide(self, meeting: str, moment: str) -> "Future[None]":
        """It entered, or is not to."""
        self._decided[meeting] = moment
        raw = moment.encode()
        return self._desk.run(lambda: self._desk.log.set_value(NAME + meeting, raw))
