"""The pictures: every screen, at three sizes, in both languages, in a pass of its own."""

import json
import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from meetingroom.demo.calendar_album import CalendarChapter
from meetingroom.demo.letter_album import LettersChapter
from meetingroom.demo.reading_album import ReadingChapter
from meetingroom.demo.sample_meeting import written_for
from meetingroom.demo.story import PIN, PLAN, PROGRAMME, REPORT, Story
from meetingroom.demo.troupe import Player
from meetingroom.resources import resource
from meetingroom.ui.secretary.desk import DRAFT_STEPS

LANGUAGES = ("vi", "en")
# The windows' own size, and how many pixels of the screen one of its units is.
SCALES: tuple[tuple[int, tuple[tuple[int, int], ...]], ...] = (
    (1, ((1366, 768), (1920, 1080))),
    (2, ((1920, 1080),)),
)
CHECK = timedelta(minutes=30)  # before it begins
AHEAD = 40  # minutes: after every meeting of the story, so that it is the newest


class Album:
    """Takes pictures of a story's computers after it was played; `out` gets the files."""

    def __init__(self, story: Story, out: Path, tell: Callable[[str], None]) -> None:
        self._story, self._out, self._tell = story, out, tell
        self._number = 0
        self._language = ""
        self._scale, self._sizes = SCALES[0]

    def take(self, environment: dict[str, str]) -> int:
        """All pictures; how many. Raises StoryError."""
        for language in LANGUAGES:
            for scale, sizes in SCALES:
                self._language, self._scale, self._sizes = language, scale, sizes
                words = {"MEETINGROOM_LANG": language, "QT_SCALE_FACTOR": str(scale)}
                self._take_pass({**environment, **words, **self._screen(environment)})
        return len(list(self._out.glob("*.png")))

    def _screen(self, environment: dict[str, str]) -> dict[str, str]:
        if environment.get("QT_QPA_PLATFORM") != "offscreen":
            return {}
        width, height = (side * self._scale for side in self._sizes[-1])
        return unseen_screen(self._story.out, width, height)

    def _take_pass(self, environment: dict[str, str]) -> None:
        self._number += 1
        self._story.open_windows(self._sizes[0], environment)
        try:
            self._newcomer(environment)
            self._before_the_meeting()
            self._of_the_secretary()
            self._of_a_reader()
            self._of_the_chair()
            self._of_the_room()
            self._after_the_meeting()
        finally:
            self._story.close_windows()

    # --- the screens ----------------------------------------------------------------------

    def _newcomer(self, environment: dict[str, str]) -> None:
        folder = self._story.out / "computers" / "newcomer"
        player = Player("newcomer", "desk", folder, self._sizes[0], environment)
        player.open()
        try:
            for step in ("join", "found", "key"):
                player.do("see_first_run", step=step)
                self._shoot_with(player, f"first-run-{step}")
        finally:
            player.end()

    def _before_the_meeting(self) -> None:
        self._calendar().on_the_wall()
        folder, title = next_meeting(self._story.out / "next" / str(self._number), self._number)
        self._do("secretary", "issue_from_folder", folder=str(folder))
        for key in ("chair", "deputy", "economy", "display"):
            self._do(key, "receive", revision=1, title=title)
        self._do("deputy", "open_papers")
        self._shoot("display", "display-lobby")
        self._remind("secretary")
        self._remind("chair")

    def _remind(self, key: str) -> None:
        """The bar of who leads; answered, so that the other pictures are without it."""
        self._do(key, "see_reminder")
        self._shoot(key, f"reminder-{key}")
        self._do(key, "answer_reminder")

    def _of_the_secretary(self) -> None:
        LettersChapter(self._do, self._shoot).take()
        self._do("secretary", "see_desk", step="list")
        self._shoot("secretary", "secretary-list")
        for step in ("follow", *DRAFT_STEPS):
            self._do("secretary", "see_desk", step=step)
            self._shoot("secretary", f"secretary-{step}")
        self._do("secretary", "see_follow_up", tab="online")
        self._shoot("secretary", "secretary-checklist")
        self._do("secretary", "see_people")
        self._shoot("secretary", "office-people")
        self._do("secretary", "see_people", shows_code=True)
        self._shoot("secretary", "office-code")

    def _of_a_reader(self) -> None:
        folder = self._story.out / "exchange"
        self._calendar().at_home()
        ReadingChapter(self._do, self._shoot, folder, self._number).take()

    def _of_the_chair(self) -> None:
        self._do("chair", "lead")
        self._do("chair", "set_pin", pin=PIN)
        self._do("chair", "call_roll", names=["Hoàng Văn Páo", "Nông Thị Hiền"])
        self._do("chair", "open_meeting")
        self._do("chair", "go_to_item", number=2)
        self._do("chair", "show_paper", number=REPORT)
        self._do("chair", "next_page")
        for tab in ("agenda", "people", "online", "you"):
            self._do("chair", "see_console", tab=tab)
            self._shoot("chair", f"console-{tab}")

    def _of_the_room(self) -> None:
        self._do("display", "receive", revision=2)
        self._shoot("display", "display-paper")
        self._do("chair", "lock_room")
        self._do("display", "see_panel", is_open=True, is_locked=True)
        self._shoot("display", "display-panel-locked")
        self._do("display", "unlock", pin=PIN)
        self._do("display", "see_panel", is_open=True)
        self._shoot("display", "display-panel")
        self._do("display", "see_panel", is_open=False)
        for scene in ("break", "item", "online"):
            self._do("chair", "show_scene", scene=scene)
            self._do("display", "display_at", scene=scene)
            self._shoot("display", f"display-{scene}")
        self._of_the_call()
        self._do("deputy", "follow", following=True)
        self._do("chair", "show_paper", number=PLAN)
        self._do("deputy", "at_page", number=PLAN, page=1)
        self._shoot("deputy", "reader-following")

    def _of_the_call(self) -> None:
        """The passcode on request, and the minute before the display enters by itself."""
        self._do("chair", "show_passcode")
        self._do("display", "see_passcode")
        self._shoot("display", "display-online-passcode")
        self._do("chair", "hide_passcode")
        self._do("display", "see_last_minute", is_seen=True)
        self._shoot("display", "display-online-last-minute")
        self._do("display", "see_last_minute", is_seen=False)
        self._into_the_call()

    def _into_the_call(self) -> None:
        """One touch in, what the chair sees meanwhile, the ways on, and back."""
        self._do("display", "join_online")
        self._do("chair", "see_console", tab="online")
        self._shoot("chair", "console-online-in-call")
        self._do("display", "see_way_back")
        self._shoot("display", "display-call-way-back")
        self._do("display", "come_back", scene="item")
        self._shoot("display", "display-call-back")

    def _over_their_own_system(self) -> None:
        """Another meeting, for which there is nothing to open."""
        place = self._story.out / "next" / f"{self._number}-own"
        folder, title = next_meeting(place, self._number, has_link=False)
        self._do("secretary", "issue_from_folder", folder=str(folder))
        for key in ("chair", "display"):
            self._do(key, "receive", revision=1, title=title)
        self._shoot("display", "display-lobby-own-system")
        self._do("chair", "lead")
        self._do("chair", "show_scene", scene="online")
        self._do("display", "display_at", scene="online")
        self._shoot("display", "display-online-own-system")
        # It is over: the display is idle when the next pictures begin.
        self._do("chair", "open_meeting")
        self._do("chair", "close_meeting")

    def _after_the_meeting(self) -> None:
        self._do("chair", "show_paper", number=PROGRAMME)
        self._do("chair", "close_meeting")
        self._do("secretary", "closed")
        self._do("secretary", "see_desk", step="collect")
        self._shoot("secretary", "secretary-collect")
        self._calendar().on_the_desk()
        self._over_their_own_system()

    def _calendar(self) -> CalendarChapter:
        return CalendarChapter(self._do, self._shoot, self._story.out / "weeks")

    # --- the camera -----------------------------------------------------------------------

    def _do(self, key: str, act: str, /, **given: Any) -> Any:
        return self._story.players[key].do(act, **given)

    def _shoot(self, key: str, screen: str, over: str = "", *, is_small: bool = False) -> None:
        """`is_small`: what is the same at every size, at the smallest alone."""
        if not is_small:
            self._shoot_with(self._story.players[key], screen, over)
        elif self._scale == 1:
            self._shoot_with(self._story.players[key], screen, over, self._sizes[:1])

    def _shoot_with(
        self,
        player: Player,
        screen: str,
        over: str = "",
        sizes: tuple[tuple[int, int], ...] = (),
    ) -> None:
        for width, height in sizes or self._sizes:
            shown = f"{width * self._scale}x{height * self._scale}"
            path = self._out / f"{screen}-{shown}-{self._language}.png"
            player.do("picture", path=str(path), width=width, height=height, over=over)
        self._tell(f"{screen} {self._language} {self._scale}")


