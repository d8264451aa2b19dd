"""Vietnamese for the words Qt itself shows; Qt ships none."""

import tomllib
from functools import cache

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from meetingroom.resources import resource
from meetingroom.wording import language


@cache
def _catalogue(language_code: str) -> dict[str, str]:
    path = resource("words", "qt", f"{language_code}.toml")
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return tomllib.load(file)


class QtWords(QTranslator):
    """Looks Qt's English words up, with and without the "&" of their access key."""

    def __init__(self, language_code: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = _catalogue(language_code)

    def isEmpty(self) -> bool:
        """Whether nothing is translated."""
        return not self._words

    def translate(
        self,
        context: str,
        source_text: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """The words for Qt's own text, or None for Qt to go on looking."""
        found = self._words.get(source_text)
        return found if found is not None else self._words.get(source_text.replace("&", ""))


def speak_qt_words(app: QCoreApplication) -> QtWords:
    """Make Qt's own words those of the chosen language; the result must be kept."""
    words = QtWords(language(), app)
    app.installTranslator(words)
    return words
