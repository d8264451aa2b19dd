"""The rest of the room: laptops without windows, many in one process, told what to do.

    python -m meetingroom.demo.crowd FOLDER …

Orders and answers are as an actor's (`demo.actor`), with `who`, the place of a folder.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from meetingroom.desk_home import DeskHome
from meetingroom.domain.meeting import Meeting
from meetingroom.services.opinions import Unsent

SECONDS = 60.0


class Laptop:
    """One desk of the crowd; it knows one meeting."""

    def __init__(self, folder: Path) -> None:
        self.home = DeskHome(folder)
        self.home.link.start()

    @property
    def person(self) -> str:
        return self.home.desk.person

    @property
    def meeting(self) -> Meeting:
        """Once it is here."""
        meetings = _until(lambda: list(self.home.desk.meetings.values()))
        newest: Meeting = meetings[-1]
        return newest


def enter(laptop: Laptop) -> int:
    """Wait for the meeting and all its papers; how many there are."""

    def has_all() -> bool:
        papers = laptop.meeting.papers.values()
        return all(laptop.home.desk.paper_path(row.current.blob) for row in papers)

    _until(has_all)
    return len(laptop.meeting.papers)


def check_in(laptop: Laptop, way: str = "room") -> None:
    laptop.home.leading.check_in(laptop.meeting.id, laptop.person, way).result(SECONDS)


def leave(laptop: Laptop) -> None:
    laptop.home.leading.leave(laptop.meeting.id, laptop.person).result(SECONDS)


def excuse(laptop: Laptop, reason: str) -> None:
    laptop.home.leading.answer(laptop.meeting.id, "absent", reason=reason).result(SECONDS)


def vote(laptop: Laptop, choice: int) -> str:
    """Vote in the ballot that runs, by the place of the choice."""
    running = _until(lambda: laptop.meeting.voting.open)
    words = str(running.opened.choices[choice])
    laptop.home.voting.cast(laptop.meeting.id, running.id, words).result(SECONDS)
    return words


def ask_to_speak(laptop: Laptop, item: int, is_question: bool = False) -> None:
    """Ask once the item (from 1) is called here, too."""
    agenda = laptop.meeting.issued.agenda if laptop.meeting.issued else ()
    _until(lambda: laptop.meeting.current_item == agenda[item - 1].item)
    asked = laptop.home.speaking.ask(laptop.meeting.id, is_question=is_question)
    asked.result(SECONDS)


def think(laptop: Laptop, text: str, paper: str = "", page: int = -1) -> None:
    """Send an opinion to everyone, on a paper's page (from 0) or in general."""
    meeting = laptop.meeting
    numbered = {meeting.number_of(key): key for key in meeting.papers}
    said = Unsent(text=text, paper=numbered.get(paper, ""), page=page)
    laptop.home.opinions.give(meeting.id, said).result(SECONDS)


def sent(laptops: list[Laptop]) -> None:
    """Wait until the hub has everything of everybody."""
    _until(lambda: not any(laptop.home.desk.waiting() for laptop in laptops))


def see(laptop: Laptop) -> dict[str, Any]:
    """What this laptop knows: to be compared with what others know."""
    meeting = laptop.meeting
    return {
        "state": meeting.state,
        "item": meeting.current_item,
        "scene": msgspec.to_builtins(meeting.scene),
        "here": sorted(key for key, one in meeting.presence.items() if not one.left_at),
        "votes": {
            key: msgspec.to_builtins(one.result) for key, one in meeting.voting.votes.items()
        },
        "spoken": [(one.person, one.ended_at) for one in meeting.speaking.turns()],
        "opinions": sorted(meeting.opinions.shown),
        "waiting": laptop.home.desk.waiting(),
        "link": laptop.home.desk.link_state.state,
    }


def _until(is_so: Callable[[], Any]) -> Any:
    end = time.monotonic() + SECONDS
    while not (found := is_so()):
        if time.monotonic() > end:
            raise TimeoutError("waited in vain")
        time.sleep(0.02)
    return found


ACTS: dict[str, Callable[..., Any]] = {
    act.__name__: act for act in (enter, check_in, leave, excuse, ask_to_speak, think, vote, see)
}


def _act(laptops: list[Laptop], act: str, given: dict[str, Any]) -> Any:
    if act == sent.__name__:
        return sent(laptops)
    return ACTS[act](laptops[given.pop("who")], **given)


def main(folders: list[Path]) -> None:
    """Take orders until standard input ends."""
    if not sys.stdin.readline():
        return
    laptops = [Laptop(folder) for folder in folders]
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = {"value": _act(laptops, order["act"], order["with"])}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
            sys.excepthook(*sys.exc_info())
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    for laptop in laptops:
        laptop.home.close()


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
