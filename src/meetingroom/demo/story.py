"""The whole story: an office is founded, a meeting issued, read, marked, led and collected."""

import json
import os
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

from meetingroom.assembly import found
from meetingroom.demo.hands import StoryError
from meetingroom.demo.troupe import PROGRAM, Player, free_port, start_hub, stop_hub
from meetingroom.resources import resource
from meetingroom.services.founding import Charter
from meetingroom.services.people_file import read_people_file, with_a_secretary
from meetingroom.settings import read_settings, write_settings

PIN = "2468"
REPORT, APPENDIX, BUDGET, PLAN, PROGRAMME = "2.1", "2.2", "3.1", "4.1", "1.1"
LINK_START = "https://"


@dataclass(frozen=True)
class Role:
    """One computer of the story."""

    key: str
    name: str
    kind: str = "desk"


ROLES = (
    Role("secretary", "Hương Giang"),
    Role("chair", "Hoàng Văn Páo"),
    Role("deputy", "Nông Thị Hiền"),
    Role("economy", "Lý A Sùng"),
    Role("display", "", "display"),
)
READERS = ("chair", "deputy", "economy")
# Who marks where: role, paper, page, kind, for whom, at which shares of the page, words.
MARKS: tuple[tuple[str, str, int, str, str, tuple[float, float], str], ...] = (
    ("deputy", REPORT, 3, "highlight", "secretary", (0.3, 0.30), ""),
    ("deputy", REPORT, 3, "note", "me", (0.85, 0.30), "Hỏi lại chị Quỳnh trước phiên họp."),
    ("deputy", REPORT, 5, "pen", "everyone", (0.3, 0.5), ""),
    ("economy", BUDGET, 2, "note", "chair", (0.8, 0.25), "Xin báo cáo riêng về nguồn dự phòng."),
    ("economy", PLAN, 1, "text", "everyone", (0.55, 0.7), "Đề nghị nêu rõ nguồn số liệu."),
    ("economy", PLAN, 1, "underline", "secretary", (0.3, 0.35), ""),
    ("chair", REPORT, 4, "strikeout", "everyone", (0.3, 0.4), ""),
    ("chair", PROGRAMME, 1, "text", "me", (0.5, 0.75), "Kết luận ngắn, không quá 10 phút."),
)


