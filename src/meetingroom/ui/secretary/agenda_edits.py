"""Edits of a draft's agenda: each takes the newest draft and gives the changed one."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from meetingroom.domain.ids import new_id
from meetingroom.services.drafting import Draft, DraftItem

Edit = Callable[[Draft], Draft]


def change_item(item: str, change: Callable[[DraftItem], DraftItem]) -> Edit:
    """An edit of one item."""

    def edit(draft: Draft) -> Draft:
        items = tuple(change(row) if row.item == item else row for row in draft.items)
        return msgspec.structs.replace(draft, items=items)

    return edit


def with_item(draft: Draft) -> Draft:
    """One more item at the end."""
    return msgspec.structs.replace(draft, items=(*draft.items, DraftItem(item=new_id("item"))))


def without_item(item: str) -> Edit:
    """An edit that takes an item out."""

    def edit(draft: Draft) -> Draft:
        rows = tuple(row for row in draft.items if row.item != item)
        return msgspec.structs.replace(draft, items=rows)

    return edit


def moved(item: str, by: int) -> Edit:
    """An edit that moves an item up (-1) or down (1)."""

    def edit(draft: Draft) -> Draft:
        at = next((place for place, row in enumerate(draft.items) if row.item == item), None)
        return draft if at is None else _item_at(draft, at, at + by)

    return edit


def item_to(item: str, target: str) -> Edit:
    """An edit that puts an item where another one is."""

    def edit(draft: Draft) -> Draft:
        places = {row.item: place for place, row in enumerate(draft.items)}
        if item not in places or target not in places:
            return draft
        return _item_at(draft, places[item], places[target])

    return edit


def _item_at(draft: Draft, at: int, to: int) -> Draft:
    rows = list(draft.items)
    row = rows.pop(at)
    rows.insert(min(max(0, to), len(rows)), row)
    return msgspec.structs.replace(draft, items=tuple(rows))


def paper_moved(paper: str, by: int) -> Edit:
    """An edit that moves a paper up or down; past an item's end it goes to the neighbour."""

    def edit(draft: Draft) -> Draft:
        for number, row in enumerate(draft.items):
            at = next((n for n, one in enumerate(row.papers) if one.paper == paper), None)
            if at is None:
                continue
            if 0 <= at + by < len(row.papers):
                return paper_to(paper, row.item, at + by)(draft)
            if not 0 <= number + by < len(draft.items):
                return draft
            neighbour = draft.items[number + by]
            return paper_to(paper, neighbour.item, 0 if by > 0 else len(neighbour.papers))(draft)
        return draft

    return edit


def paper_to(paper: str, item: str, place: int | None = None) -> Edit:
    """An edit that puts a paper on an item, at a place (from 0) or at its end."""

    def edit(draft: Draft) -> Draft:
        known = next((one for one in draft.papers if one.paper == paper), None)
        if known is None or all(row.item != item for row in draft.items):
            return draft
        items = []
        for row in draft.items:
            papers = [one for one in row.papers if one.paper != paper]
            if row.item == item:
                papers.insert(len(papers) if place is None else place, known)
            items.append(msgspec.structs.replace(row, papers=tuple(papers)))
        return msgspec.structs.replace(draft, items=tuple(items))

    return edit


def without_paper(paper: str) -> Edit:
    """An edit that takes a paper out."""

    def edit(draft: Draft) -> Draft:
        items = tuple(
            msgspec.structs.replace(row, papers=tuple(p for p in row.papers if p.paper != paper))
            for row in draft.items
        )
        return msgspec.structs.replace(draft, items=items)

    return edit


def by_item(draft: Draft, files: list[Path], dropped_on: str) -> list[tuple[str, list[Path]]]:
    """Where dropped files land: a file named "2.1 …" on item 2, others where they fell.

    In the order of their numbers; `dropped_on` "" means nowhere in particular: the last item.
    """
    usual = dropped_on or (draft.items[-1].item if draft.items else "")
    groups: dict[str, list[Path]] = {}
    for file in sorted(files, key=lambda file: _number(file.name) or (1 << 30, 0)):
        number = _number(file.name)
        is_known = number is not None and 0 < number[0] <= len(draft.items)
        item = draft.items[number[0] - 1].item if number and is_known else usual
        groups.setdefault(item, []).append(file)
    return list(groups.items())


def _number(name: str) -> tuple[int, int] | None:
    """(2, 1) of "2.1 Báo cáo.pdf"."""
    head, dot, rest = name.partition(".")
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    if not dot or not head.isdecimal() or not digits.isdecimal():
        return None
    return int(head), int(digits)
