"""A person's marks outlive the laptop: backed up on one, brought back on the next."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from quiet_office import NOTE, QuietDesk, QuietOffice, content

from meetingroom.domain.errors import CallError, StoreError
from meetingroom.domain.facts import DeviceRevoked
from meetingroom.domain.records import read_head
from meetingroom.services.hidden_people import HiddenPeople
from meetingroom.services.marking import Marking, Put
from meetingroom.services.personal_backup import PersonalBackup, Restored
from meetingroom.services.reading import Place, Reading
from meetingroom.services.unsent_words import UnsentWords
from meetingroom.store import personal
from meetingroom.store.keys import verify

WORDS = "mưa rừng Tây Bắc"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys made in no time: how dear they are is not what is tested here."""
    real = personal.Recipe
    monkeypatch.setattr(personal, "Recipe", lambda salt: real(salt=salt, cost=16))


def put(desk: QuietDesk, office: QuietOffice, text: str, *audience: str) -> str:
    place = ("open", office.blob("open"), 0)
    return desk.marking.put(office.meeting, *place, content(text, *audience)).result()


def with_services(desk: QuietDesk) -> QuietDesk:
    desk.marking = Marking(desk.desk)
    desk.backup = PersonalBackup(desk.desk, desk.marking, personal, verify)
    return desk


@pytest.fixture
def old(a: QuietDesk) -> QuietDesk:
    """The old laptop of person-a."""
    return with_services(a)


@pytest.fixture
def new(office: QuietOffice) -> QuietDesk:
    """The next laptop of the same person, enrolled again."""
    return with_services(office.desk_of("person-a"))


def backed_up(desk: QuietDesk, folder: Path) -> Path:
    made, _ = desk.backup.back_up(folder, WORDS)
    return Path(made.file)


def seen(desk: QuietDesk, office: QuietOffice) -> dict[str, tuple[str, int, str]]:
    marks = desk.desk.meeting(office.meeting).marks
    return {key: (mark.text, mark.revision, mark.at) for key, mark in marks.items()}


def test_private_marks_come_back_as_they_were_signed_and_timed(office, old, new, tmp_path) -> None:
    kept = put(old, office, "một")
    old.marking.change(office.meeting, kept, content("một, sửa lại")).result()
    gone = put(old, office, "hai")
    old.marking.remove(office.meeting, gone).result()
    before = seen(old, office)
    restored = new.backup.restore(backed_up(old, tmp_path), WORDS)
    assert (restored.records, restored.already, restored.meetings) == (4, 0, 1)
    assert seen(new, office) == before
    devices = {read_head(row.record).device for row in new.log.own_records()}
    assert devices == {old.folder.name}
    assert new.desk.waiting() == 0


def test_restoring_again_or_on_the_same_laptop_doubles_nothing(office, old, new, tmp_path) -> None:
    put(old, office, "một")
    file = backed_up(old, tmp_path)
    for desk, expected in ((old, (0, 1)), (new, (1, 0)), (new, (0, 1))):
        restored = desk.backup.restore(file, WORDS)
        assert (restored.records, restored.already) == expected
    assert len(seen(new, office)) == 1


def test_it_is_all_there_after_a_restart(office, old, new, tmp_path) -> None:
    put(old, office, "một")
    new.backup.restore(backed_up(old, tmp_path), WORDS)
    new.stop()
    new.start()
    assert [text for text, *_ in seen(new, office).values()] == ["một"]


def test_undo_and_places_come_along(office, old, new, tmp_path) -> None:
    mark = put(old, office, "một")
    old.marking.change(office.meeting, mark, content("hai")).result()
    old_place = Place(paper="open", pages={"open": 7})
    Reading(old.desk).keep_place(office.meeting, old_place).result()
    assert not new.marking.can_undo(office.meeting)
    new.backup.restore(backed_up(old, tmp_path), WORDS)
    assert Reading(new.desk).place(office.meeting) == old_place
    assert new.marking.undo(office.meeting).result()
    assert [text for text, *_ in seen(new, office).values()] == ["một"]


def test_a_place_and_a_history_of_the_new_laptop_stay(office, old, new, tmp_path) -> None:
    put(old, office, "cũ")
    put(new, office, "mới")
    Reading(old.desk).keep_place(office.meeting, Place(paper="open")).result()
    Reading(new.desk).keep_place(office.meeting, Place(paper="closed")).result()
    new.backup.restore(backed_up(old, tmp_path), WORDS)
    assert Reading(new.desk).place(office.meeting).paper == "closed"
    assert new.marking.undo(office.meeting).result()
    assert [text for text, *_ in seen(new, office).values()] == ["cũ"]


