"""`meetingroom invitation`: the online meetings of letters, as facts and as words."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from meetingroom import wording
from meetingroom.cli import main

LETTER = """UBND TỈNH LÀO CAI
GIẤY MỜI
Kính mời dự họp trực tuyến hồi 08 giờ 00', ngày 25/11/2026.
Đường link tham dự: https://us06web.zoom.us/j/81234567890?pwd=aBcD.1
ID cuộc họp: 812 3456 7890
Mật khẩu: 246810
"""
KEYS = [
    "service", "url", "meeting_id", "passcode", "starts_at", "title", "organiser", "site",
    "contact", "warnings", "source",
]  # fmt: skip


def run(*arguments: str, status: int = 0, stdin: str | None = None) -> str:
    result = CliRunner().invoke(main, ["invitation", *arguments], input=stdin)
    assert result.exit_code == status, result.output
    return result.stdout


def test_the_facts_of_a_letter_have_the_keys_that_were_promised(tmp_path):
    file = tmp_path / "thu.txt"
    file.write_text(LETTER, encoding="utf-8")
    [row] = json.loads(run(str(file), "--json"))
    assert list(row) == ["file", "problem", "findings"]
    assert (row["file"], row["problem"]) == (str(file), None)
    [finding] = row["findings"]
    assert list(finding) == KEYS
    assert finding["service"] == "zoom"
    assert finding["url"] == "https://us06web.zoom.us/j/81234567890?pwd=aBcD.1"
    assert (finding["meeting_id"], finding["passcode"]) == ("812 3456 7890", "246810")
    assert finding["starts_at"] == "2026-11-25T08:00:00+07:00"
    assert finding["warnings"] == []
    assert set(finding["source"]) == {"page", "text"}


def test_a_letter_without_a_meeting_is_no_problem(tmp_path):
    file = tmp_path / "thuong.txt"
    file.write_text("Tải tài liệu tại https://example.vn/tai-lieu\n", encoding="utf-8")
    [row] = json.loads(run("--json", str(file)))
    assert row == {"file": str(file), "problem": None, "findings": []}


def test_files_are_answered_in_the_order_asked_and_one_at_fault_gives_status_1(tmp_path):
    good = tmp_path / "b.txt"
    good.write_text(LETTER, encoding="utf-8")
    absent = tmp_path / "a.txt"
    rows = json.loads(run(str(good), str(absent), str(good), "--json", status=1))
    assert [row["file"] for row in rows] == [str(good), str(absent), str(good)]
    assert [bool(row["problem"]) for row in rows] == [False, True, False]
    assert rows[1]["findings"] == []


def test_a_dash_reads_what_is_piped_in():
    [row] = json.loads(run("-", "--json", stdin=LETTER))
    assert row["file"] == "-"
    assert row["findings"][0]["passcode"] == "246810"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_words_say_what_was_found_and_what_to_be_careful_of(tmp_path, language):
    wording.choose_language(language)
    file = tmp_path / "thu.txt"
    file.write_text(LETTER.replace("https:", "http:"), encoding="utf-8")
    words = run(str(file))
    assert "812 3456 7890" in words
    assert "https://" in words.splitlines()[-2]
    assert {"vi": "Lưu ý", "en": "Careful"}[language] in words


def test_words_tell_the_time_as_people_write_it(tmp_path):
    letter = tmp_path / "thu.txt"
    letter.write_text(LETTER, encoding="utf-8")
    assert "08:00, 25/11/2026\n" in run(str(letter))


def test_a_week_as_a_ruled_table_in_a_pdf_gives_its_meetings_and_nothing_else_is_said(tmp_path):
    import pymupdf

    from meetingroom.resources import resource

    rows = (
        ("Thứ", "Giờ", "Nội dung", "Địa điểm"),
        ("Thứ Hai 23/11", "8h00", "Họp giao ban", "Phòng họp"),
        ("Thứ Ba 24/11", "14h00", "Họp trực tuyến với tỉnh", "Điểm cầu xã"),
    )
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_font(
            fontname="F0", fontfile=str(resource("fonts", "BeVietnamPro_400Regular.ttf"))
        )
        page.insert_text((150, 60), "LỊCH CÔNG TÁC TUẦN (từ ngày 23/11/2026)", fontname="F0")
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                page.draw_rect((50 + 120 * x, 100 + 40 * y, 170 + 120 * x, 140 + 40 * y))
                page.insert_text((53 + 120 * x, 115 + 40 * y), cell, fontname="F0", fontsize=9)
        document.save(tmp_path / "tuan.pdf")
    done = subprocess.run(
        [sys.executable, "-m", "meetingroom", "invitation", str(tmp_path / "tuan.pdf"), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    [row] = json.loads(done.stdout)
    assert [one["title"] for one in row["findings"]] == ["Họp giao ban", "Họp trực tuyến với tỉnh"]
