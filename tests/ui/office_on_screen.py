"""A real office for tests of windows: a hub on 127.0.0.1, its secretary, and who joins."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pymupdf
from PySide6.QtWidgets import QApplication

from meetingroom.assembly import RunningHub, found, join
from meetingroom.desk_home import DeskHome
from meetingroom.desktop import OpenDesk
from meetingroom.documents.crew import Crew
from meetingroom.domain.errors import CallError, PaperError
from meetingroom.domain.facts import PersonSet
from meetingroom.domain.paper import Inspection
from meetingroom.services.drafting import Draft, DraftItem
from meetingroom.services.founding import Charter
from meetingroom.store.blobs import hash_of
from meetingroom.ui.context import DeskContext
from meetingroom.ui.stage.moments import ZONE
from meetingroom.ui.theme import apply_theme, load_theme
from meetingroom.wording import choose_language
from real_office import free_port

PEOPLE = (
    PersonSet(person="person-s", name="Hương Giang", rights=("secretary", "administrator")),
    PersonSet(person="person-a", name="Hoàng Văn Páo", title="Chủ tịch", order=1),
    PersonSet(person="person-b", name="Nông Thị Hiền", title="Phó Chủ tịch", order=2),
)
PAGES = 3


class Looked:
    """An inspector that lets files pass; the guard has its own tests."""

    def inspect(self, files, pictures=None):
        return [
            Inspection(file=f.name, problem="paper.secret")
            if "secret" in f.name
            else Inspection(file=f.name, sha256=hash_of(f), pages=PAGES)
            for f in files
        ]


class Programs:
    """The programs of a computer on which nothing is ever started; `opened` has what they got."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.handlers: dict[str, str] = {}
        self.fails: set[str] = set()

    def handler(self, scheme: str) -> str:
        return self.handlers.get(scheme, "")

    def open(self, address: str) -> None:
        if address.partition(":")[0] in self.fails:
            raise CallError("call.not_opened")
        self.opened.append(address)


class Office:
    """What a test of a window needs; `secretary` is the context of the hub's computer."""

    def __init__(self, root: Path, qtbot, *, crew: Crew | None = None) -> None:
        self.root, self._qtbot, self._crew = root, qtbot, crew
        self.port = free_port()
        charter = Charter(name="Xã Mẫu", people=PEOPLE, room_name="Hội trường")
        found(root / "s", charter, port=self.port)
        self.hub = RunningHub(root / "s", announces=False)
        self.hub.start()
        self._open: list[OpenDesk] = []
        self.programs = Programs()
        self.secretary = self._desk(root / "s")

    def _desk(self, data: Path) -> DeskContext:
        opened = OpenDesk(DeskHome(data, Looked), self._crew or NoPages())
        opened.home.calling._programs = self.programs
        self._open.append(opened)
        opened.home.link.start()
        desk = opened.context.desk
        self.wait(lambda: desk.directory.people and desk.link_state.state == "online")
        return opened.context

    def join(self, principal: str) -> DeskContext:
        """Another computer, of a person or the room."""
        answer = self.secretary.desk.ask("code.make", {"principal": principal}).result(10)
        join(self.root / principal, answer["code"], f"127.0.0.1:{self.port}")
        return self._desk(self.root / principal)

    @property
    def room(self) -> str:
        """The room's principal."""
        return next(iter(self.secretary.desk.directory.rooms))

    def wait(self, is_so) -> None:
        """Let windows live until something is so."""
        self._qtbot.waitUntil(lambda: bool(is_so()), timeout=30_000)

    def paper(self, name: str) -> Path:
        """A real PDF of three pages."""
        file = self.root / name
        with pymupdf.open() as made:
            for number in range(PAGES):
                page = made.new_page(width=595, height=842)
                page.insert_text((72, 72), f"{name} {number + 1}")
            made.save(file)
        return file

    def draft(self, **values: object) -> Draft:
        """A kept draft that could be issued: two items, a chair, two members."""
        drafting = self.secretary.drafting
        starts = datetime.now(ZONE) + timedelta(minutes=30)
        draft = msgspec.structs.replace(
            drafting.start().result(10),
            title="Phiên họp",
            kind="other",
            chair="person-a",
            members=("person-a", "person-b"),
            starts_at=starts.isoformat(),
            place="Hội trường",
            items=(
                DraftItem(item="item-1", title="Khai mạc", presenter="person-a"),
                DraftItem(item="item-2", title="Báo cáo", presenter="person-b", minutes=20),
            ),
        )
        draft = msgspec.structs.replace(draft, **values)
        return drafting.adopt(draft).result(10)

    def issued(self, link: str = "", **values: object) -> str:
        """An issued meeting with one paper on item 2; its id."""
        draft = self.draft(**values)
        drafting = self.secretary.drafting
        drafting.add_files(draft.meeting, "item-2", [self.paper("2.1 Báo cáo.pdf")]).result(10)
        if link:
            drafting.add_link(draft.meeting, "Hội nghị tỉnh", link).result(10)
        self.secretary.issuing.issue(draft.meeting).result(30)
        return draft.meeting

    def close(self) -> None:
        """End every desk, then the hub."""
        for opened in self._open:
            opened._is_closed.set()
            opened._work.shutdown(wait=True)
            opened.home.close()
        self.hub.stop()


class NoPages:
    """Where a test shows no page, no worker is started."""

    def compare(self, _old, _new):
        """Nobody is there who could look."""
        future = Future()
        future.set_exception(PaperError("paper.timeout"))
        return future

    def carry(self, _old, new, _marks):
        return self.compare(_old, new)

    def close(self) -> None:
        """Nothing to end."""


@contextmanager
def office(root: Path, qapp: QApplication, qtbot, crew: Crew | None = None) -> Iterator[Office]:
    """The office, dressed light, in English."""
    choose_language("en")
    apply_theme(qapp, load_theme("light", less_motion=True))
    made = Office(root, qtbot, crew=crew)
    try:
        yield made
    finally:
        made.close()