def test_a_shared_mark_the_hub_never_got_goes_out_from_the_new_laptop(
    office, old, new, tmp_path
) -> None:
    put(old, office, "gửi thư ký", "secretary")  # and the laptop is lost before it was sent
    new.backup.restore(backed_up(old, tmp_path), WORDS)
    assert new.desk.waiting() == 1
    new.sync()
    office.secretary.take()
    marks = office.secretary.desk.meeting(office.meeting).marks.values()
    assert [mark.text for mark in marks] == ["gửi thư ký"]


def test_a_shared_mark_the_hub_got_meanwhile_is_not_sent_again(office, old, new, tmp_path) -> None:
    put(old, office, "gửi thư ký", "secretary")
    file = backed_up(old, tmp_path)
    office.sync()
    new.take()
    assert new.backup.restore(file, WORDS) == Restored(
        records=0, already=1, meetings=0, made=new.backup._opened(file, WORDS).made
    )
    assert new.desk.waiting() == 0


def test_a_revoked_laptops_marks_are_still_its_persons(office, old, new, tmp_path) -> None:
    put(old, office, "một")
    file = backed_up(old, tmp_path)
    revoked = DeviceRevoked(device=old.folder.name)
    office.secretary.desk.write("office", revoked)
    office.secretary.sync()
    new.take()
    new.backup.restore(file, WORDS)
    assert [text for text, *_ in seen(new, office).values()] == ["một"]


def test_words_whose_signature_cannot_be_checked_are_kept_signed_anew(
    office, old, new, tmp_path
) -> None:
    mark = put(old, office, "một")
    stranger = PersonalBackup(new.desk, new.marking, personal, lambda *_: False)
    stranger.restore(backed_up(old, tmp_path), WORDS)
    (kept,) = new.log.own_records()
    assert read_head(kept.record).device == new.folder.name
    assert seen(new, office)[mark][:2] == ("một", 1)
    assert new.backup.restore(backed_up(old, tmp_path), WORDS).records == 0


def test_another_persons_backup_is_not_used(office, old, tmp_path) -> None:
    other = with_services(office.desk_of("person-b"))
    put(old, office, "một")
    with pytest.raises(StoreError, match=r"backup\.other_person"):
        other.backup.restore(backed_up(old, tmp_path), WORDS)


@pytest.mark.parametrize("words", ["", "ngắn", "          "])
def test_a_short_passphrase_is_refused(old, tmp_path, words: str) -> None:
    with pytest.raises(CallError, match=r"passphrase\.short"):
        old.backup.back_up(tmp_path, words)
    assert list(tmp_path.glob("*.marks")) == []


def test_nothing_is_brought_back_with_a_wrong_passphrase(office, old, new, tmp_path) -> None:
    put(old, office, "một")
    with pytest.raises(StoreError, match=r"backup\.wrong_passphrase"):
        new.backup.restore(backed_up(old, tmp_path), "mưa rừng đông bắc")
    assert new.log.own_records() == []


def test_a_record_that_was_altered_inside_is_refused_whole(office, old, new, tmp_path) -> None:
    put(old, office, "một")
    put(old, office, "hai")
    inside = old.backup._collected("2026-01-01T00:00:00Z")
    first = msgspec.structs.replace(inside.private[0], payload="{}")
    forged = msgspec.structs.replace(inside, private=[inside.private[1], first])
    file = tmp_path / "forged.marks"
    personal.write(file, msgspec.msgpack.encode(forged), personal.new_key(WORDS))
    with pytest.raises(StoreError, match=r"backup\.damaged"):
        new.backup.restore(file, WORDS)
    assert new.log.own_records() == []


def test_it_keeps_itself_up_to_date_only_where_something_is_new(office, old, tmp_path) -> None:
    put(old, office, "một")
    _, key = old.backup.back_up(tmp_path, WORDS)
    assert old.backup.keep_up(tmp_path, key) is None
    put(old, office, "hai")
    assert old.backup.keep_up(tmp_path / "a stick taken out", key) is None
    made = old.backup.keep_up(tmp_path, key)
    assert made is not None and made.is_by_itself
    assert old.backup.last() == made
    assert old.backup.keep_up(tmp_path, key) is None


def test_only_the_newest_of_those_made_by_itself_are_kept(office, old, new, tmp_path) -> None:
    _, key = old.backup.back_up(tmp_path, WORDS)
    days = (datetime(2026, 3, day, tzinfo=UTC) for day in range(1, 30))
    daily = PersonalBackup(old.desk, old.marking, personal, verify, lambda: next(days))
    for number in range(7):
        put(old, office, str(number))
        daily.keep_up(tmp_path, key)
    made = sorted(tmp_path.glob("*-auto.marks"))
    assert len(made) == 5
    assert len(list(tmp_path.glob("*.marks"))) == 6
    assert new.backup.restore(made[-1], WORDS).records == 7


