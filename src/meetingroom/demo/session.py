"""Two hours with everything, in minutes: the story's clock jumps from one beat to the next.

Twenty-three people: six windows (secretary, chair's console, three readers, room display), the
other laptops in a process of their own, all enrolled beforehand and all real.
"""

import json
import re
import subprocess
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen
from zoneinfo import ZoneInfo

from meetingroom.assembly import RunningHub, found
from meetingroom.demo import story_clock
from meetingroom.demo.hands import StoryError
from meetingroom.demo.sample_meeting import written_for
from meetingroom.demo.story import PIN, Role
from meetingroom.demo.troupe import Player, Process, free_port, start_hub, stop_hub, stop_owner
from meetingroom.desk_home import keep_profile
from meetingroom.domain.clock import tell_time_by
from meetingroom.domain.ids import new_id
from meetingroom.resources import resource
from meetingroom.services.founding import Charter, enrol_first_device
from meetingroom.services.people_file import read_people_file, with_a_secretary
from meetingroom.store.keys import Ed25519Signer, SystemSecrets

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CROWD = ("-m", "meetingroom.demo.crowd")
WINDOWS = (
    Role("secretary", "Hương Giang"),
    Role("chair", "Hoàng Văn Páo"),
    Role("deputy", "Nông Thị Hiền"),
    Role("economy", "Lý A Sùng"),
    Role("culture", "Phạm Đức Long"),
    Role("display", "", "display"),
)
READERS = ("deputy", "economy", "culture")
See = Callable[[str, str], None]
"""Takes a picture of somebody's window under a name."""