class Story:
    """Plays on processes of its own; `out` holds everything it makes.

    `size` is a window's, in its own units; `environment` goes to the window processes.
    """

    def __init__(
        self,
        out: Path,
        size: tuple[int, int],
        environment: dict[str, str],
        tell: Callable[[str, float], None],
        program: tuple[str, ...] = PROGRAM,
    ) -> None:
        self.out, self._size, self._environment, self._tell = out, size, environment, tell
        self._program = program
        self.home = out / "computers" / "secretary"
        self.players: dict[str, Player] = {}
        self.hub: subprocess.Popen[bytes] | None = None
        self.steps: list[dict[str, Any]] = []
        self._hands = ThreadPoolExecutor(len(ROLES), thread_name_prefix="story")
        self._sample = resource("sample")

    # --- the stage ------------------------------------------------------------------------

    def play(self) -> None:
        """From nothing to collected marks. Raises StoryError."""
        for step in (
            self._found, self._open_windows, self._enrol, self._prepare, self._refuse_secret,
            self._issue, self._receive, self._read, self._revise, self._mark, self._unlock,
            self._open_meeting, self._follow, self._turn_at_display, self._one_goes_alone,
            self._join_online, self._close_meeting, self._collect,
        ):  # fmt: skip
            with self._timed(step.__name__.strip("_")):
                step()
        self._write_story()

    def end(self) -> None:
        """Close the windows, then end the hub."""
        list(self._hands.map(lambda player: player.end(), self.players.values()))
        self.players.clear()
        if self.hub is not None:
            stop_hub(self.hub, self.home)
        self._hands.shutdown()

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        seconds = round(time.perf_counter() - start, 2)
        self.steps.append({"name": name, "seconds": seconds})
        self._tell(name, seconds)

    def _do(self, key: str, act: str, /, **given: Any) -> Any:
        return self.players[key].do(act, **given)

    def _all(self, keys: tuple[str, ...], act: str, /, **given: Any) -> list[Any]:
        return list(self._hands.map(lambda key: self._do(key, act, **given), keys))

    # --- steps ----------------------------------------------------------------------------

    def _found(self) -> None:
        office = tomllib.loads((self._sample / "office.toml").read_text(encoding="utf-8"))
        people = with_a_secretary(read_people_file(self._sample / "people.csv"))
        charter = Charter(
            name=office["name"],
            letterhead=tuple(office["letterhead"]),
            room_name=office["room"],
            people=tuple(people),
        )
        found(self.home, charter, port=free_port())
        for role in ROLES:
            folder = self.out / "computers" / role.key
            quick = replace(read_settings(folder), receipt_seconds=1.0)
            write_settings(folder, quick)
        self.hub = start_hub(self.home)

    def _open_windows(self) -> None:
        self.open_windows(self._size, self._environment)

    def open_windows(self, size: tuple[int, int], environment: dict[str, str]) -> None:
        """A window process for every role."""
        for role in ROLES:
            folder = self.out / "computers" / role.key
            self.players[role.key] = Player(
                role.key, role.kind, folder, size, environment, self._program
            )
        self._write_processes()
        for player in self.players.values():
            player.open()
            player.do("ready")

    def close_windows(self) -> None:
        """End the window processes; the hub runs on."""
        list(self._hands.map(lambda player: player.end(), self.players.values()))
        self.players.clear()

    def wait_for_windows(self) -> None:
        """Wait until somebody has closed every window."""
        for player in self.players.values():
            player.process.wait()

    def _write_processes(self) -> None:
        hub = [] if self.hub is None else [("hub", self.hub.pid, self.home)]
        windows = [(key, row.process.pid, row.folder) for key, row in self.players.items()]
        facts = [
            {"name": name, "pid": pid, "folder": str(folder)}
            for name, pid, folder in (*hub, *windows)
        ]
        _write_json(self.out / "processes.json", facts)

    def _enrol(self) -> None:
        address = f"127.0.0.1:{read_settings(self.home).hub_port}"
        for role in ROLES[1:]:
            code = self._do("secretary", "give_code", name=role.name)
            self._do(role.key, "join", code=code, address=address)
            self._do("secretary", "settle")

    def _prepare(self) -> None:
        folder = str(self._sample / "meeting")
        self._do("secretary", "start_draft", folder=folder)
        self._do("secretary", "write_agenda", folder=folder)
        self._do("secretary", "choose_people", folder=folder)

    def _refuse_secret(self) -> None:
        file = str(self._sample / "secret" / "bao-cao.pdf")
        if not self._do("secretary", "drop_secret", file=file):
            raise StoryError("a paper with a secrecy stamp was taken")

    def _issue(self) -> None:
        self._do("secretary", "issue")

    def _receive(self) -> None:
        self._all((*READERS, "display"), "receive", revision=1)
        self._do("secretary", "follow_up", people=len(READERS))

    def _read(self) -> None:
        self._all(READERS, "open_papers")
        self._all(READERS, "read", number=REPORT, page=3)
        self._all(READERS, "turn", times=4)

    def _revise(self) -> None:
        second = self._sample / "meeting-2"
        self._do(
            "secretary", "revise", number=REPORT,
            file=str(second / "2.1 Báo cáo kinh tế - xã hội.pdf"),
            title="Công tác tiêm phòng bổ sung", new=str(second / "5.1 Công tác tiêm phòng.pdf"),
        )  # fmt: skip
        self._all((*READERS, "display"), "receive", revision=2)
        if not all(self._all(READERS, "changes")):
            raise StoryError("a reader was not told what changed")
        self._all(READERS, "accept_changes")

    def _mark(self) -> None:
        def marks_of(key: str) -> None:
            for who, paper, page, kind, audience, at, words in MARKS:
                if who == key:
                    self._do(key, "read", number=paper, page=page)
                    self._do(key, "mark", kind=kind, audience=audience, at=at, words=words)
            self._do(key, "undo_and_redo")
            self._do(key, "sent")

        list(self._hands.map(marks_of, READERS))

    def _unlock(self) -> None:
        self._do("chair", "lead")
        self._do("chair", "set_pin", pin=PIN)
        if not self._do("display", "unlock", pin=PIN):
            raise StoryError("the display was not unlocked")

    def _open_meeting(self) -> None:
        names = [role.name for role in ROLES if role.key in READERS]
        self._do("chair", "call_roll", names=names)
        self._do("chair", "open_meeting")
        self._do("chair", "go_to_item", number=2)
        self._do("display", "display_at", scene="item")

    def _follow(self) -> None:
        self._do("chair", "show_paper", number=REPORT)
        self._do("display", "display_at", scene="paper", number=REPORT, page=1)
        self._all(("deputy", "economy"), "follow", following=True)
        for _ in range(4):
            page = self._do("chair", "next_page")
            self._arrive(page, ("deputy", "economy"))

    def _arrive(self, page: int, followers: tuple[str, ...]) -> None:
        self._do("display", "display_at", scene="paper", number=REPORT, page=page)
        self._all(followers, "at_page", number=REPORT, page=page)

    def _turn_at_display(self) -> None:
        page = self._do("display", "click", times=3)
        self._arrive(page, ("deputy", "economy"))

    def _one_goes_alone(self) -> None:
        self._do("economy", "follow", following=False)
        self._do("economy", "read", number=BUDGET, page=2)
        page = self._do("chair", "next_page")
        self._arrive(page, ("deputy",))
        if self._do("economy", "where") != [BUDGET, 2]:
            raise StoryError("who does not follow was not left alone")

    def _join_online(self) -> None:
        opened = self._do("display", "join_online")
        if not opened or not opened[0].startswith(LINK_START):
            raise StoryError(f"the online meeting was not opened: {opened}")

    def _close_meeting(self) -> None:
        self._do("chair", "close_meeting")
        self._all(("secretary", *READERS), "closed")

    def _collect(self) -> None:
        for key in READERS:
            self._do(key, "sent")
        shared = sum(row[4] not in ("me", "chair") for row in MARKS)
        self._do("secretary", "collect", folder=str(self.out / "collected"), marks=shared)

    # --- what is told at the end ----------------------------------------------------------

    def _write_story(self) -> None:
        windows = tuple(self.players)
        stalls = self._all(windows, "stalled")
        exported = _exported(self.out / "collected")
        marks = [
            {**row, "exported": row["id"] in exported}
            for rows in self._all(READERS, "my_marks")
            for row in rows
        ]
        blobs = self.home / "hub" / "blobs"
        facts = {
            "steps": self.steps,
            "stalls": [
                {"process": key, "stall_ms": ms} for key, ms in zip(windows, stalls, strict=True)
            ],
            "records": self._do("secretary", "status")["records"],
            "bytes": sum(path.stat().st_size for path in blobs.rglob("*") if path.is_file()),
            "marks": marks,
        }
        _write_json(self.out / "story.json", facts)


def _exported(folder: Path) -> set[str]:
    """The ids of marks that went out: what the written XFDF files name."""
    return {
        mark.attrib["name"]
        for file in folder.rglob("*.xfdf")
        for mark in Xml.parse(file).iter()  # noqa: S314 - written by this program a moment ago
        if "name" in mark.attrib
    }


def _write_json(target: Path, facts: Any) -> None:
    new = target.with_suffix(".new")
    new.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(new, target)