def place(desk: QuietDesk, office: QuietOffice, mark: str, page: int) -> None:
    """Put a mark by hand on the newest version of its paper."""
    blob = office.folded().papers["open"].current.blob
    put = Put(mark=mark, blob=blob, page=page, shape=NOTE)
    desk.marking.place(office.meeting, [put]).result()


def stands(desk: QuietDesk, office: QuietOffice, mark: str) -> list[tuple[int, str]]:
    places = desk.desk.meeting(office.meeting).marks[mark].stands.values()
    return [(place.page, place.certainty) for place in places]


def test_where_a_shared_mark_was_put_offline_comes_back_though_the_hub_has_the_mark(
    office, old, new, tmp_path
) -> None:
    mark = put(old, office, "một", "secretary")
    old.marking.change(office.meeting, mark, content("hai", "secretary")).result()
    office.issue(office.paper("open", content="hai", version=2))
    new.take()
    place(old, office, mark, 5)
    new.backup.restore(backed_up(old, tmp_path), WORDS)
    assert stands(new, office, mark) == [(5, "placed")]
    new.sync()
    office.secretary.take()
    assert stands(office.secretary, office, mark) == [(5, "placed")]


def test_a_later_backup_brings_what_an_earlier_one_had_not(office, old, new, tmp_path) -> None:
    mark = put(old, office, "một")
    old.marking.change(office.meeting, mark, content("hai")).result()
    new.backup.restore(backed_up(old, tmp_path), WORDS)
    office.issue(office.paper("open", content="hai", version=2))
    place(old, office, mark, 5)
    later = tmp_path / "later"
    later.mkdir()
    new.backup.restore(backed_up(old, later), WORDS)
    assert stands(new, office, mark) == [(5, "placed")]


def test_a_place_that_is_newer_here_stays(office, old, new, tmp_path) -> None:
    mark = put(old, office, "một")
    office.issue(office.paper("open", content="hai", version=2))
    place(old, office, mark, 5)
    stranger = PersonalBackup(new.desk, new.marking, personal, lambda *_: False)
    stranger.restore(backed_up(old, tmp_path), WORDS)
    place(new, office, mark, 7)
    assert stranger.restore(backed_up(old, tmp_path), WORDS).records == 0
    assert stands(new, office, mark) == [(7, "placed")]


def test_whom_a_mark_was_shared_with_before_is_still_known(office, old, new, tmp_path) -> None:
    shared = put(old, office, "một", "everyone")
    office.sync()
    mark = old.marking.change(office.meeting, shared, content("một")).result()
    new.take()
    new.backup.restore(backed_up(old, tmp_path), WORDS)
    (share,) = new.marking.past.of(office.meeting, mark)
    assert (share.mark, share.audience) == (shared, ("everyone",))
    assert new.marking.past.stands_for(new.desk.meeting(office.meeting)) == {shared: mark}
    new.stop()
    new.start()
    assert Marking(new.desk).past.of(office.meeting, mark) == (share,)


def test_what_was_being_written_and_whose_marks_are_hidden_come_along(
    office, old, new, tmp_path
) -> None:
    mark = put(old, office, "một")
    UnsentWords(old.desk).keep({(mark, "words"): "một và"}).result()
    HiddenPeople(old.desk).keep(frozenset({"person-b"})).result()
    new.backup.restore(backed_up(old, tmp_path), WORDS)
    assert UnsentWords(new.desk).read().result() == {(mark, "words"): "một và"}
    assert HiddenPeople(new.desk).read().result() == {"person-b"}


def test_words_the_hub_refused_are_kept_and_not_sent_again(office, old, new, tmp_path) -> None:
    mark = put(old, office, "một", "person-x")
    old.sync()
    refused = old.desk.meeting(office.meeting).marks[mark]
    assert refused.refusal == "malformed"
    file = backed_up(old, tmp_path)
    assert new.backup.restore(file, WORDS).records == 1
    kept = new.desk.meeting(office.meeting).marks[mark]
    assert (kept.text, kept.refusal) == ("một", "malformed")
    assert new.desk.waiting() == 0
    assert new.backup.restore(file, WORDS).records == 0
    new.stop()
    new.start()
    assert new.desk.meeting(office.meeting).marks[mark].refusal == "malformed"
