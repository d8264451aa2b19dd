"""Backup and restore: whole or not at all, and only with the right key."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from meetingroom.assembly import DAY, RunningHub, restore, until_next_backup
from meetingroom.domain.errors import CallError, StoreError
from meetingroom.settings import Settings, read_settings, write_settings
from meetingroom.store.backup import new_recovery_key, recovery_text
from meetingroom.store.hub_log import SqliteHubLog
from real_office import Office, an_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as made:
        yield made


@pytest.fixture
def backup(office: Office, tmp_path: Path) -> Path:
    """A backup of some size, of a hub that has stopped."""
    hub = RunningHub(office.data, announces=False)
    hub.blobs.keep_bytes(os.urandom(2_500_000))
    file = hub.back_up()
    hub.stop_unstarted()
    return file.rename(tmp_path / "kept.backup")


def files_in(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("owner.lock", "owner.json")
    }


def heads(data: Path) -> dict[str, list[str]]:
    log = SqliteHubLog(data / "hub" / "hub.db")
    found = {
        stream: [row.record.head_hash for row in log.stream(stream)] for stream in log.streams()
    }
    log.close()
    return found


def test_a_restored_hub_has_the_same_records_blobs_keys_and_port(
    office: Office, backup: Path, tmp_path: Path
) -> None:
    restore(tmp_path / "new", backup, office.recovery)
    before, after = heads(office.data), heads(tmp_path / "new")
    assert {stream: after[stream][: len(rows)] for stream, rows in before.items()} == before
    # The new hub's certificate, and that it was restored.
    assert len(after["office"]) == len(before["office"]) + 2
    for part in ("keys/office.key", "keys/hub.key", "keys/tls.crt"):
        kept = (office.data / "hub" / part).read_bytes()
        assert (tmp_path / "new" / "hub" / part).read_bytes() == kept
    blobs = {name for name in files_in(office.data / "hub" / "blobs") if "/" in name}
    assert blobs <= files_in(tmp_path / "new" / "hub" / "blobs")
    assert read_settings(tmp_path / "new").hub_port == office.port


def test_a_restored_hub_starts(office: Office, backup: Path, tmp_path: Path) -> None:
    restore(tmp_path / "new", backup, office.recovery)
    hub = RunningHub(tmp_path / "new", announces=False)
    hub.start()
    assert hub.office.certificate.epoch == 2
    hub.stop()


@pytest.mark.parametrize("place", [0, 5, 30, 70, 100, 2000, 1_300_000, -10, -1])
def test_an_altered_backup_is_refused_and_nothing_is_put_in_place(
    office: Office, backup: Path, tmp_path: Path, place: int
) -> None:
    content = bytearray(backup.read_bytes())
    content[place] ^= 1
    backup.write_bytes(content)
    with pytest.raises(StoreError, match=r"backup\.(damaged|wrong_key)"):
        restore(tmp_path / "new", backup, office.recovery)
    assert files_in(tmp_path / "new") == set()


@pytest.mark.parametrize("size", [0, 10, 90, 1000, 1_048_576 + 105, -1, -40])
def test_a_truncated_backup_is_refused_and_nothing_is_put_in_place(
    office: Office, backup: Path, tmp_path: Path, size: int
) -> None:
    backup.write_bytes(backup.read_bytes()[:size])
    with pytest.raises(StoreError, match=r"backup\.damaged"):
        restore(tmp_path / "new", backup, office.recovery)
    assert files_in(tmp_path / "new") == set()


def test_a_wrong_recovery_key_and_a_mistyped_one_are_told_apart(
    office: Office, backup: Path, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match=r"backup\.wrong_key"):
        restore(tmp_path / "new", backup, recovery_text(new_recovery_key()))
    swapped = office.recovery[1] + office.recovery[0] + office.recovery[2:]
    with pytest.raises(CallError, match=r"recovery\.mistyped"):
        restore(tmp_path / "new", backup, swapped if swapped != office.recovery else "AAAA")
    assert files_in(tmp_path / "new") == set()
    restore(tmp_path / "new", backup, office.recovery.lower().replace("-", " "))


def test_a_restore_does_not_touch_an_office(office: Office, backup: Path) -> None:
    before = files_in(office.data)
    with pytest.raises(StoreError, match=r"office\.exists"):
        restore(office.data, backup, office.recovery)
    assert files_in(office.data) == before


def test_a_restore_that_was_cut_off_is_done_again(
    office: Office, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.replace

    def cut(self: Path, target: Path) -> Path:
        if self.name == "hub.db":
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            restore(tmp_path / "new", backup, office.recovery)
    assert not (tmp_path / "new" / "hub" / "hub.db").exists()
    restore(tmp_path / "new", backup, office.recovery)
    assert heads(tmp_path / "new")["office"]


def test_nothing_but_the_backup_is_left_beside_it(office: Office) -> None:
    folder = office.data / "hub" / "backups"
    folder.mkdir()
    (folder / "meetingroom-20260101-000000.backup.new").write_bytes(b"cut off")
    (folder / "working-x").mkdir()
    (folder / "working-x" / "hub.db").write_bytes(b"in the clear")
    hub = RunningHub(office.data, announces=False)
    file = hub.back_up()
    hub.stop_unstarted()
    assert list(folder.iterdir()) == [file]


def test_a_hub_backs_up_by_itself_when_a_day_has_passed(
    office: Office, until: Callable[..., None]
) -> None:
    folder = office.data / "hub" / "backups"
    hub = office.start_hub()
    until(lambda: list(folder.glob("*.backup")))
    hub.stop()
    first = next(folder.glob("*.backup"))
    yesterday = time.time() - DAY - 60
    os.utime(first.rename(folder / "meetingroom-20260101-000000.backup"), (yesterday, yesterday))
    hub = office.start_hub()
    until(lambda: len(list(folder.glob("*.backup"))) == 2)
    hub.stop()


@pytest.mark.parametrize(
    ("age", "wait"),
    [(0, DAY), (3600, DAY - 3600), (DAY, 0), (30 * DAY, 0), (-2 * DAY, 0)],
    ids=["just made", "an hour old", "a day old", "a month old", "from the future"],
)
def test_when_the_next_backup_is_due(tmp_path: Path, age: int, wait: int) -> None:
    now = 1_800_000_000
    (tmp_path / "a.backup").touch()
    os.utime(tmp_path / "a.backup", (now - age, now - age))
    assert until_next_backup(tmp_path, now) == wait


def test_only_the_newest_backups_are_kept(office: Office) -> None:
    write_settings(office.data, Settings(hub_port=office.port, backups_kept=3))
    folder = office.data / "hub" / "backups"
    folder.mkdir()
    for day in range(1, 6):
        (folder / f"meetingroom-2026010{day}-000000.backup").touch()
    hub = RunningHub(office.data, announces=False)
    newest = hub.back_up()
    hub.stop_unstarted()
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "meetingroom-20260104-000000.backup",
        "meetingroom-20260105-000000.backup",
        newest.name,
    ]
