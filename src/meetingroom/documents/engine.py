"""What an engine that turns paper into pixels can do; more than one stands behind this."""

from typing import Protocol

from meetingroom.domain.geometry import Rect
from meetingroom.domain.paper import PaperShape

MAX_FILE = 2 << 30
MAX_PAGES = 20_000
MAX_PIXELS = 64_000_000


class OpenPaper(Protocol):
    """One file, open in a worker."""

    def shape(self) -> PaperShape:
        """Sizes in points as seen (crop box, rotation applied once), labels, outline."""
        ...

    def draw(
        self, page: int, scale: float, clip: Rect | None, target: memoryview, stride: int
    ) -> None:
        """Draw onto white, in place, as 32-bit BGRX rows; `scale` is pixels per point."""
        ...

    def close(self) -> None: ...


def pixel_size(width: float, height: float, scale: float) -> tuple[int, int]:
    """Pixels of a box in points; a huge one is capped in proportion to MAX_PIXELS."""
    return max(1, round(width * scale)), max(1, round(height * scale))


def capped_scale(width: float, height: float, scale: float) -> float:
    """The scale at which a box has at most MAX_PIXELS."""
    area = width * height * scale * scale
    return scale if area <= MAX_PIXELS else scale * (MAX_PIXELS / area) ** 0.5
