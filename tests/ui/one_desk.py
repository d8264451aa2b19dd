"""One person's real desk (store, services, bridge) with a meeting; only the crew is a fake."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from meetingroom.domain.errors import PaperError
from meetingroom.domain.facts import (
    AgendaItem,
    Invited,
    MeetingIssued,
    OfficeFounded,
    PaperPut,
    PersonSet,
)
from meetingroom.domain.geometry import Quad, Rect, Size
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.marks import Certainty, Mark, Placement
from meetingroom.domain.paper import (
    Comparison,
    Drawing,
    FileAnnotation,
    Link,
    OutlineEntry,
    PaperShape,
    Word,
)
from meetingroom.domain.ports import Pixels
from meetingroom.services.authoring import Author
from meetingroom.services.carrying import Carrying
from meetingroom.services.desk import Desk, Profile
from meetingroom.services.following import Following
from meetingroom.services.leading import Leading
from meetingroom.services.marking import Marking
from meetingroom.services.opinions import Opinions
from meetingroom.services.reading import Reading
from meetingroom.services.room_ink import RoomInk
from meetingroom.services.speaking import Speaking
from meetingroom.services.voting import Voting
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.device_log import SqliteDeviceLog
from meetingroom.store.keys import Ed25519Signer, verify
from meetingroom.ui.bridge import Bridge
from meetingroom.ui.context import DeskContext

A4 = Size(595, 842)
ME, CHAIR, OTHER = "person-me", "person-chair", "person-other"
MEETING = "meeting-1"
LINES, WORDS = 5, 6


class DrawnPixels:
    """White pixels in plain memory; implements `Pixels`."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height, self.stride = width, height, width * 4
        self._bytes = bytearray(b"\xff" * (self.stride * height))
        self.is_released = False

    @property
    def buffer(self) -> memoryview:
        return memoryview(self._bytes)

    def release(self) -> None:
        self.is_released = True


@dataclass
class PagesByHand:
    """Implements the port `Pages`: answers at once, fails where told, or waits for the test."""

    fails: set[int] = field(default_factory=set)
    is_held: bool = False
    in_files: dict[str, tuple[FileAnnotation, ...]] = field(default_factory=dict)
    asked: list[Drawing] = field(default_factory=list)
    held: list[tuple[Drawing, "Future[Pixels]"]] = field(default_factory=list)
    links_of: dict[int, tuple[Link, ...]] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)  # by the paper's name
    comparison: Comparison = field(default_factory=lambda: Comparison(pairs=()))
    certainties: dict[str, tuple[Certainty, int]] = field(default_factory=dict)
    """What carrying finds by the words of a mark: how certain, and on which page."""

    def open(self, blob: str, path: Path, password: str = "") -> "Future[PaperShape]":
        wanted = self.passwords.get(path.read_bytes().split()[0].decode(), "")
        if password != wanted:
            future: Future[PaperShape] = Future()
            code = "paper.password_wrong" if password else "paper.encrypted"
            future.set_exception(PaperError(code, file=path.name))
            return future
        count = int(path.read_bytes().split()[1])
        outline = (OutlineEntry(level=0, title="Phần I", page=0),)
        return _done(PaperShape(pages=(A4,) * count, outline=outline))

    def draw(self, drawing: Drawing) -> "Future[Pixels]":
        self.asked.append(drawing)
        future: Future[Pixels] = Future()
        self.held.append((drawing, future))
        if not self.is_held:
            self.let_go()
        return future

    def let_go(self) -> None:
        """Answer what waits."""
        waiting, self.held = self.held, []
        for drawing, future in waiting:
            if not future.set_running_or_notify_cancel():
                continue
            if drawing.page in self.fails:
                future.set_exception(PaperError("paper.page_failed", page=drawing.page))
                continue
            box = drawing.clip or Rect(0, 0, A4.width, A4.height)
            scale = drawing.step / 64
            wide, high = (box.x1 - box.x0) * scale, (box.y1 - box.y0) * scale
            future.set_result(DrawnPixels(max(1, round(wide)), max(1, round(high))))

    def forget_except(self, keys: Iterable[tuple[object, ...]]) -> None:
        del keys

    def words(self, blob: str, page: int) -> "Future[tuple[Word, ...]]":
        return _done(page_words())

    def annotations(self, blob: str) -> "Future[tuple[FileAnnotation, ...]]":
        return _done(self.in_files.get(blob, ()))

    def links(self, blob: str, page: int) -> "Future[tuple[Link, ...]]":
        return _done(self.links_of.get(page, ()))

    def compare(self, old: Path, new: Path) -> "Future[Comparison]":
        return _done(self.comparison)

    def carry(
        self, old: Path | None, new: Path, marks: Sequence[Mark]
    ) -> "Future[tuple[Placement, ...]]":
        found = [(mark, *self.certainties.get(mark.text, ("exact", mark.page))) for mark in marks]
        return _done(
            tuple(
                Placement(mark=mark.id, page=page, shape=mark.shape, certainty=certainty)
                for mark, certainty, page in found
            )
        )

    def close(self) -> None:
        self.held = []


