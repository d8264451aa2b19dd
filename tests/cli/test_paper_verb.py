"""`meetingroom paper`: what the program makes of files, as scripts read it."""

import json
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from meetingroom.resources import resource

FIELDS = {
    "file", "sha256", "pages", "words", "annotations", "signatures", "secrecy", "handling",
    "problem", "seconds",
}  # fmt: skip


def run(*arguments: object, status: int) -> str:
    """The verb as its own process; what it printed."""
    command = [sys.executable, "-m", "meetingroom", "paper", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
    return done.stdout


def facts(*arguments: object, status: int) -> list[dict[str, Any]]:
    return json.loads(run("--json", *arguments, status=status))


def write(path: Path, text: str = "Báo cáo") -> Path:
    with pymupdf.open() as document:
        font = str(resource("fonts", "BeVietnamPro_400Regular.ttf"))
        page = document.new_page()
        page.insert_text((80, 400), text, fontname="F0", fontfile=font)
        document.save(path)
    return path


def test_files_are_answered_in_the_order_asked_with_every_field(tmp_path: Path) -> None:
    files = [write(tmp_path / f"{name}.pdf") for name in ("b", "a", "c")]
    rows = facts(files[0], files[1], files[0], files[2], status=0)
    assert [row["file"] for row in rows] == [str(files[n]) for n in (0, 1, 0, 2)]
    assert all(set(row) == FIELDS for row in rows)
    assert {(row["pages"], row["secrecy"], row["problem"]) for row in rows} == {(1, "none", None)}
    assert all(len(row["sha256"]) == 64 and row["seconds"] > 0 for row in rows)


def test_one_bad_file_makes_status_1_and_does_not_spoil_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "hỏng.pdf"
    bad.write_bytes(b"%PDF-1.7 nothing")
    rows = facts(bad, write(tmp_path / "a.pdf"), tmp_path / "none.pdf", status=1)
    assert [row["pages"] for row in rows] == [None, 1, None]
    assert [row["sha256"] is None for row in rows] == [True, False, True]
    for row in (rows[0], rows[2]):
        assert Path(row["file"]).name in row["problem"]
        assert row["problem"].endswith(".") and "\n" not in row["problem"]


def test_a_secret_file_leaves_neither_hash_nor_picture(tmp_path: Path) -> None:
    good, pictures = write(tmp_path / "a.pdf"), tmp_path / "pictures"
    rows = facts(resource("sample", "secret", "bao-cao.pdf"), good, "--picture", pictures, status=1)
    assert [(row["sha256"] is None, row["pages"]) for row in rows] == [(True, None), (False, 1)]
    assert rows[0]["secrecy"] in {"mat", "toi_mat", "tuyet_mat"}
    assert [path.name for path in pictures.iterdir()] == ["002-a.png"]


def test_words_are_the_same_however_they_were_composed(tmp_path: Path) -> None:
    text = "Ủy ban nhân dân xã"
    files = [
        write(tmp_path / f"{form}.pdf", unicodedata.normalize(form, text))
        for form in ("NFC", "NFD")
    ]
    assert [row["words"] for row in facts(*files, status=0)] == [5, 5]


def test_a_call_without_a_file_is_wrong() -> None:
    run("--json", status=2)
    run("--picture", status=2)


def test_ten_scans_of_the_same_name_get_a_picture_each(tmp_path: Path) -> None:
    files = []
    for number in range(3):
        (tmp_path / str(number)).mkdir()
        files.append(shutil.copy(write(tmp_path / "a.pdf"), tmp_path / str(number) / "a.pdf"))
    facts(*files, "--picture", tmp_path / "pictures", status=0)
    assert len(list((tmp_path / "pictures").iterdir())) == 3


@pytest.mark.timeout(300)
def test_the_corpus_is_met_as_its_manifest_says(corpus: Path) -> None:
    """Pages as listed, or one sentence; what is met otherwise has its reason here."""
    listed = {}
    for line in (corpus / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, _, _, _, pages, special, *_ = line.split("\t")
        if name.startswith("pdf/") and name.endswith(".pdf"):
            listed[str(corpus / name)] = (pages, special)
    rows = facts(*listed, status=1)
    odd = [
        f"{Path(row['file']).name}: {row['pages']}, {row['problem']}"
        for row in rows
        if not _is_as_listed(row, *listed[row["file"]])
    ]
    assert odd == []
    assert len(rows) > 200
    assert max(row["seconds"] for row in rows) < 30


# No engine shows a single page of these, or they do not begin as a PDF does.
NOTHING_TO_SEE = {
    "pdfium_bug_216.pdf", "pdfium_bug_544880.pdf", "qpdf_fuzz_4720043549327360.pdf",
    "qpdf_fuzz_69977b.pdf",
}  # fmt: skip


def _is_as_listed(row: dict[str, Any], pages: str, special: str) -> bool:
    if row["pages"] is None:
        is_locked = "encrypt" in special and "empty user password" not in special
        is_nothing = pages in ("", "0") or Path(row["file"]).name in NOTHING_TO_SEE
        return bool(row["problem"]) and row["sha256"] is None and (is_locked or is_nothing)
    return row["problem"] is None and str(row["pages"]) == pages and bool(row["sha256"])


def test_a_place_where_no_pictures_can_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "in the way").touch()
    run(write(tmp_path / "a.pdf"), "--picture", tmp_path / "in the way" / "x", status=1)
