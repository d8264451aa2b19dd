"""A full disk: a clear sentence, nothing lost, and it goes on once there is room."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from meetingroom import assembly
from meetingroom.assembly import found, join
from meetingroom.desk_home import DeskHome
from meetingroom.domain.errors import StoreError
from meetingroom.exports import export_marks
from meetingroom.sentences import sentence_of
from meetingroom.services import news
from meetingroom.services.founding import Charter
from meetingroom.store.backup import new_recovery_key, recovery_public, write_backup
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.database import Database
from real_office import (
    OFFICIAL,
    PEOPLE,
    Office,
    an_office,
    draft_meeting,
    free_port,
    has_papers,
    issue,
    meeting_of,
    note,
    texts,
    wait_until,
    write_pdf,
)
from small_disk import SmallDisk, mounted

SENTENCE = "Ổ đĩa đã đầy"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with mounted(tmp_path / "disk", 12) as made:
        yield made


def is_told(error: StoreError) -> bool:
    return error.code == "store.full" and sentence_of(error).startswith(SENTENCE)


def until_full(write: Callable[[], object]) -> StoreError:
    """Write until the disk says no."""
    for _ in range(100_000):
        try:
            write()
        except StoreError as error:
            return error
    raise AssertionError("the disk was never full")


@pytest.fixture
def on_small_disk(disk: SmallDisk) -> Iterator[Office]:
    """An office whose hub and secretary keep everything on the small disk."""
    with an_office(disk.place) as office:
        yield office


def test_a_database_says_so_keeps_what_it_said_it_kept_and_goes_on(disk: SmallDisk) -> None:
    def first(database) -> None:
        database["rows"].create({"id": int, "word": str}, pk="id")

    database, kept = Database(disk.place / "a.db", (first,)), []

    def write() -> None:
        number = len(kept)
        database.write(lambda c: c.execute("INSERT INTO rows VALUES (?, ?)", (number, "x" * 9000)))
        kept.append(number)

    disk.fill(leave=300_000)
    assert is_told(until_full(write))
    assert [row[0] for row in database.read("SELECT id FROM rows ORDER BY id")] == kept
    disk.make_room()
    write()
    database.close()
    again = Database(disk.place / "a.db", (first,))
    assert [row[0] for row in again.read("SELECT id FROM rows ORDER BY id")] == kept
    assert again.read("PRAGMA integrity_check") == [("ok",)]
    again.close()


def test_a_database_cannot_be_opened_on_a_full_disk_and_can_later(disk: SmallDisk) -> None:
    disk.fill()
    with pytest.raises(StoreError) as met:
        Database(disk.place / "a.db", ())
    assert is_told(met.value)
    disk.make_room()
    Database(disk.place / "a.db", ()).close()


def test_a_paper_that_does_not_fit_is_not_kept_at_all(disk: SmallDisk, tmp_path: Path) -> None:
    blobs = FileBlobs(disk.place / "blobs")
    large = tmp_path / "a.pdf"
    large.write_bytes(os.urandom(3_000_000))
    disk.fill(leave=1_000_000)
    with pytest.raises(StoreError) as met:
        blobs.keep_file(large)
    assert is_told(met.value)
    assert [path for path in disk.place.rglob("*") if path.is_file()] == [disk.place / "stuffing"]
    disk.make_room()
    assert blobs.path(blobs.keep_file(large)[0])


def test_a_backup_that_does_not_fit_leaves_nothing_behind(disk: SmallDisk, tmp_path: Path) -> None:
    database = Database(tmp_path / "hub.db", ())
    blobs = FileBlobs(tmp_path / "blobs")
    blobs.keep_bytes(os.urandom(3_000_000))
    folder, key = disk.place / "backups", recovery_public(new_recovery_key())

    def back_up() -> None:
        write_backup(
            folder / "a.backup", database=tmp_path / "hub.db", blobs=blobs, keys={}, recovery=key
        )

    for leave in (0, 1000, 1_000_000):
        disk.fill(leave)
        with pytest.raises(StoreError) as met:
            back_up()
        assert is_told(met.value)
        assert not list(folder.glob("*"))
        disk.make_room()
    back_up()
    assert [path.name for path in folder.iterdir()] == ["a.backup"]
    database.close()


def test_a_mark_that_was_not_kept_is_said_and_the_kept_ones_stay(
    tmp_path: Path, disk: SmallDisk
) -> None:
    with an_office(tmp_path / "office") as office:
        hub = office.start_hub()
        secretary = office.secretary()
        official = office.newcomer(secretary, OFFICIAL, disk.place / "laptop")
        meeting = issue(secretary, [write_pdf(tmp_path / "a.pdf")])
        wait_until(lambda: has_papers(official, meeting))
        note(official, meeting, "đã ghi", ("me",))
        disk.fill()
        met = until_full(lambda: note(official, meeting, "x" * 2000, ("me",)))
        assert is_told(met)
        kept = texts(official, meeting)
        disk.make_room()
        note(official, meeting, "ghi sau", ("me",))
        office.close()
        again = office.desk(disk.place / "laptop")
        assert texts(again, meeting) == sorted([*kept, "ghi sau"])
        assert "đã ghi" in kept
        office.close()
        hub.stop()


def test_a_laptop_that_was_full_fetches_its_papers_by_itself(
    tmp_path: Path, disk: SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetingroom.network.transfers.REST_AFTER_ERROR", 0.5)
    with an_office(tmp_path / "office") as office:
        hub = office.start_hub()
        secretary = office.secretary()
        official = office.newcomer(secretary, OFFICIAL, disk.place / "laptop")
        told: list[news.News] = []
        official.desk.listen(told.append)
        disk.fill(leave=1_500_000)
        meeting = issue(secretary, [write_pdf(tmp_path / "a.pdf", ballast=3_000_000)])
        wait_until(lambda: any(isinstance(one, news.Problem) for one in told))
        problems = {one.code for one in told if isinstance(one, news.Problem)}
        assert problems == {"store.full"}
        assert not has_papers(official, meeting)
        disk.make_room()
        wait_until(lambda: has_papers(official, meeting))
        office.close()
        hub.stop()


def test_a_laptop_that_was_full_takes_its_records_by_itself(
    tmp_path: Path, disk: SmallDisk
) -> None:
    with an_office(tmp_path / "office") as office:
        hub = office.start_hub()
        secretary = office.secretary()
        official = office.newcomer(secretary, OFFICIAL, disk.place / "laptop")
        wait_until(lambda: official.desk.directory.people)
        problems: list[str] = []
        official.desk.listen(
            lambda one: problems.append(one.change.problem) if isinstance(one, news.LinkNews) else 0
        )
        disk.fill()
        meeting = issue(secretary, [write_pdf(tmp_path / "a.pdf")], title="x" * 200_000)
        wait_until(lambda: "store.full" in problems)
        disk.make_room()
        wait_until(lambda: has_papers(official, meeting))
        office.close()
        hub.stop()


def test_a_hub_that_is_full_says_so_and_the_meeting_goes_out_later(
    tmp_path: Path, on_small_disk: Office, disk: SmallDisk
) -> None:
    hub = on_small_disk.start_hub()
    secretary = on_small_disk.secretary()
    draft = draft_meeting(secretary, [write_pdf(tmp_path / "a.pdf", ballast=2_000_000)])
    disk.fill(leave=1_000_000)
    with pytest.raises(StoreError) as met:
        secretary.issuing.issue(draft.meeting).result(60)
    assert is_told(met.value)
    assert secretary.drafting.draft(draft.meeting) == draft
    disk.make_room()
    assert secretary.issuing.issue(draft.meeting).result(60) == 1
    on_small_disk.close()
    hub.stop()


def test_a_mark_waits_while_the_hub_is_full_and_arrives_once(
    tmp_path: Path, on_small_disk: Office, disk: SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetingroom.network.exchange.RETRY_SECONDS", 0.3)
    hub = on_small_disk.start_hub()
    secretary = on_small_disk.secretary()
    official = on_small_disk.newcomer(secretary, OFFICIAL, tmp_path / "laptop")
    meeting = issue(secretary, [write_pdf(tmp_path / "a.pdf")])
    wait_until(lambda: has_papers(official, meeting))
    disk.fill()
    words = "xin ý kiến " + "x" * 300_000
    note(official, meeting, words, ("secretary",))
    assert (texts(official, meeting), texts(secretary, meeting)) == ([words], [])
    disk.make_room()
    wait_until(lambda: texts(secretary, meeting) == [words])
    wait_until(lambda: not official.desk.waiting())
    on_small_disk.close()
    hub.stop()


def test_a_draft_that_could_not_be_kept_stays_as_it_was(
    on_small_disk: Office, disk: SmallDisk
) -> None:
    secretary = DeskHome(on_small_disk.data, lambda: None)  # type: ignore[arg-type,return-value]
    draft = secretary.drafting.start().result(20)

    def longer(title: str) -> None:
        secretary.drafting.edit(
            draft.meeting, lambda row: msgspec.structs.replace(row, title=title)
        ).result(20)

    longer("Họp thường kỳ")
    disk.fill()
    assert is_told(until_full(lambda: longer(os.urandom(20_000).hex())))
    kept = secretary.drafting.draft(draft.meeting)
    disk.make_room()
    secretary.close()
    again = DeskHome(on_small_disk.data, lambda: None)  # type: ignore[arg-type,return-value]
    assert again.drafting.draft(draft.meeting) == kept
    again.close()


def test_an_export_that_does_not_fit_is_said_and_leaves_no_half_file(
    tmp_path: Path, disk: SmallDisk
) -> None:
    with an_office(tmp_path / "office") as office:
        hub = office.start_hub()
        secretary = office.secretary()
        meeting = issue(secretary, [write_pdf(tmp_path / "a.pdf", ballast=400_000)])
        note(secretary, meeting, "x" * 100_000, ("everyone",))
        for formats in ({"pdf"}, {"xfdf"}, {"csv"}):
            disk.fill(leave=20_000)
            with pytest.raises(StoreError) as met:
                export_marks(secretary.desk, meeting_of(secretary, meeting), disk.place, formats)
            assert is_told(met.value)
            assert [path.name for path in disk.place.iterdir()] == ["stuffing"]
            disk.make_room()
        written = export_marks(
            secretary.desk, meeting_of(secretary, meeting), disk.place, {"pdf", "xfdf", "csv"}
        )
        assert len(written["files"]) == 3
        office.close()
        hub.stop()


def test_an_office_that_could_not_be_founded_is_founded_once_there_is_room(
    disk: SmallDisk,
) -> None:
    charter = Charter(name="Xã Mẫu Sơn", people=PEOPLE)
    for leave in (0, 20_000, 60_000, 150_000):
        disk.fill(leave)
        with pytest.raises(StoreError) as met:
            found(disk.place / "data", charter, port=free_port())
        assert is_told(met.value)
        disk.make_room()
    assert found(disk.place / "data", charter, port=free_port())


def test_a_computer_that_could_not_keep_its_key_joins_later_with_the_same_code(
    tmp_path: Path, disk: SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with an_office(tmp_path / "office") as office:
        hub = office.start_hub()
        secretary = office.secretary()
        code = office.code(secretary, OFFICIAL)
        enrol = assembly.enrol

        def enrol_and_fill(*given: Any, **named: Any) -> Any:
            grant = enrol(*given, **named)
            disk.fill()
            return grant

        with monkeypatch.context() as patch:
            patch.setattr(assembly, "enrol", enrol_and_fill)
            with pytest.raises(StoreError) as met:
                join(disk.place / "laptop", code, office.address)
        assert is_told(met.value)
        disk.make_room()
        profile = join(disk.place / "laptop", code, office.address)
        wait_until(lambda: profile.device in secretary.desk.directory.devices)
        owners = [row.principal for row in secretary.desk.directory.devices.values()]
        assert owners.count(OFFICIAL) == 1
        office.close()
        hub.stop()
