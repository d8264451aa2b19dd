"""The corpus of real meeting links: the score is printed, and as good as was asked for."""

import csv
from datetime import date
from pathlib import Path

import pytest

from meetingroom.domain.invitation import Finding, Letter, Part
from meetingroom.invitations.reading import read_letter

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def rows(corpus: Path) -> list[dict[str, str]]:
    with (corpus / "invitations" / "meeting_links.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def found(rows: list[dict[str, str]]) -> dict[str, tuple[Finding, ...]]:
    return {row["id"]: findings(_real(row["text"])) for row in rows}


def findings(text: str) -> tuple[Finding, ...]:
    return read_letter(Letter(parts=(Part(text=text),)), TODAY)


def _real(text: str) -> str:
    """The text with the table's own escapes undone."""
    parts = [part.replace("\\n", "\n").replace("\\r", "\r") for part in text.split("\\\\")]
    return "\\".join(parts)


def _told(rows, found, *fields: str) -> float:
    wrong = []
    for row in rows:
        asked = tuple(row[name] for name in fields)
        got = [tuple(getattr(one, name) or "" for name in fields) for one in found[row["id"]]]
        is_none = row["service"] == "none"
        if got != ([] if is_none else [asked]):
            wrong.append((row["id"], asked, got))
    share = 1 - len(wrong) / len(rows)
    print(f"{' and '.join(fields)}: {len(rows) - len(wrong)}/{len(rows)} = {share:.1%}", *wrong)
    return share


def test_service_and_link_are_right_in_the_whole_corpus(rows, found):
    assert _told(rows, found, "service", "url") == 1


def test_id_and_passcode_are_right_in_the_corpus(rows, found):
    assert _told(rows, found, "meeting_id") >= 0.95
    assert _told(rows, found, "passcode") >= 0.95


def test_no_link_of_the_corpus_is_warned_of(rows, found):
    assert [(name, one.warnings) for name, row in found.items() for one in row if one.warnings] == [
    ]  # fmt: skip


def test_escapes_left_as_they_are_in_the_table_change_nothing(rows, found):
    for row in rows:
        raw = [(one.service, one.url) for one in findings(row["text"])]
        assert raw == [(one.service, one.url) for one in found[row["id"]]], row["id"]


def test_every_field_tells_where_it_was_read(rows, found):
    for row in rows:
        for one in found[row["id"]]:
            assert one.source is not None
            for name in ("service", "url", "meeting_id", "passcode"):
                if getattr(one, name):
                    assert one.spots[name].text, (row["id"], name)
