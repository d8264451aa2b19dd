"""A process that is several laptops: real desks without windows, told what to do line by line.

python desks.py FOLDER …       reads {"do": …, "who": […], …} and answers a line of JSON
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from meetingroom.desk_home import DeskHome
from meetingroom.domain import facts
from meetingroom.domain.geometry import Point
from meetingroom.domain.ids import EVERYONE
from meetingroom.domain.marks import Note
from meetingroom.domain.meeting import Meeting
from meetingroom.services.marking import Content


class Desks:
    """The laptops of this process, by their place."""

    def __init__(self, folders: list[Path]) -> None:
        self.homes = [DeskHome(folder) for folder in folders]
        self.acts: dict[str, Callable[..., Any]] = {
            "start": lambda home: home.link.start(),
            "unplug": _unplug,
            "plug": _plug,
            "clock": _set_clock,
            "look": _look,
            "say": _say,
            "note": _note,
            "start_meeting": _start_meeting,
            "show_page": _show_page,
            "open_paper": _open_paper,
            "open_vote": _open_vote,
            "cast": _cast,
            "close_vote": _close_vote,
            "refused": _refused,
            "faults": _faults,
        }

    def do(self, order: dict[str, Any]) -> list[Any]:
        """One act on some of the laptops, side by side where it is an errand."""
        act = self.acts[order.pop("do")]
        homes = [self.homes[place] for place in order.pop("who")]
        begun = [act(home, **order) for home in homes]
        return [one.result(60) if hasattr(one, "result") else one for one in begun]

    def close(self) -> None:
        for home in self.homes:
            home.close()


def _unplug(home: DeskHome) -> None:
    """Pull the network cable."""
    home.link.stop()
    del home.__dict__["link"]


def _plug(home: DeskHome) -> None:
    home.link.start()


def _set_clock(_home: DeskHome, hours: float) -> None:
    """This laptop's clock is wrong: what it writes, and what it tells the hub."""
    from meetingroom.domain import clock  # an older program has none

    clock.tell_time_by(lambda: datetime.now(UTC) + timedelta(hours=hours))


def _look(home: DeskHome, meeting: str) -> dict[str, Any]:
    folded = home.desk.meeting(meeting)
    stage = home.desk.stage(meeting)
    papers = list(folded.papers.values()) if folded else []
    return {
        "link": home.desk.link_state.state,
        "waiting": home.desk.waiting(),
        "papers": sum(home.desk.paper_path(row.current.blob) is not None for row in papers),
        "stage": [stage.revision, stage.paper, stage.page],
        "meeting": shown(folded) if folded else None,
    }


def shown(meeting: Meeting) -> dict[str, Any]:
    """What everyone at the meeting must see alike."""
    return {
        "state": meeting.state,
        "item": meeting.current_item,
        "over": sorted(meeting.item_times),
        "wants_newer": meeting.needs_update,
        "scene": msgspec.to_builtins(meeting.scene),
        "here": {key: [row.way, bool(row.left_at)] for key, row in meeting.presence.items()},
        "notes": sorted(m.text for m in meeting.marks.values() if EVERYONE in m.audience),
        "written": sorted(m.at for m in meeting.marks.values() if EVERYONE in m.audience),
        "papers": sorted(row.current.blob for row in meeting.papers.values()),
        "votes": sorted(
            [vote.id, list(vote.result.counts) if vote.result else None, sorted(vote.voted)]
            for vote in meeting.voting.votes.values()
        )
        if hasattr(meeting, "voting")
        else [],
    }


def _say(home: DeskHome, meeting: str, kind: str, **fields: Any) -> Any:
    fact = msgspec.convert(fields, facts.KINDS[kind].fact)
    return home.desk.run(lambda: home.desk.write(meeting, fact))


def _note(home: DeskHome, meeting: str, text: str) -> Any:
    paper = next(iter(home.desk.meetings[meeting].papers.values()))
    content = Content(shape=Note(at=Point(100, 100)), text=text, audience=(EVERYONE,))
    name = f"{text} · {home.desk.profile.device[-6:]}"
    content = msgspec.structs.replace(content, text=name)
    return home.marking.put(meeting, paper.paper, paper.current.blob, 0, content)


def _start_meeting(home: DeskHome, meeting: str) -> None:
    """The console's button that opens the meeting with its first item."""
    issued = home.desk.meetings[meeting].issued
    assert issued is not None
    home.leading.go_to_item(meeting, issued.agenda[0].item).result(30)


def _show_page(home: DeskHome, meeting: str, page: int) -> None:
    paper = next(iter(home.desk.meetings[meeting].papers.values())).paper
    home.leading.show_paper(meeting, paper, page).result(30)


def _open_paper(home: DeskHome, meeting: str) -> int:
    """The bytes of the first paper as this laptop has them; 0 if it has none."""
    paper = next(iter(home.desk.meetings[meeting].papers.values()))
    path = home.desk.paper_path(paper.current.blob)
    return len(path.read_bytes()) if path else 0


def _open_vote(home: DeskHome, meeting: str, *, is_secret: bool) -> Any:
    motion = facts.MotionPut(motion="motion-venue", text="Thông qua", is_secret=is_secret)
    return home.voting.open(meeting, motion)


def _cast(home: DeskHome, meeting: str, choice: int) -> Any:
    """A ballot in the vote that runs; answered once it is kept, a secret one at the hub."""
    vote = home.desk.meetings[meeting].voting.open
    assert vote is not None
    return home.voting.cast(meeting, vote.id, vote.opened.choices[choice])


def _close_vote(home: DeskHome, meeting: str, vote: str) -> Any:
    return home.voting.close(meeting, vote)


def _refused(home: DeskHome) -> list[str]:
    """Why the hub refused what this laptop wrote."""
    return [row.refused for row in home.desk.log.own_records() if row.refused]


def _faults(home: DeskHome, meeting: str) -> list[str]:
    """What the consoles tell of the display."""
    return sorted(code for _, code in home.desk.meetings[meeting].faults)


def _answer(desks: Desks, order: dict[str, Any]) -> dict[str, Any]:
    """What became of an order; a laptop that met an error goes on, as a real one does."""
    try:
        return {"value": desks.do(order)}
    except Exception as error:
        sys.excepthook(*sys.exc_info())
        return {"error": f"{type(error).__name__}: {error}"}


def main() -> None:
    """Answer until told to stop."""
    if "--old" in sys.argv:
        sys.argv.remove("--old")
        del facts.KINDS["left_meeting"]  # a program from before there was such a kind
    desks = Desks([Path(name) for name in sys.argv[1:]])
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(_answer(desks, json.loads(line))), flush=True)
    desks.close()


if __name__ == "__main__":
    main()
