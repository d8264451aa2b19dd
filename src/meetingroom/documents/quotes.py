"""Text marks go with their words; what became of words that changed is looked for between
their neighbours."""

from collections import Counter
from collections.abc import Sequence

from meetingroom.documents.paper_text import PaperText
from meetingroom.documents.versions import AROUND, STILL, Versions
from meetingroom.domain.marks import Certainty, Mark, Placement, TextMark, moved

QUOTED, BESIDE = 2000, 40  # characters of a quote, and of its surroundings
MORE = 6  # words that a changed quote may have grown by, beyond its double


def place_words(
    mark: Mark, shape: TextMark, covered: Sequence[int], versions: Versions
) -> Placement:
    """A text mark over these words of the old version."""
    there = [versions.words.to[word] for word in covered]
    if _are_together(covered, there):
        first, last = there[0], there[-1]
        page = versions.new.page_of(first)
        if page == versions.new.page_of(last):
            if not versions.is_trusted(covered[0], covered[-1]):
                return _over(mark, shape, range(first, last + 1), versions.new, "look")
            if page == versions.pages[mark.page] and _have_not_moved(covered, versions):
                return versions.still(mark, page, "exact")
            return _over(mark, shape, there, versions.new, "words")
    return _guess(mark, shape, covered, versions)


def _are_together(covered: Sequence[int], there: Sequence[int]) -> bool:
    """Whether all words were found, standing to each other as before."""
    shift = there[0] - covered[0]
    return there[0] >= 0 and all(b - a == shift for a, b in zip(covered, there, strict=True))


def _have_not_moved(covered: Sequence[int], versions: Versions) -> bool:
    shifts = (versions.shift(word) for word in covered)
    return all(abs(dx) <= STILL and abs(dy) <= STILL for dx, dy in shifts)


def _guess(mark: Mark, shape: TextMark, covered: Sequence[int], versions: Versions) -> Placement:
    """The words that stand where the changed ones stood, else the place where they were."""
    new = versions.new
    low, high = _hole(covered, versions)
    found = [versions.words.to[word] for word in covered if versions.words.to[word] >= 0]
    if len(found) * 3 >= len(covered):
        page = Counter(new.page_of(word) for word in found).most_common(1)[0][0]
        here = sorted(word for word in found if new.page_of(word) == page)
        first, end = new.span(page)
        low = max(low, first) if 0 <= low <= here[0] <= low + MORE else here[0]
        high = min(high, end - 1) if 0 <= high - here[-1] <= MORE else here[-1]
        if high - low < 2 * len(covered) + MORE:
            return _over(mark, shape, range(low, high + 1), new, "look")
        return _over(mark, shape, here, new, "look")
    if 0 <= low <= high < low + 2 * len(covered) + MORE:
        page = new.page_of(low)
        end = min(high + 1, new.span(page)[1])
        return _over(mark, shape, range(low, end), new, "look")
    return _where_it_stood(mark, covered, versions)


def _hole(covered: Sequence[int], versions: Versions) -> tuple[int, int]:
    """The new words between the nearest neighbours that were found: first and last; (-1, -2)
    where there are none to tell."""
    before, after = _neighbours(covered, versions)
    to = versions.words.to
    if before is None or after is None or to[after] <= to[before]:
        return -1, -2
    return to[before] + 1, to[after] - 1


def _neighbours(covered: Sequence[int], versions: Versions) -> tuple[int | None, int | None]:
    """The nearest words before and after, on the same page, that were found."""
    to = versions.words.to
    low, high = versions.old.span(versions.old.page_of(covered[0]))
    befores = range(covered[0] - 1, max(low, covered[0] - AROUND) - 1, -1)
    afters = range(covered[-1] + 1, min(high, covered[-1] + 1 + AROUND))
    before = next((word for word in befores if to[word] >= 0), None)
    return before, next((word for word in afters if to[word] >= 0), None)


def _where_it_stood(mark: Mark, covered: Sequence[int], versions: Versions) -> Placement:
    """Its words are gone: beside the neighbours, else at its place on the page, with a warning."""
    for beside in _neighbours(covered, versions):
        if beside is not None and versions.words.sure[beside]:
            page = versions.new.page_of(versions.words.to[beside])
            return versions.at(mark, page, moved(mark.shape, *versions.shift(beside)), "look")
    page_there = versions.pages[mark.page]
    if page_there is None:
        return versions.unplaced(mark)
    return versions.still(mark, page_there, "look")


def _over(
    mark: Mark, shape: TextMark, words: Sequence[int], text: PaperText, certainty: Certainty
) -> Placement:
    """The mark over these words of the new version."""
    first, last = words[0], words[-1]
    page = text.page_of(first)
    low, high = text.span(page)
    new = TextMark(
        style=shape.style,
        quads=text.quads(words),
        quote=" ".join(text.words[word] for word in words)[:QUOTED],
        before=" ".join(text.words[max(low, first - BESIDE) : first])[-BESIDE:],
        after=" ".join(text.words[last + 1 : min(high, last + 1 + BESIDE)])[:BESIDE],
    )
    return Placement(mark=mark.id, page=page, shape=new, certainty=certainty)


def place_quote(mark: Mark, text: PaperText) -> Placement:
    """A mark whose old version is not here: by its quoted words and what stood around them."""
    shape = mark.shape
    quote = shape.quote.split() if isinstance(shape, TextMark) else []
    places = _places_of(quote, text) if quote else []
    if not isinstance(shape, TextMark) or not places:
        last = max(0, text.pages - 1)
        is_there = mark.page < text.pages
        certainty: Certainty = "look" if is_there else "unplaced"
        return Placement(mark=mark.id, page=min(mark.page, last), shape=shape, certainty=certainty)
    like = [place for place in places if _is_among(place, len(quote), shape, text)]
    near = sorted(like or places, key=lambda place: abs(text.page_of(place) - mark.page))
    certainty = "words" if len(like) == 1 else "look"
    return _over(mark, shape, range(near[0], near[0] + len(quote)), text, certainty)


def _places_of(quote: Sequence[str], text: PaperText) -> list[int]:
    """Where these words stand in a row on one page."""
    first, length = quote[0], len(quote)
    return [
        at
        for at, word in enumerate(text.words)
        if word == first
        and text.words[at : at + length] == list(quote)
        and text.page_of(at) == text.page_of(at + length - 1)
    ]


def _is_among(place: int, length: int, shape: TextMark, text: PaperText) -> bool:
    """Whether what stands around a place is what stood around the mark."""
    low, high = text.span(text.page_of(place))
    before = " ".join(text.words[max(low, place - BESIDE) : place])[-BESIDE:]
    after = " ".join(text.words[place + length : min(high, place + length + BESIDE)])[:BESIDE]
    return before == shape.before and after == shape.after
