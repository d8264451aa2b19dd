"""Names of exported files, and what an exporter may read."""

import unicodedata
from datetime import datetime
from pathlib import Path

import pymupdf
import pytest

from meetingroom.documents.annotations import write_annotated_pdf
from meetingroom.domain.errors import RefusedError
from meetingroom.domain.facts import PaperPut
from meetingroom.domain.paper import ExportedMark
from meetingroom.domain.records import moment_of
from meetingroom.exports import Names, export_marks, safe_name, save_copy
from meetingroom.services.collecting import table_header, table_row
from real_office import (
    CHAIR,
    OFFICIAL,
    an_office,
    first_paper,
    has_papers,
    issue,
    meeting_of,
    note,
    texts,
    wait_until,
    write_pdf,
)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Báo cáo 6/2026: thu, chi?", "Báo cáo 6-2026- thu, chi-"),
        ("..\\..\\tài liệu", "-..-tài liệu"),
        ("dòng một\ndòng hai\t", "dòng một-dòng hai-"),
        ("  . ", "meeting"),
        ("CON", "_CON"),
        ("lpt1.tài liệu", "_lpt1.tài liệu"),
        (unicodedata.normalize("NFD", "Ủy ban"), "Ủy ban"),
    ],
)
def test_a_title_becomes_a_name_every_system_takes(title: str, name: str) -> None:
    assert safe_name(title) == name


def test_a_very_long_vietnamese_title_fits_and_keeps_its_ending(tmp_path: Path) -> None:
    name = Names().take("Ủ" * 400, " phiên bản 1")
    assert name.endswith("Ủ phiên bản 1")
    (tmp_path / f"{name}.pdf.new").touch()


def test_no_two_names_are_alike() -> None:
    names = Names()
    taken = [names.take(title) for title in ("Báo cáo", "báo cáo", "BÁO CÁO", "Báo cáo (2)")]
    assert taken == ["Báo cáo", "báo cáo (2)", "BÁO CÁO (3)", "Báo cáo (2) (2)"]
    long = [names.take("ẫ" * 400 + str(number)) for number in range(3)]
    assert len(set(long)) == 3


def test_everybody_exports_what_that_person_may_read(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        hub = office.start_hub()
        secretary = office.secretary()
        official = office.newcomer(secretary, OFFICIAL, tmp_path / "official")
        chair = office.newcomer(secretary, CHAIR, tmp_path / "chair")
        meeting = issue(secretary, [write_pdf(tmp_path / "a.pdf")])
        for home in (official, chair):
            wait_until(lambda home=home: has_papers(home, meeting))
        marks = {"me": "riêng tôi", "secretary": "gửi thư ký", "chair": "gửi chủ tọa",
                 "everyone": "gửi mọi người"}  # fmt: skip
        for audience, text in marks.items():
            note(official, meeting, text, (audience,))
        wait_until(lambda: len(texts(secretary, meeting)) == 2)
        wait_until(lambda: len(texts(chair, meeting)) == 2)
        for home, missing in (
            (secretary, {"me", "chair"}), (chair, {"me", "secretary"}), (official, {"me"}),
        ):  # fmt: skip
            out = tmp_path / f"out of {home.desk.person}"
            written = export_marks(home.desk, meeting_of(home, meeting), out, {"xfdf", "csv"})
            assert written["marks"] == len(marks) - len(missing)
            kept = b"".join(path.read_bytes() for path in out.iterdir()).decode()
            assert {word for word, text in marks.items() if text not in kept} == missing
        office.close()
        hub.stop()


def test_the_table_speaks_the_readers_language() -> None:
    mark = ExportedMark(
        id="m", author="Ai", paper="1.1 Báo cáo", page=2, kind="strikeout", text="", quote="thu",
        audience="Thư ký", at="2026-11-26T01:00:00.000Z", was_offline=True,
    )  # fmt: skip
    assert table_header()[:3] == ("Tài liệu", "Trang", "Người ghi")
    row = table_row(mark)
    assert len(row) == len(table_header())
    assert (row[3], row[-1]) == ("Gạch ngang", "ghi khi không có máy chủ")
    assert moment_of(mark.at) == datetime.fromisoformat(row[-2]).astimezone()


def test_a_copy_is_the_paper_itself_or_has_what_one_sees_on_it(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        hub = office.start_hub()
        secretary = office.secretary()
        source = write_pdf(tmp_path / "Báo cáo.pdf")
        meeting = issue(secretary, [source])
        note(secretary, meeting, "riêng tôi", ("me",))
        blob = first_paper(secretary, meeting).current.blob
        plain, marked = tmp_path / "a.pdf", tmp_path / "b.pdf"
        save_copy(secretary.desk, meeting, blob, plain)
        save_copy(secretary.desk, meeting, blob, marked, write_annotated_pdf)
        assert plain.read_bytes() == source.read_bytes()
        with pymupdf.open(marked) as document:
            page = document[0]
            assert [one.info["content"] for one in page.annots()] == ["riêng tôi"]
        office.close()
        hub.stop()


@pytest.mark.parametrize("handling", ["internal", "return"])
def test_what_may_not_be_copied_is_not(tmp_path: Path, handling: str) -> None:
    with an_office(tmp_path) as office:
        hub = office.start_hub()
        secretary = office.secretary()
        meeting = issue(secretary, [write_pdf(tmp_path / "Báo cáo.pdf")])
        paper = first_paper(secretary, meeting)
        now = paper.current
        fact = PaperPut(
            paper=paper.paper, item=paper.item, place=0, title=paper.title, handling=handling,
            file_name=now.file_name, blob=now.blob, size=now.size, pages=now.pages,
        )  # fmt: skip
        secretary.desk.run(lambda: secretary.desk.write(meeting, fact)).result()
        target = tmp_path / "a.pdf"
        with pytest.raises(RefusedError, match=handling):
            save_copy(secretary.desk, meeting, now.blob, target, write_annotated_pdf)
        assert not target.exists()
        office.close()
        hub.stop()


def test_a_damaged_paper_keeps_no_marks_on_others_back(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        hub = office.start_hub()
        secretary = office.secretary()
        damaged = tmp_path / "Tờ trình.pdf"
        damaged.write_bytes(b"%PDF-1.7 nothing more")
        meeting = issue(secretary, [damaged, write_pdf(tmp_path / "Báo cáo.pdf")])
        for paper in meeting_of(secretary, meeting).papers.values():
            note(secretary, meeting, paper.title, ("everyone",), paper)
        folded = meeting_of(secretary, meeting)
        written = export_marks(secretary.desk, folded, tmp_path / "out", {"pdf", "csv"})
        names = [Path(file).name for file in written["files"]]
        assert (names, written["missing"]) == (["1.2 Báo cáo.pdf", "Họp.csv"], ["1.1 Tờ trình.pdf"])
        assert "Tờ trình" in (tmp_path / "out" / "Họp.csv").read_text(encoding="utf-8")
        office.close()
        hub.stop()
