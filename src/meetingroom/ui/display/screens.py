"""Keeps the room's window on the room's screen, whatever happens to its cable."""

import logging
import math
from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from meetingroom.domain.rehearsal import ScreenSeen
from meetingroom.ui.display import screen_choice
from meetingroom.ui.display.screen_choice import Decision, KeptScreen, SeenScreen

log = logging.getLogger(__name__)
SETTLE_MS = 150  # a cable makes a burst of signals: act once, when it is over
CORNER = 0.4  # of the screen somebody works on, where the room's own is away


class RoomScreens(QObject):
    """Moves a window; `lost` when the room's screen went (its name), `found` when it is back."""

    lost = Signal(str)
    found = Signal()
    screens_changed = Signal()

    def __init__(
        self,
        window: QWidget,
        kept: KeptScreen | None,
        remember: Callable[[str], None],
        *,
        screens: Callable[[], list[QScreen]] = QGuiApplication.screens,
        is_aside: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._kept = kept
        self._remember = remember
        self._screens = screens
        self._is_aside = is_aside
        self._is_lost = False
        self._shown: tuple[object, ...] = ()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.settle)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)  # noqa: S101
        app.screenAdded.connect(self.on_screen_added)
        app.screenRemoved.connect(self.on_changed)
        app.primaryScreenChanged.connect(self.on_changed)
        for screen in screens():
            self._watch(screen)

    def _watch(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.on_changed)
        screen.orientationChanged.connect(self.on_changed)
        screen.logicalDotsPerInchChanged.connect(self.on_changed)

    def on_screen_added(self, screen: QScreen) -> None:
        """Plugged in, late or again."""
        self._watch(screen)
        self.on_changed()

    def on_changed(self, *_what: object) -> None:
        """Something about the screens: look once the burst is over."""
        self._settle.start()

    def seen(self) -> list[SeenScreen]:
        """All screens, as values."""
        return [seen(screen) for screen in self._screens()]

    def current(self) -> int:
        """The place in `seen` of the screen the room's window is on; -1 for none."""
        screens = self._screens()
        screen = self._window.screen()
        return screens.index(screen) if screen in screens else -1

    @property
    def is_lost(self) -> bool:
        """Whether the room's own screen is away."""
        return self._is_lost

    def told(self) -> list[ScreenSeen]:
        """All screens as a rehearsal tells them, in pixels of the device."""
        names, at = screen_choice.told_apart(self.seen()), self.current()
        found = []
        for place, (name, screen) in enumerate(zip(names, self._screens(), strict=True)):
            size, ratio = screen.size(), screen.devicePixelRatio()
            wide, high = round(size.width() * ratio), round(size.height() * ratio)
            found.append(ScreenSeen(name=name, width=wide, height=high, is_room=place == at))
        return found

    def choose(self, place: int) -> None:
        """A person's choice, remembered."""
        screens = self.seen()
        if 0 <= place < len(screens):
            self._keep(screens, screens[place], is_chosen=True)
            self.settle()

    def settle(self) -> None:
        """Put the window where it belongs, if it is not there."""
        screens = self.seen()
        decision = screen_choice.decide(screens, self._kept)
        if decision is None:
            return  # no screen at all: whatever is plugged in next will be told
        is_first_beside = (
            self._kept is not None
            and self._kept.was_alone
            and not self._kept.is_chosen
            and len(screens) > 1
        )
        if self._kept is None or is_first_beside:
            self._keep(screens, decision.screen, is_chosen=False)
        self._tell(decision)
        if self._is_aside():
            return  # a video call has the screen: the window finds its place when it is over
        self._place(self._screens()[screens.index(decision.screen)], is_whole=decision.is_whole)
        self.screens_changed.emit()

    def _keep(self, screens: list[SeenScreen], screen: SeenScreen, *, is_chosen: bool) -> None:
        self._kept = screen_choice.keep(screen, screens, is_chosen=is_chosen)
        self._remember(screen_choice.written(self._kept))

    def _tell(self, decision: Decision) -> None:
        """Only whose own screen is away has lost it: a new one on the wall takes its place."""
        kept = self._kept
        is_lost = kept is not None and not kept.is_of(decision.screen) and not kept.was_alone
        if is_lost == self._is_lost:
            return
        self._is_lost = is_lost
        log.info("the room's screen %s", "went" if is_lost else "is back")
        if is_lost and kept is not None:
            self.lost.emit(" ".join(filter(None, (kept.maker, kept.model))) or kept.name)
        else:
            self.found.emit()

    def _place(self, screen: QScreen, *, is_whole: bool) -> None:
        box = screen.geometry()
        if (wanted := (screen, box, is_whole)) == self._shown and self._is_there(box, is_whole):
            return
        is_first, self._shown = not self._shown, wanted
        window = self._window
        # Whoever writes on another screen keeps the keyboard.
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not is_first)
        window.showNormal() if not is_first else None
        window.setScreen(screen)
        if is_whole:
            window.setGeometry(box)
            window.showFullScreen()
        else:
            window.setGeometry(_corner(screen.availableGeometry()))
            window.showNormal()
            window.lower()

    def _is_there(self, box: QRect, is_whole: bool) -> bool:
        return not is_whole or self._window.geometry() == box


def _corner(room: QRect) -> QRect:
    """The lower right of a screen somebody works on."""
    wide, high = round(room.width() * CORNER), round(room.height() * CORNER)
    return QRect(room.right() - wide, room.bottom() - high, wide, high)


def seen(screen: QScreen) -> SeenScreen:
    """A screen of Qt as a plain value, in pixels of the device."""
    size, ratio = screen.size(), screen.devicePixelRatio()
    real = screen.physicalSize()
    return screen_choice.clean(
        SeenScreen(
            name=screen.name(),
            maker=screen.manufacturer(),
            model=screen.model(),
            serial=screen.serialNumber(),
            pixels=round(size.width() * size.height() * ratio**2),
            across=math.hypot(real.width(), real.height()),
            is_primary=screen is QGuiApplication.primaryScreen(),
        )
    )
