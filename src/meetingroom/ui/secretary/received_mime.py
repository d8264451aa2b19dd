"""What a person drops or pastes, as things to read: files first, then what was copied."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from meetingroom.services.inviting import Handed
from meetingroom.wording import tr

RAW = (("text/calendar", ".ics"), ("message/rfc822", ".eml"))
MOST_FILES = 40
HTML_HEAD = b"<meta charset='utf-8'>"


def can_take(data: QMimeData) -> bool:
    """Whether there is anything in it that could be a letter."""
    return data.hasUrls() or data.hasText() or data.hasHtml() or data.hasImage() or _raw(data)


def handed_of(data: QMimeData) -> list[Handed]:
    """Files, else a calendar entry or a mail, else words with their links, else a picture."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return [Handed(name=file.name, path=file) for file in files[:MOST_FILES]]
    for kind, suffix in RAW:
        if data.hasFormat(kind):
            return [_pasted(tr("Pasted letter") + suffix, _bytes(bytes(data.data(kind).data())))]
    if data.hasText() and data.text().strip():
        return [_words(data)]
    if data.hasImage():
        image = QImage(data.imageData())
        if not image.isNull():
            return [_pasted(tr("Pasted picture") + ".png", lambda: _png(image))]
    if data.hasHtml():
        return [_words(data)]
    return []


def _words(data: QMimeData) -> Handed:
    """With the HTML a link shows where it leads, not only what stands over it."""
    if data.hasHtml() and "href" in data.html().lower():
        return _pasted(tr("Pasted words") + ".html", _bytes(HTML_HEAD + _utf8(data.html())))
    return _pasted(tr("Pasted words") + ".txt", _bytes(_utf8(data.text())))


def _raw(data: QMimeData) -> bool:
    return any(data.hasFormat(kind) for kind, _suffix in RAW)


def _pasted(name: str, content: Callable[[], bytes]) -> Handed:
    return Handed(name=name, content=content)


def _bytes(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def _utf8(words: str) -> bytes:
    return words.encode("utf-8", "replace")  # a half of a sign may have been copied


def _png(image: QImage) -> bytes:
    """Off the interface's thread: a large picture takes its time."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(content.data())
