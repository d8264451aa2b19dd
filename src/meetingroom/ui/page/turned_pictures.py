"""Pictures of pages that are turned for reading: turned once, then kept for a while."""

from collections import OrderedDict

from PySide6.QtGui import QImage, QTransform

KEPT = 4


class TurnedPictures:
    """Keeps the few pictures that are in sight."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], QImage] = OrderedDict()

    def picture(self, image: QImage, turn: int) -> QImage:
        """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
        if turn == 0:
            return image
        key = (image.cacheKey(), turn)
        if key not in self._kept:
            self._kept[key] = image.transformed(QTransform().rotate(turn))
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]