class Session:
    """The office, its windows and its crowd; `see` is called at what is to be seen."""

    def __init__(self, out: Path, size: tuple[int, int], environment: dict[str, str]) -> None:
        self.out, self._size = out, size
        self.see: See = lambda _who, _name: None
        self.clock, followed = story_clock.make(out / "clock")
        self._environment = {**environment, **followed}
        self.home = out / "computers" / "secretary"
        self.players: dict[str, Process] = {}
        self.hub: subprocess.Popen[bytes] | None = None
        self.names: list[str] = []
        self.crowd: list[str] = []
        self._hands = ThreadPoolExecutor(len(WINDOWS), thread_name_prefix="session")
        self.at("07:20")
        tell_time_by(self.clock.now)

    # --- the time -------------------------------------------------------------------------

    def at(self, hour: str) -> None:
        """It is this hour of the meeting's day, on every computer at once."""
        self._settle()
        hours, minutes = map(int, hour.split(":"))
        day = datetime.now(ZONE)
        self.clock.set(day.replace(hour=hours, minute=minutes, second=0, microsecond=0))

    def later(self, minutes: float) -> None:
        """So many minutes pass."""
        self._settle()
        self.clock.set(self.clock.now() + timedelta(minutes=minutes))

    def _settle(self) -> None:
        """What was written before is at the hub: nobody waits while the clock jumps."""
        if self.hub is not None and self.players:
            self.all("sent", tuple(self.players))

    # --- the people -----------------------------------------------------------------------

    def found(self) -> None:
        """An office whose laptops are enrolled, its hub running, the meeting issued."""
        sample = resource("sample")
        office = tomllib.loads((sample / "office.toml").read_text(encoding="utf-8"))
        people = with_a_secretary(read_people_file(sample / "people.csv"))
        charter = Charter(
            name=office["name"],
            letterhead=tuple(office["letterhead"]),
            room_name=office["room"],
            people=tuple(people),
        )
        port = free_port()
        found(self.home, charter, port=port)
        self._enrol(port)
        self.start_hub()

    def start_hub(self) -> None:
        """Also again, after it was killed."""
        self.hub = start_hub(self.home, self._environment)

    def _enrol(self, port: int) -> None:
        meeting = tomllib.loads(_sample_words())
        invited = [*meeting["members"], *meeting["guests"]]
        named = {role.name for role in WINDOWS}
        self.crowd = [name for name in invited if name not in named]
        hub = RunningHub(self.home, announces=False)
        directory = hub.office.ledger.directory
        ids = {person.name: key for key, person in directory.people.items()}
        room = next(iter(directory.rooms))
        folders = {role.key: ids.get(role.name, room) for role in WINDOWS[1:]}
        folders |= {f"crowd-{at}": ids[name] for at, name in enumerate(self.crowd)}
        for folder, principal in folders.items():
            place, signer = self.out / "computers" / folder, Ed25519Signer.new()
            grant = enrol_first_device(hub.office, principal, new_id("device"), signer.public_key)
            secrets = SystemSecrets(place / "device")
            keep_profile(place, secrets, signer, grant, f"127.0.0.1:{port}")
        hub.stop_unstarted()

    def open_windows(self) -> None:
        """A window process for every role, and the crowd."""
        for role in WINDOWS:
            self._start_window(role)
        laptops = [self.out / "computers" / f"crowd-{at}" for at in range(len(self.crowd))]
        self.players["crowd"] = Process(
            "crowd", (*CROWD, *map(str, laptops)), self.out / "computers", self._environment
        )
        self.players["crowd"].open()
        for role in WINDOWS:
            self.players[role.key].open()
            self.do(role.key, "ready")

    def _start_window(self, role: Role) -> None:
        folder = self.out / "computers" / role.key
        self.players[role.key] = Player(role.key, role.kind, folder, self._size, self._environment)

    def _open_window(self, role: Role) -> None:
        self._start_window(role)
        self.players[role.key].open()
        self.do(role.key, "ready")

    def end(self) -> None:
        """Close the windows, then end the hub."""
        list(self._hands.map(lambda player: player.end(), self.players.values()))
        self.players.clear()
        if self.hub is not None:
            stop_hub(self.hub, self.home)
        for owner in (self.out / "computers").glob("*/hub/owner.json"):
            stop_owner(owner)
        self._hands.shutdown()

    # --- what they do ---------------------------------------------------------------------

    def do(self, key: str, act: str, /, **given: Any) -> Any:
        return self.players[key].do(act, **given)

    def all(self, act: str, keys: tuple[str, ...] = READERS, /, **given: Any) -> list[Any]:
        """The same act in several windows, side by side."""
        return list(self._hands.map(lambda key: self.do(key, act, **given), keys))

    def of_crowd(self, name: str, act: str, **given: Any) -> Any:
        """An act of somebody of the crowd, by name."""
        return self.do("crowd", act, who=self.crowd.index(name), **given)

    def issue(self) -> None:
        """The secretary issues; every laptop has all papers."""
        folder = self.out / "meeting"
        folder.mkdir()
        (folder / "meeting.toml").write_text(self._todays(), encoding="utf-8")
        self.do("secretary", "issue_from_folder", folder=str(folder))
        self.all("receive", ("chair", *READERS, "display"), revision=1)
        for name in self.crowd:
            if self.of_crowd(name, "enter") == 0:
                raise StoryError(f"{name} has no papers")

    def _todays(self) -> str:
        day = self.clock.now().astimezone(ZONE).replace(hour=8, minute=0, second=0, microsecond=0)
        return written_for(_sample_words(), resource("sample", "meeting"), day)

    def check_in_by_phone(self, name: str) -> None:
        """Somebody types the lobby's code into a telephone's browser and finds the own name."""
        code, address = self.do("display", "lobby_code")
        page = f"http://127.0.0.1:{address.rpartition(':')[2]}/"
        names = _browse(page, code=code)
        found = re.search(f'value="([^"]+)">{re.escape(name)}<', names)
        if found is None:
            raise StoryError(f"{name} is not on the telephone's list")
        _browse(page, code=code, who=found.group(1), sure="yes")

    def lose_hub(self) -> None:
        """The hub's computer loses its power: hub and secretary's window are gone at once."""
        secretary = self.players.pop("secretary")
        secretary.process.kill()
        secretary.end()
        assert self.hub is not None  # noqa: S101
        self.hub.kill()
        self.hub.wait()
        if self.hub.stdout is not None:
            self.hub.stdout.close()
        self.hub = None
        self.all("hub_is", ("chair", *READERS, "display"), state="away")

    def take_over(self) -> None:
        """The chair moves the hub to the display by one press; everybody connects."""
        self.do("chair", "take_over")
        self.all("hub_is", ("chair", *READERS, "display"), state="online")

    def old_hub_returns(self) -> None:
        """The power is back: the old hub steps back; the secretary's window starts again."""
        self.start_hub()
        self._open_window(WINDOWS[0])
        self.all("hub_is", ("secretary", "chair", *READERS, "display"), state="online")

    def agree(self, seconds: float = 20.0) -> None:
        """Every laptop of the crowd comes to know the same. Raises StoryError."""
        end = time.monotonic() + seconds
        while True:
            rows = [self.of_crowd(name, "see") for name in self.crowd]
            told = {json.dumps(row, sort_keys=True) for row in rows}
            if len(told) == 1:
                return
            if time.monotonic() > end:
                raise StoryError(f"the laptops differ: {told}")

    def on_see(self, see: See) -> None:
        """Take a picture where the beats ask for one."""
        self.see = see

    def unlock(self) -> None:
        """The chair chooses a PIN and types it at the display."""
        self.do("chair", "lead")
        self.do("chair", "set_pin", pin=PIN)
        if not self.do("display", "unlock", pin=PIN):
            raise StoryError("the display was not unlocked")


def _sample_words() -> str:
    return resource("sample", "two-hours", "meeting.toml").read_text(encoding="utf-8")


def _browse(page: str, **form: str) -> str:
    """Send a form as a telephone's browser does; the page that answers."""
    body = urlencode(form).encode()
    with urlopen(page, body, timeout=20) as answer:  # noqa: S310 - the office's own hub
        return str(answer.read().decode())
