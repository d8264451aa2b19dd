"""A folder's meeting belongs to a body of the office, named as people name it."""

from pathlib import Path

import pytest

from meetingroom.domain.directory import Directory
from meetingroom.domain.errors import CallError
from meetingroom.domain.facts import BodySet, PersonSet
from meetingroom.services.folder_meeting import read_folder

ME = "person-s"


def office(*bodies: str) -> Directory:
    rows = {key: BodySet(body=key, name=f"{key.upper()} xã Mẫu") for key in bodies}
    person = PersonSet(person=ME, name="Lan", rights=("secretary",))
    return Directory(people={ME: person}, bodies=rows)


def body_of(folder: Path, words: str, directory: Directory) -> str:
    lines = ('title = "Họp"', f'body = "{words}"', "starts_at = 2026-11-26", 'chair = "Lan"')
    (folder / "meeting.toml").write_text("\n".join(lines), encoding="utf-8")
    return read_folder(folder, directory, ME).draft.body


@pytest.mark.parametrize("words", ["ubnd", "UBND", "ubnd xã mẫu"])
def test_a_body_is_named_by_id_or_name(tmp_path, words) -> None:
    assert body_of(tmp_path, words, office("ubnd", "hdnd")) == "ubnd"


def test_the_only_body_of_a_secretary_needs_no_name(tmp_path) -> None:
    assert body_of(tmp_path, "", office("ubnd")) == "ubnd"


def test_an_unknown_body_is_told_with_those_there_are(tmp_path) -> None:
    with pytest.raises(CallError) as told:
        body_of(tmp_path, "Hội Nông dân", office("ubnd", "hdnd"))
    assert told.value.code == "body.unknown"
    assert "UBND xã Mẫu, HDND xã Mẫu" in told.value.fields["choices"]


def test_without_bodies_the_words_stay_as_they_are(tmp_path) -> None:
    assert body_of(tmp_path, "UBND", office()) == "UBND"
