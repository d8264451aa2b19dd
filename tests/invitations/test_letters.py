"""The letters beside the table: whole, of every kind, and read as well as the figures ask."""

import tomllib
from pathlib import Path

import pytest
import scoring

HERE = Path(__file__).parent
SERVICES = HERE.parents[1] / "resources" / "services.toml"


def test_the_table_asks_for_every_kind_of_letter() -> None:
    rows = scoring.read_rows(HERE)
    kinds = {Path(row.letter).suffix for row in rows}
    assert {".txt", ".eml", ".ics", ".html", ".docx", ".pdf", ".png", ".msg"} <= kinds
    assert {row.service for row in rows} >= {"zoom", "teams", "webex", "null", "none"}


@pytest.mark.parametrize(
    "place", [HERE, HERE / "kept_back", HERE / "fresh", HERE / "last"], ids=lambda one: one.name
)
def test_every_letter_of_a_table_can_be_made_and_none_is_left_over(
    place: Path, tmp_path: Path
) -> None:
    rows = scoring.read_rows(place)
    written = scoring.write_letters(place, rows, tmp_path)
    assert all(path.stat().st_size > 20 for path in written)
    stems = {path.stem for path in written}
    assert {path.stem for path in (place / "letters").iterdir()} == stems


def test_the_table_names_services_as_the_data_file_does() -> None:
    known = {row["name"] for row in tomllib.loads(SERVICES.read_text("utf-8"))["service"]}
    allowed = known | {"", "?", "other", "null", "none", "vnpt", "viettel", "zalo", "zalo_meet"}
    named = {name for row in scoring.read_rows(HERE) for name in row.service.split("|")}
    assert named <= allowed, named - allowed


def test_a_wrong_answer_costs_its_figure() -> None:
    row = scoring.Row("a.txt", "", "zoom", "https://zoom.us/j/1", "1", "2", "2026-12-01T08:00",
                      "Họp", "")  # fmt: skip
    right = {"service": "zoom", "url": "https://zoom.us/j/1", "meeting_id": "1", "passcode": "2",
             "starts_at": "2026-12-01T08:00:00+07:00", "title": "Họp", "warnings": []}  # fmt: skip
    wrong = dict.fromkeys(right) | {"url": "https://zoom.us/j/2", "warnings": ["shortener"]}
    best = scoring.scored([row], [{"file": "a.txt", "findings": [right]}])
    worst = scoring.scored([row], [{"file": "a.txt", "findings": [wrong]}])
    assert not any(best.wrong.values())
    assert {name for name, cases in worst.wrong.items() if cases} == {
        "service and link", "meeting ID", "passcode", "date and time", "title",
        "no false link", "no warning on a good one",
    }  # fmt: skip
