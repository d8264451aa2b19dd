"""Links printed on pages: found under the hand, followed inside the paper, asked about outside."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from shiboken6 import isValid

from meetingroom.domain.paper import Link
from meetingroom.ui.context import DeskContext
from meetingroom.ui.page.sheet import Leaf

if TYPE_CHECKING:
    from meetingroom.ui.page.page_view import PageView


class PageLinks:
    """Asks for a page's links when somebody comes near them."""

    def __init__(self, view: "PageView", context: DeskContext) -> None:
        self._view, self._context = view, context
        self._links: dict[Leaf, tuple[Link, ...] | None] = {}
        self._waiting: dict[Leaf, Callable[[], None]] = {}

    def at(self, where: QPointF) -> Link | None:
        """The link under a place of the view, as far as links are known; asks for the others."""
        sheet = self._view.lens.sheet_at(where)
        if sheet is None or not sheet.is_known:
            return None
        links = self._links.get(sheet.leaf)
        if links is None:
            self._ask(sheet.leaf)
            return None
        place = sheet.to_page(where)
        return next((link for link in links if link.box.contains(place.x, place.y)), None)

    def follow(self, where: QPointF) -> None:
        """Go where the link under a place of the view leads, as soon as it is known."""
        sheet = self._view.lens.sheet_at(where)
        if sheet is None or not sheet.is_known:
            return
        link = self.at(where)
        if link is not None:
            self._go(sheet.leaf.blob, link)
        elif self._links.get(sheet.leaf) is None:
            self._waiting[sheet.leaf] = lambda: self.follow(where)

    def _go(self, blob: str, link: Link) -> None:
        if link.page is not None:
            self._view.link_followed.emit(blob, link.page)
        elif link.uri:
            self._view.outside_link_touched.emit(link.uri)

    def _ask(self, leaf: Leaf) -> None:
        if leaf in self._links:
            return
        self._links[leaf] = None

        def got(links: tuple[Link, ...]) -> None:
            self._links[leaf] = links
            then = self._waiting.pop(leaf, None)
            if then is not None and isValid(self._view):
                then()

        def failed(_error: object) -> None:
            got(())  # a page whose links cannot be read has none

        self._context.bridge.when_done(self._context.pages.links(*leaf), got, failed)
