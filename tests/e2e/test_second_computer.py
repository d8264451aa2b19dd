"""A second computer: another data folder, other processes, nothing but a code and an address."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

import pymupdf
import pytest

from real_office import DeskHome, HubProcess, free_port, note, write_pdf

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))
from verbs import call, facts, write_meeting, write_people


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Path]:
    """The first computer's folder, with its hub running."""
    data = tmp_path / "first"
    call(
        "office", "init", "--name", "Xã Mẫu Sơn", "--people", write_people(tmp_path / "a.csv"),
        "--port", free_port(), data=data,
    )  # fmt: skip
    hub = HubProcess(data)
    hub.start()
    yield data
    hub.stop()


def test_a_second_computer_joins_receives_marks_offline_and_exports(
    first: Path, tmp_path: Path
) -> None:
    paper = write_pdf(tmp_path / "Báo cáo quý.pdf")
    issued = facts("meeting", "issue", write_meeting(tmp_path / "họp", paper), data=first)
    code = facts("enrol-code", "Nông Thị Hiền", data=first)["code"]
    address = f"127.0.0.1:{port_of(first)}"
    second = tmp_path / "second"
    assert facts("enrol", code, "--hub", address, data=second)["name"] == "Nông Thị Hiền"
    got = facts("sync", "--once", data=second)
    assert [row["here"] for row in got["meetings"][0]["papers"]] == [True]

    home = DeskHome(second)  # its link is never started: the hub might as well be off
    note(home, issued["meeting"], "xin ý kiến", ("everyone",))
    note(home, issued["meeting"], "riêng tôi", ("me",))
    home.close()
    facts("sync", "--once", data=second)
    assert facts("sync", "--once", data=first)["meetings"][0]["marks"] == 1

    out = tmp_path / "out"
    files = facts("marks", "export", "Họp thường kỳ", "--out", out, data=first)["files"]
    assert {Path(file).suffix for file in files} == {".pdf", ".xfdf", ".csv"}
    with pymupdf.open(next(out.glob("*.pdf"))) as document:
        page = document[0]
        assert [one.info["content"] for one in page.annots()] == ["xin ý kiến"]
    xfdf = next(out.glob("*.xfdf")).read_text(encoding="utf-8")
    assert Xml.fromstring(xfdf).tag.endswith("xfdf")  # noqa: S314 - written a moment ago
    with next(out.glob("*.csv")).open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 2
    kept = b"".join(path.read_bytes() for path in out.iterdir())
    assert "riêng tôi".encode() not in kept
    assert facts("check", data=first) == facts("check", data=second) == {"faults": []}


def port_of(data: Path) -> int:
    from meetingroom.settings import read_settings

    return read_settings(data).hub_port


def test_a_paper_refused_for_its_stamp_leaves_nothing_behind(first: Path, tmp_path: Path) -> None:
    from meetingroom.resources import resource
    from meetingroom.store.blobs import hash_of

    secret = tmp_path / "Phương án tác chiến.pdf"
    secret.write_bytes(resource("sample", "secret", "bao-cao.pdf").read_bytes())
    good = write_pdf(tmp_path / "Báo cáo quý.pdf")
    folder = write_meeting(tmp_path / "họp", good, secret, title="Họp kín về phương án")
    said = call("meeting", "issue", folder, data=first, status=1)
    assert "bí mật" in said or "độ mật" in said
    kept = b"".join(path.read_bytes() for path in first.rglob("*") if path.is_file())
    content = secret.read_bytes()
    for trace in (hash_of(secret).encode(), bytes.fromhex(hash_of(secret)), content[200:264],
                  content[-200:-100], "Phương án tác chiến".encode()):  # fmt: skip
        assert trace not in kept, trace
    assert not list(first.rglob("*.pdf"))
    # Nothing was copied before all had been looked at: the good paper is not here either.
    assert hash_of(good).encode() not in kept
    assert not [path for path in (first / "device" / "blobs").rglob("*") if path.is_file()]


def test_a_second_program_on_the_same_folder_is_told_who_holds_it(
    first: Path, tmp_path: Path
) -> None:
    import os
    import re

    home = DeskHome(first)
    for verb in (("sync", "--once"), ("enrol-code", "--display"), ("backup",)):
        said = call(*verb, data=first, status=1)
        assert str(os.getpid()) in said
        assert re.search(r"\d\d:\d\d \d\d/\d\d/\d{4}", said)
    home.close()
    said = call("hub", data=first, status=1)
    assert re.search(r"\d\d:\d\d \d\d/\d\d/\d{4}", said)
    assert facts("check", data=first) == {"faults": []}
