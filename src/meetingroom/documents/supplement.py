"""What a mark knows and no PDF annotation has a place for, kept beside it in our exports.

Other programs pass it over. What they may change (place, words, colour) is always read from
the annotation itself; this only adds what still fits it.
"""

import msgspec

from meetingroom.documents.colours import hex_colour
from meetingroom.domain.geometry import InkPoint, Rect
from meetingroom.domain.marks import Ink, Mark, Shape, TextMark, bounds

KEY = "MEETINGROOM_Mark"  # in a PDF; names of this form are for programs' own use
LIMIT = 1 << 20  # letters
NEAR = 0.5  # points


class Supplement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The paper's version, the colour's name, the words around, how hard the pen pressed.

    `place` is the box the mark covered when it was written out, in points as seen.
    """

    blob: str = ""
    colour: str = ""
    place: Rect = Rect(0, 0, 0, 0)
    quote: str = ""
    before: str = ""
    after: str = ""
    width: float = 0.0
    pressures: tuple[tuple[float, ...], ...] = ()


_decoder = msgspec.json.Decoder(Supplement)


def supplement_of(mark: Mark) -> str:
    """What to write beside a mark's annotation, as JSON."""
    shape = mark.shape
    words = shape if isinstance(shape, TextMark) else TextMark(quads=())
    ink = shape if isinstance(shape, Ink) else Ink(strokes=())
    supplement = Supplement(
        blob=mark.blob,
        colour=mark.colour,
        place=bounds(shape),
        quote=words.quote,
        before=words.before,
        after=words.after,
        width=ink.width if ink.strokes else 0.0,
        pressures=tuple(tuple(point.pressure for point in stroke) for stroke in ink.strokes),
    )
    return msgspec.json.encode(supplement).decode()


def read_supplement(text: str) -> Supplement:
    """What stands beside an annotation; an empty one where that is nothing of ours."""
    if not text or len(text) > LIMIT:
        return Supplement()
    try:
        return _decoder.decode(text)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError):
        return Supplement()


def is_where_it_was(shape: Shape, supplement: Supplement) -> bool:
    """Whether nobody moved or resized the mark since it was written out."""
    now, then = bounds(shape), supplement.place
    pairs = zip((now.x0, now.y0, now.x1, now.y1), (then.x0, then.y0, then.x1, then.y1), strict=True)
    return all(abs(one - other) <= NEAR for one, other in pairs)


def is_its_colour(supplement: Supplement, code: str, *, is_wash: bool) -> bool:
    """Whether an annotation still has the colour ("#RRGGBB") it was written out in."""
    named = supplement.colour
    return bool(named) and hex_colour(named, is_wash=is_wash).casefold() == code.casefold()


def pressed(ink: Ink, supplement: Supplement) -> Ink:
    """Strokes with the pressure they were written with, where they are still the same ones."""
    pressures = supplement.pressures
    if len(pressures) != len(ink.strokes):
        return ink
    strokes = []
    for stroke, values in zip(ink.strokes, pressures, strict=True):
        if not values or not all(0 <= value <= 1 for value in values):
            return ink
        # A dot is written out as two points, for other programs draw nothing for one.
        points = stroke[:1] if len(values) == 1 and len(stroke) == 2 else stroke
        if len(points) != len(values):
            return ink
        strokes.append(
            tuple(InkPoint(p.x, p.y, value) for p, value in zip(points, values, strict=True))
        )
    return Ink(strokes=tuple(strokes), width=ink.width)
