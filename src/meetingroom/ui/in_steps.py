"""Screens made in steps between events, so that a window never stands still while one is made."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget


class InSteps:
    """Mixed into a widget whose parts take long to make: `_parts` pauses at every `yield`.

    The widget calls `start_making` at the end of its `__init__`; who made it in steps calls
    `step` until nothing is left, or `complete` when somebody wants it now.
    """

    _rest: Iterator[None] | None = None
    _is_wanted = False

    def _parts(self) -> Iterator[None]:
        """Make the widget, part by part."""
        raise NotImplementedError

    def start_making(self, *, in_steps: bool) -> None:
        """Begin: `in_steps` leaves the parts to who calls `step`, else all are made now."""
        self._rest = self._parts()
        if not in_steps:
            self.complete()

    @property
    def is_whole(self) -> bool:
        """Whether every part is made."""
        return self._rest is None

    def step(self) -> bool:
        """Make one part more; whether something is left."""
        if self._rest is not None:
            rest, self._rest = self._rest, None  # a part may ask for the whole
            try:
                next(rest)
            except StopIteration:
                return False
            self._rest = rest
        return not self.is_whole

    def complete(self) -> None:
        """Make all that is left, at once: it is about to be shown."""
        self._is_wanted = True
        while self.step():
            pass

    def rehearse(self, part: QWidget, width: int = 0, height: int = 0) -> None:
        """Dress, lay out and paint a hidden part once: showing it later finds all that ready.

        Whoever waits for it now is spared the rehearsal.
        """
        if self._is_wanted:
            return
        if width and height:
            part.resize(width, height)
        part.grab()
