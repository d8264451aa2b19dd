"""The application every window lives in: dressed, its language chosen, its bugs caught."""

import logging
import sys
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from meetingroom.log_files import catch_bugs
from meetingroom.resources import resource
from meetingroom.settings import read_settings
from meetingroom.ui.focus_ring import FocusRing
from meetingroom.ui.page.pen_nearness import PenAwareApplication
from meetingroom.ui.qt_words import speak_qt_words
from meetingroom.ui.quiet_collector import QuietCollector
from meetingroom.ui.theme import apply_theme, load_theme
from meetingroom.wording import choose_language, language

log = logging.getLogger(__name__)
SWITCH_SECONDS = 0.0005


def make_application(data: Path, *, is_display: bool = False) -> QApplication:
    """The application, dressed, speaking the chosen language, its bugs caught at the door."""
    # Threads that keep, send or fetch give way to the interface at once, not after 5 ms.
    sys.setswitchinterval(SWITCH_SECONDS)
    settings = read_settings(data)
    if settings.language:
        choose_language(settings.language)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else PenAwareApplication(sys.argv[:1])
    app.setApplicationName("meetingroom")
    app.setWindowIcon(QIcon(str(resource("icons", "presentation.svg"))))
    theme = "dark" if is_display else settings.theme
    apply_theme(app, load_theme(theme, settings.text_scale, for_display=is_display))
    if language() == "vi":
        speak_qt_words(app)
    if not is_display:
        app.setProperty("focus_ring", FocusRing(app))
    app.setProperty("collector", QuietCollector(app))
    catch_bugs()
    catch_qt_words()
    return app


def catch_qt_words() -> None:
    """What Qt complains of goes to the log."""

    def of_qt(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        level = logging.DEBUG if kind == QtMsgType.QtDebugMsg else logging.WARNING
        if "propagateSizeHints" not in words:
            log.log(level, "Qt: %s", words)

    qInstallMessageHandler(of_qt)
