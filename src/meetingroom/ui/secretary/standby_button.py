"""Whether a computer keeps a copy of the hub, and changing it."""

from meetingroom.domain.facts import StandbyNamed
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.succession import standbys
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button
from meetingroom.wording import tr


class StandbyButton(Button):
    """Says it, and turns it over when pressed."""

    def __init__(self, context: DeskContext, device: str, owner: str, *, is_standby: bool) -> None:
        words = tr("Standby") if is_standby else tr("Make it standby")
        icon = "shield-check" if is_standby else ""
        super().__init__(words, "quiet", icon, extent="small")
        self._context, self._device, self._is_standby = context, device, is_standby
        self.setAccessibleName(f"{words}: {owner}")
        self.setToolTip(
            tr(
                "It keeps a sealed copy of the hub. When the hub is lost, chair or secretary can "
                "move the hub to this computer. Press to change."
            )
        )
        self.clicked.connect(self._turn_over)

    def _turn_over(self) -> None:
        desk = self._context.desk
        named = set(named_standbys(self._context)) ^ {self._device}
        fact = StandbyNamed(devices=tuple(sorted(named)))
        self._context.bridge.when_done(desk.run(lambda: desk.write(OFFICE, fact)))


def named_standbys(context: DeskContext) -> tuple[str, ...]:
    """The computers that keep a copy of the hub."""
    return standbys(context.desk.directory, context.desk.meetings.values())


def may_be_standby(context: DeskContext, device: str) -> bool:
    """The hub's own computer needs no copy of it."""
    profile = context.desk.profile
    return device != profile.device or not profile.address.startswith("127.0.0.1")