def page_words() -> tuple[Word, ...]:
    """Five lines of six words: "w0.0" at the left of the first line, 90 points apart."""
    rows = []
    for line, place in itertools.product(range(LINES), range(WORDS)):
        x, y = 40 + 90 * place, 60 + 30 * line
        rows.append(Word(f"w{line}.{place}", Quad.of(Rect(x, y, x + 70, y + 16)), line))
    return tuple(rows)


def _done(value):
    future = Future()
    future.set_result(value)
    return future


@dataclass
class OneDesk:
    """The desk, what a window gets, and the hands that change the world around it."""

    context: DeskContext
    pages: PagesByHand
    blobs: FileBlobs
    folder: Path

    @property
    def desk(self) -> Desk:
        return self.context.desk

    @property
    def marks(self):
        """The marks of the meeting as folded."""
        return list(self.desk.meeting(MEETING).marks.values())

    def write(self, fact, audience=()) -> None:
        """Keep a fact as if this person had written it."""
        self.desk.run(lambda: self.desk.write(MEETING, fact, audience=audience)).result(30)


def paper_bytes(name: str, pages: int) -> bytes:
    """What stands for a paper's file."""
    return f"{name} {pages}".encode()


def papers(blobs: FileBlobs, counts: dict[str, int]) -> list[PaperPut]:
    """Papers on one item, each with its file here."""
    rows = []
    for place, (name, pages) in enumerate(counts.items()):
        blob = blobs.keep_bytes(paper_bytes(name, pages))
        rows.append(
            PaperPut(
                paper=f"paper-{name}", item="item-1", place=place, title=name,
                file_name=f"{name}.pdf", blob=blob, size=10, pages=pages,
            )
        )  # fmt: skip
    return rows


def issued(revision: int = 1) -> MeetingIssued:
    """A revision of the meeting."""
    return MeetingIssued(
        revision=revision, base=revision - 1, title="Phiên họp thử", kind="ubnd_regular",
        body="", starts_at="2026-11-26T01:00:00.000Z", place="Phòng họp", chair=CHAIR,
        secretaries=(OTHER,), people=(Invited(person=ME, role="member"),),
        agenda=(AgendaItem(item="item-1", title="Báo cáo"),),
    )  # fmt: skip


@contextmanager
def one_desk(folder: Path, counts: dict[str, int] | None = None) -> Iterator[OneDesk]:
    """A desk with a meeting of these papers (title → pages); closed afterwards."""
    signer = Ed25519Signer.new()
    profile = Profile(
        office="office-1", office_name="UBND xã Thử", office_key=signer.public_key,
        device="device-1", principal=ME, name="Nguyễn Văn Thử",
    )  # fmt: skip
    blobs = FileBlobs(folder / "blobs")
    log = SqliteDeviceLog(folder / "device.db")
    desk = Desk(log, blobs, Author(ME, "device-1", signer), profile, verify)
    people = ((ME, "Nguyễn Văn Thử"), (CHAIR, "Trần Thị Chủ"), (OTHER, "Lê Văn Khác"))
    facts = [OfficeFounded(office="office-1", name="UBND xã Thử")]
    facts += [PersonSet(person=key, name=name, order=n) for n, (key, name) in enumerate(people)]
    pages = PagesByHand()
    try:
        desk.run(lambda: [desk.write(OFFICE, fact) for fact in facts]).result(30)
        meeting = [issued(), *papers(blobs, counts or {"Một": 3, "Hai": 2})]
        desk.run(lambda: desk.write_batch(MEETING, meeting, "issue-1")).result(30)
        bridge = Bridge()
        desk.listen(bridge.publish)
        marking = Marking(desk)
        context = DeskContext(
            desk=desk, marking=marking, reading=Reading(desk), leading=Leading(desk),
            voting=Voting(desk), opinions=Opinions(desk), speaking=Speaking(desk),
            room_ink=RoomInk(desk, marking), following=Following(desk),
            bridge=bridge, pages=pages, carrying=Carrying(desk, marking, pages),
        )  # fmt: skip
        yield OneDesk(context, pages, blobs, folder)
    finally:
        desk.close()
