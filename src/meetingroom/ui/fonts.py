"""The typeface every machine shows alike, read from the resources once at start-up."""

import logging
from functools import cache

from PySide6.QtGui import QFontDatabase

from meetingroom.resources import resource

_log = logging.getLogger(__name__)


@cache
def load_fonts() -> tuple[str, ...]:
    """Register the bundled fonts with Qt; the families found. Needs a QGuiApplication."""
    families: list[str] = []
    for path in sorted(resource("fonts").rglob("*.[to]tf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            _log.error("font could not be read", extra={"file": path.name})
            continue
        families.extend(QFontDatabase.applicationFontFamilies(number))
    return tuple(dict.fromkeys(families))
