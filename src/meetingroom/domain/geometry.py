"""Places on a page: points of 1/72 inch from the top left of the crop box as seen.

Rotation is applied once, where a page is opened; everything that is kept (marks,
words, search hits) is in these coordinates, at every zoom and for every engine.
"""

import math
from collections.abc import Iterable

import msgspec


class Point(msgspec.Struct, frozen=True, array_like=True):
    """A place on a page, in points."""

    x: float
    y: float


class InkPoint(msgspec.Struct, frozen=True, array_like=True):
    """A place the pen touched, in points; pressure from 0 to 1."""

    x: float
    y: float
    pressure: float = 0.5


class Size(msgspec.Struct, frozen=True, array_like=True):
    """Width and height of a page, in points."""

    width: float
    height: float


class Rect(msgspec.Struct, frozen=True, array_like=True):
    """A box on a page, in points; x0 <= x1 and y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies inside or on the edge."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def grown(self, by: float) -> "Rect":
        """The box with `by` points more on every side."""
        return Rect(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def meets(self, other: "Rect") -> bool:
        """Whether two boxes share a point."""
        return not (
            other.x0 > self.x1 or other.x1 < self.x0 or other.y0 > self.y1 or other.y1 < self.y0
        )


class Quad(msgspec.Struct, frozen=True, array_like=True):
    """Four corners of a run of words: upper left, upper right, lower left, lower right."""

    ul: Point
    ur: Point
    ll: Point
    lr: Point

    @classmethod
    def of(cls, box: Rect) -> "Quad":
        """The quad of an upright box."""
        return cls(
            Point(box.x0, box.y0),
            Point(box.x1, box.y0),
            Point(box.x0, box.y1),
            Point(box.x1, box.y1),
        )

    def bounds(self) -> Rect:
        """The smallest upright box around the quad."""
        return bounds_of((self.ul, self.ur, self.ll, self.lr))


def bounds_of(points: Iterable[Point | InkPoint]) -> Rect:
    """The smallest upright box around points; an empty run is a box at the origin."""
    xs_ys = [(point.x, point.y) for point in points]
    if not xs_ys:
        return Rect(0, 0, 0, 0)
    xs, ys = zip(*xs_ys, strict=True)
    return Rect(min(xs), min(ys), max(xs), max(ys))


def rounded(value: float) -> float:
    """A coordinate as it is kept: two decimals, finite, within reach of any page."""
    if not math.isfinite(value):
        return 0.0
    return round(max(-20_000.0, min(20_000.0, value)), 2)
