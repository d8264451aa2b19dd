"""The chair's private notes: kept at every press, on this computer and in the own backup only."""

from pathlib import Path

import pytest
from quiet_office import QuietDesk, QuietOffice

from meetingroom.services.cue_notes import CueNotes
from meetingroom.services.marking import Marking
from meetingroom.services.personal_backup import PersonalBackup
from meetingroom.store import personal
from meetingroom.store.keys import verify

WORDS = "mưa rừng Tây Bắc"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys made in no time."""
    real = personal.Recipe
    monkeypatch.setattr(personal, "Recipe", lambda salt: real(salt=salt, cost=16))


def notes(desk: QuietDesk, office: QuietOffice) -> dict[str, str]:
    return CueNotes(desk.desk).read(office.meeting).result(10)


def typed(desk: QuietDesk, office: QuietOffice, words: str, item: str = "i") -> None:
    """Every press of a key, and then wait for the last."""
    cues = CueNotes(desk.desk)
    futures = [cues.keep(office.meeting, item, words[:n]) for n in range(1, len(words) + 1)]
    futures[-1].result(10)


def test_what_was_typed_last_is_there_after_the_program_is_killed(office, a) -> None:
    typed(a, office, "Mời đồng chí Hiền phát biểu trước")
    a.log.close()  # as a crash: nothing is said to anybody
    a.start()
    assert notes(a, office) == {"i": "Mời đồng chí Hiền phát biểu trước"}


def test_a_note_that_is_emptied_is_gone_and_items_have_their_own(office, a) -> None:
    typed(a, office, "một", "i")
    typed(a, office, "cả cuộc họp", "")
    CueNotes(a.desk).keep(office.meeting, "i", "  ").result(10)
    assert notes(a, office) == {"": "cả cuộc họp"}


def test_nothing_of_it_is_a_record_or_sent(office, a) -> None:
    before = a.desk.log.own_records()
    typed(a, office, "không ai thấy")
    assert a.desk.log.own_records() == before and a.desk.outgoing() == []


def test_notes_come_back_from_the_own_backup_and_make_a_new_one_due(office, a, tmp_path) -> None:
    backup = PersonalBackup(a.desk, Marking(a.desk), personal, verify)
    _, key = backup.back_up(tmp_path, WORDS)
    assert backup.keep_up(tmp_path, key) is None
    typed(a, office, "nhắc về vốn")
    made = backup.keep_up(tmp_path, key)
    assert made is not None and backup.keep_up(tmp_path, key) is None
    new = office.desk_of(a.principal)
    PersonalBackup(new.desk, Marking(new.desk), personal, verify).restore(Path(made.file), WORDS)
    assert notes(new, office) == {"i": "nhắc về vốn"}


def test_notes_go_with_a_meeting_that_is_for_this_person_no_more(office, a) -> None:
    cues = CueNotes(a.desk)
    cues.keep(office.meeting, "i", "riêng").result(10)
    office.issue(people=())
    a.take()
    assert a.desk.meeting(office.meeting) is None
    assert cues.read(office.meeting).result(10) == {}
