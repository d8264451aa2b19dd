"""The verbs about an office, as scripts call them."""

import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from verbs import call, facts, write_meeting, write_people

from meetingroom.cli import main
from meetingroom.room_verbs import verbs
from real_office import HubProcess, free_port, wait_until, write_pdf

TWINS = "Nông Thị Hiền,Y tế,,hien2@xa.example,,"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The computer of an office whose hub runs."""
    place = tmp_path_factory.mktemp("office")
    people, folder = write_people(place / "people.csv"), place / "máy chủ"
    people.write_text(f"{people.read_text(encoding='utf-8')}\n{TWINS}", encoding="utf-8")
    call("office", "init", "--name", "Xã", "--people", people, "--port", free_port(), data=folder)
    hub = HubProcess(folder)
    hub.start()
    yield folder
    hub.stop()


def test_a_person_is_found_however_the_marks_are_composed(data: Path) -> None:
    name = unicodedata.normalize("NFD", "hoàng  văn PÁO")
    assert len(facts("enrol-code", name, data=data)["code"]) == 9


def test_a_name_two_people_have_gets_nobody_a_code(data: Path) -> None:
    said = call("enrol-code", "Nông Thị Hiền", data=data, status=1)
    assert "hien2@xa.example" in said
    assert facts("enrol-code", "HIEN2@xa.example", data=data)["code"]


def test_nobody_of_that_name_is_the_worlds_fault(data: Path) -> None:
    assert "Ai đó" in call("enrol-code", "Ai đó", data=data, status=1)


def test_an_office_is_not_founded_twice(data: Path) -> None:
    people = data.parent / "people.csv"
    call("office", "init", "--name", "Xã", "--people", people, data=data, status=1)


def test_a_folder_issued_again_is_the_next_revision_of_its_meeting(data: Path) -> None:
    folder, paper = data.parent / "họp", write_pdf(data.parent / "Báo cáo.pdf")
    first = facts("meeting", "issue", write_meeting(folder, paper, title="Lại"), data=data)
    write_pdf(paper, "Bản mới")
    second = facts("meeting", "issue", folder, data=data)
    assert (second["meeting"], second["revision"]) == (first["meeting"], 2)
    known = facts("sync", "--once", data=data)["meetings"]
    shown = next(row for row in known if row["id"] == first["meeting"])
    assert [row["version"] for row in shown["papers"]] == [2]
    facts("meeting", "issue", write_meeting(folder, title="Lại"), data=data)
    known = facts("sync", "--once", data=data)["meetings"]
    assert next(row for row in known if row["id"] == first["meeting"])["papers"] == []


def test_a_backup_is_named_so_that_anybody_finds_it(data: Path, monkeypatch) -> None:
    monkeypatch.chdir(data.parent)
    file = Path(facts("backup", data=Path(data.name))["file"])
    assert file.is_absolute() and file.is_file()


def test_a_backup_does_not_open_with_another_key(data: Path, tmp_path: Path) -> None:
    file = facts("backup", data=data)["file"]
    for key in ("", "JAQP-5E6M", "-".join(["AAAA"] * 14)):
        call("restore", file, "--key", key, data=tmp_path / "new", status=1)
    assert not (tmp_path / "new" / "hub" / "hub.db").exists()


def test_a_folder_with_nothing_in_it_is_not_called_whole(tmp_path: Path) -> None:
    assert str(tmp_path) in call("check", data=tmp_path, status=1)


def test_syncing_goes_on_until_it_is_told_to_stop(data: Path) -> None:
    command = [sys.executable, "-m", "meetingroom", "--data", str(data), "sync"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        log = data / "logs" / "verbs.log"
        wait_until(
            lambda: log.is_file() and "until told to stop" in log.read_text(encoding="utf-8")
        )
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 0


def test_what_happens_is_in_a_log_on_disk_and_no_code_is(data: Path) -> None:
    code = facts("enrol-code", "--display", data=data)["code"]
    call("enrol", f"{code[:2]}AAAAAA", "--hub", "127.0.0.1:9", data=data.parent / "x", status=1)
    logs = {path.name: path.read_text(encoding="utf-8") for path in (data / "logs").iterdir()}
    assert "hub starts" in logs["hub.log"]
    assert not any(code in text or code.replace("-", "") in text for text in logs.values())


@pytest.mark.parametrize(
    "verb",
    [
        ("office", "init", "--name", "Xã", "--people", "people.csv"),
        ("enrol", "AAAA-AAAA", "--hub", "127.0.0.1:9"),
        ("enrol-code", "--display"),
        ("hub",),
        ("backup",),
        ("check",),
        ("sync", "--once"),
        ("marks", "export", "Họp", "--out", "out"),
    ],
    ids=" ".join,
)
def test_a_place_where_nothing_can_be_kept_is_a_sentence(verb, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_people(tmp_path / "people.csv")
    (tmp_path / "a file").touch()
    assert call(*verb, data=tmp_path / "a file" / "x", status=1).strip()


def test_the_program_says_where_its_source_code_is() -> None:
    said = " ".join(call("--help").split())
    assert "GNU AGPL 3 or later" in said and "source code is in" in said


@pytest.mark.parametrize("verb", [[name] for name in verbs.commands] + [
    ["office", "init"], ["meeting", "issue"], ["marks", "export"],
], ids=" ".join)  # fmt: skip
def test_every_verb_explains_itself(verb: list[str]) -> None:
    shown = CliRunner().invoke(main, [*verb, "--help"])
    assert (shown.exit_code, "Usage:" in shown.output) == (0, True)
