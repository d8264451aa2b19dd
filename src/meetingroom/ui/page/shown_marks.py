"""The marks of a view's pages as they are shown: what is kept, and over it what is not yet.

A new mark, a changed one and one that is taken away are shown at once; when the disk has
them, or could not take them, what is kept shows again.
"""

import operator
from collections.abc import Iterable, Sequence
from itertools import count, takewhile

import msgspec

from meetingroom.domain.geometry import Rect
from meetingroom.domain.marks import Mark, bounds
from meetingroom.services.marking import Content
from meetingroom.ui.page.sheet import Leaf

NEW = "new:"
SIGN = 60.0  # points around somebody else's mark, for the initials beside it
SEEN = ("text", "colour", "author", "certainty")
Area = tuple[Leaf, Rect]


def looks_alike(one: Mark, other: Mark) -> bool:
    """Whether two marks are painted the same."""
    are_alike = all(getattr(one, name) == getattr(other, name) for name in SEEN)
    return are_alike and (one.shape is other.shape or one.shape == other.shape)


def differences(old: Sequence[Mark], new: Sequence[Mark]) -> tuple[list[Mark], list[Mark]]:
    """The marks that are painted no more, and those that come; quick where little changed."""
    same = len(list(takewhile(bool, map(operator.is_, old, new))))
    old, new = old[same:], new[same:]
    before, after = {id(mark) for mark in old}, {id(mark) for mark in new}
    gone = {mark.id: mark for mark in old if id(mark) not in after}
    come: list[Mark] = []
    for mark in new:
        if id(mark) in before:
            continue
        known = gone.get(mark.id)
        twin = known if known is not None else _new_one(gone.values(), mark)
        if twin is not None and looks_alike(twin, mark):
            del gone[twin.id]
        else:
            come.append(mark)
    return list(gone.values()), come


def _new_one(gone: Iterable[Mark], mark: Mark) -> Mark | None:
    """What was shown of a mark before it was kept."""
    return next((one for one in gone if one.id.startswith(NEW) and looks_alike(one, mark)), None)


class ShownMarks:
    """Every change answers the areas to paint again; a page's list is the same until it changes."""

    def __init__(self, me: str) -> None:
        self._me = me
        self._numbers = count(1)
        self._kept: dict[Leaf, list[Mark]] = {}
        self._new: list[tuple[Mark, Content]] = []
        self._drafts: dict[str, tuple[Mark, Mark | None]] = {}
        self._shown: dict[Leaf, list[Mark]] = {}
        self.renamed: dict[str, str] = {}
        """What was new and is kept now: the name it was shown by → its id."""

    def on(self, leaf: Leaf) -> list[Mark]:
        """The marks of a page, oldest first."""
        return self._shown.get(leaf, [])

    def find(self, leaf: Leaf, mark: str) -> Mark | None:
        """A mark of a page by its id; one that is kept now, too, by the name it had before."""
        name = self.renamed.get(mark, mark)
        return next((one for one in self.on(leaf) if one.id == name), None)

    def pending_on(self, leaf: Leaf) -> list[Content]:
        """New marks of a page on their way to the disk."""
        return [content for mark, content in self._new if _leaf(mark) == leaf]

    def set_kept(self, marks: Iterable[Mark]) -> list[Area]:
        """The marks of all pages that are on the disk, oldest first."""
        kept: dict[Leaf, list[Mark]] = {}
        by_id: dict[str, Mark] = {}
        for mark in marks:
            kept.setdefault(_leaf(mark), []).append(mark)
            by_id[mark.id] = mark
        leaves = self._kept.keys() | kept.keys()
        before = {mark.id for row in self._kept.values() for mark in row}
        self._kept = kept
        self._settle_new([mark for mark in by_id.values() if mark.id not in before])
        self._drafts = {
            name: (base, shown)
            for name, (base, shown) in self._drafts.items()
            if name in by_id and by_id[name].revision == base.revision
        }
        return self._show(leaves)

    def _settle_new(self, arrived: list[Mark]) -> None:
        for new, content in list(self._new):
            kept = next((one for one in arrived if _is_same(one, new)), None)
            if kept is not None:
                arrived.remove(kept)
                self.renamed[new.id] = kept.id
                self._new.remove((new, content))

    def add(self, leaf: Leaf, content: Content) -> tuple[Mark, list[Area]]:
        """Show a new mark; as it is shown."""
        mark = Mark(
            id=f"{NEW}{next(self._numbers)}",
            author=self._me,
            paper="",
            blob=leaf.blob,
            page=leaf.page,
            shape=content.shape,
            text=content.text,
            colour=content.colour,
            audience=content.audience,
        )
        self._new.append((mark, content))
        return mark, self._show([leaf])

    def settle(self, content: Content) -> list[Area]:
        """A new mark is kept, or could not be: it is shown only if it is kept."""
        leaves = [_leaf(mark) for mark, one in self._new if one is content]
        self._new = [row for row in self._new if row[1] is not content]
        return self._show(leaves)

    def draft(self, base: Mark, shown: Mark | None) -> list[Area]:
        """Show another mark in a mark's place (None: nothing) until it is kept or settled."""
        known = self._drafts.get(base.id)
        self._drafts[base.id] = (known[0] if known else base, shown)
        return self._show([_leaf(base)])

    def settle_drafts(self, marks: Iterable[str]) -> list[Area]:
        """What was wished for these marks is kept, or could not be."""
        bases = [self._drafts.pop(mark)[0] for mark in list(marks) if mark in self._drafts]
        return self._show(_leaf(base) for base in bases)

    def _show(self, leaves: Iterable[Leaf]) -> list[Area]:
        areas: list[Area] = []
        for leaf in dict.fromkeys(leaves):
            old, new = self.on(leaf), self._made_of(leaf)
            if len(old) == len(new) and (all(map(operator.is_, old, new)) or old == new):
                continue  # the same list goes on: who painted it need not look again
            gone, come = differences(old, new)
            self._shown[leaf] = new
            areas += [(leaf, self._area(mark)) for mark in (*gone, *come)]
        return areas

    def _area(self, mark: Mark) -> Rect:
        """What a mark is painted on, the initials beside it, too."""
        return bounds(mark.shape).grown(2 if mark.author == self._me else SIGN)

    def _made_of(self, leaf: Leaf) -> list[Mark]:
        drafts = self._drafts
        if not drafts:
            rows = list(self._kept.get(leaf, ()))
        else:
            shown = (
                drafts[mark.id][1]
                if mark.id in drafts and _leaf(drafts[mark.id][0]) == leaf
                else mark
                for mark in self._kept.get(leaf, ())
            )
            rows = [mark for mark in shown if mark is not None]
        return rows + [mark for mark, _ in self._new if _leaf(mark) == leaf]


def _leaf(mark: Mark) -> Leaf:
    return Leaf(mark.blob, mark.page)


def _is_same(kept: Mark, new: Mark) -> bool:
    return _leaf(kept) == _leaf(new) and looks_alike(kept, new)


def changed(mark: Mark, **values: object) -> Mark:
    """A mark with other values, as it will be once it is kept."""
    return msgspec.structs.replace(mark, **values)
