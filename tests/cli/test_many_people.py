"""A verb in an office of many people: what the hub has for it comes in several frames."""

from pathlib import Path

from verbs import call, facts, write_meeting, write_people

from real_office import HubProcess, free_port, write_pdf

MANY = 450  # more than two frames


def test_the_last_of_many_people_is_known_to_the_first_verb(tmp_path: Path) -> None:
    people, data = write_people(tmp_path / "people.csv"), tmp_path / "hub"
    rows = "\n".join(f"Đại biểu {number},,,,," for number in range(MANY))
    people.write_text(f"{people.read_text(encoding='utf-8')}\n{rows}", encoding="utf-8")
    call("office", "init", "--name", "Xã", "--people", people, "--port", free_port(), data=data)
    hub = HubProcess(data)
    hub.start()
    try:
        folder = write_meeting(tmp_path / "meeting", write_pdf(tmp_path / "a.pdf"))
        toml = folder / "meeting.toml"
        last = f'members = ["Nông Thị Hiền", "Đại biểu {MANY - 1}"]'
        words = toml.read_text(encoding="utf-8")
        toml.write_text(words.replace('members = ["Nông Thị Hiền"]', last), encoding="utf-8")
        assert facts("meeting", "issue", folder, data=data)["meeting"]
    finally:
        hub.stop()