def unseen_screen(folder: Path, width: int, height: int) -> dict[str, str]:
    """The environment of a screen nobody sees, so large: menus need room on it."""
    one = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height,
           "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
    file = folder / f"screen-{width}.json"
    file.write_text(json.dumps({"screens": [one]}), encoding="utf-8")
    return {"QT_QPA_PLATFORM": f"offscreen:configfile={file}"}


def next_meeting(folder: Path, number: int, *, has_link: bool = True) -> tuple[Path, str]:
    """A meeting that begins soon, as a folder that `meeting issue` takes; and its title.

    Online, with a technical check before it; or over the higher level's own video system.
    """
    source = resource("sample", "meeting")
    words = (source / "meeting.toml").read_text(encoding="utf-8")
    sample = tomllib.loads(words)
    title, usual = sample["title"], sample["starts_at"]
    new_title = f"{title}, phần {number + 1}"
    if not has_link:
        new_title = str(sample["link"][0]["title"])
    soon = datetime.now(usual.tzinfo) + timedelta(minutes=AHEAD + number)
    starts = soon.replace(second=0, microsecond=0)
    folder.mkdir(parents=True, exist_ok=True)
    changed = written_for(words, source, starts, new_title)
    link = sample["link"][0]["url"]
    check = f'url = "{link}"\ntest_at = {(starts - CHECK).isoformat()}'
    changed = changed.replace(f'url = "{link}"', check if has_link else "", 1)
    (folder / "meeting.toml").write_text(changed, encoding="utf-8")
    return folder, new_title
