"""Opinions and answers as tables for Excel."""

import csv
from pathlib import Path

from quiet_office import QuietOffice

from meetingroom.exports import export_marks
from meetingroom.services.opinions import Opinions, Unsent
from meetingroom.wording import choose_language


def rows_of(files: list[str], name: str) -> list[list[str]]:
    path = next(Path(file) for file in files if file.endswith(f"{name}.csv"))
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_opinions_and_answers_are_written_with_who_did_not_answer(
    office: QuietOffice, a, tmp_path
) -> None:
    choose_language("en")
    said = Unsent(text="=Nên làm", item="i", audience=("secretary",))
    Opinions(a.desk).give(office.meeting, said).result(10)
    mine = Opinions(office.secretary.desk)
    people, due = ("person-a", "person-b"), "2020-11-25T10:00:00+07:00"
    asked = mine.ask(office.meeting, "Có nên?", people, due, choices=("yes", "no")).result(10)
    office.sync()
    Opinions(a.desk).reply(office.meeting, asked, "yes", "Nên").result(10)
    office.sync()
    desk = office.secretary.desk
    out = export_marks(desk, desk.meetings[office.meeting], tmp_path / "out", {"opinions"})
    opinions, answers = (rows_of(out["files"], f"Họp - {word}") for word in
                         ("Opinions", "Written consultation"))  # fmt: skip
    assert opinions[1][:4] == ["Item 1. Một", "person-a", "'=Nên làm", "The secretary"]
    assert [(row[2], row[3], row[6]) for row in answers[1:]] == [
        ("person-a", "yes", "after the day it was due"), ("person-b", "", "Not answered yet"),
    ]  # fmt: skip


def test_where_nothing_was_said_no_file_is_written(office: QuietOffice, tmp_path) -> None:
    desk = office.secretary.desk
    out = export_marks(desk, desk.meetings[office.meeting], tmp_path / "out", {"opinions"})
    assert out["files"] == []
