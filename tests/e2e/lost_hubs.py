"""An office whose hub is lost: its computers, and the hubs that were started on them."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from meetingroom import hub_process
from meetingroom.desk_home import DeskHome
from meetingroom.domain.facts import MotionPut
from meetingroom.domain.ids import new_id
from meetingroom.domain.voting import Vote
from meetingroom.settings import Settings, write_settings
from real_office import (
    CHAIR,
    OFFICIAL,
    HubProcess,
    Office,
    free_port,
    has_papers,
    issue,
    meeting_of,
    note,
    wait_until,
    write_pdf,
)


def stop_hub(data: Path, how: signal.Signals = signal.SIGTERM) -> None:
    """End the hub's process of a data folder, whoever started it."""
    note = data / "hub" / "owner.json"
    try:
        pid = int(json.loads(note.read_text(encoding="utf-8"))["pid"])
        os.kill(pid, how)
    except (OSError, ValueError):
        return
    for process in hub_process._started:
        if process.pid == pid:
            process.wait(30)


def votes(home: DeskHome, meeting: str) -> dict[str, Vote]:
    """The votes of a meeting as this computer sees them."""
    return meeting_of(home, meeting).voting.votes


class LosingOffice:
    """Secretary on the hub's computer; chair, official and display on their own."""

    def __init__(self, place: Path) -> None:
        self.office = Office(place)
        self.place = place
        self.hub = HubProcess(self.office.data)
        self.hub.start()
        self.secretary = self.office.secretary()
        self.chair = self.newcomer(CHAIR, "chair")
        self.official = self.newcomer(OFFICIAL, "official")
        room = next(iter(self.secretary.desk.directory.rooms))
        self.display = self.newcomer(room, "display")
        self.meeting = issue(self.secretary, [write_pdf(place / "a.pdf")])
        for home in (self.chair, self.official, self.display):
            wait_until(lambda home=home: has_papers(home, self.meeting))

    def newcomer(self, principal: str, name: str) -> DeskHome:
        # All are on this machine: the hub each may become has ports of its own.
        (self.place / name).mkdir()
        write_settings(self.place / name, Settings(hub_port=free_port()))
        return self.office.newcomer(self.secretary, principal, self.place / name)

    def wait_for_standbys(self, *homes: DeskHome) -> None:
        """Until these computers hold all, and the chair knows where they are."""
        for home in homes:
            standby = home.standing_by.standby
            wait_until(lambda standby=standby: standby.is_named and standby.is_whole)
            wait_until(lambda standby=standby: standby.store.files() and not standby.missing)
        names = {home.desk.profile.device for home in homes}
        wait_until(lambda: names <= {row.device for row in self.targets()})

    def wait_for_the_copies(self) -> None:
        """Until all that was written before is in them: they follow within moments."""
        before = [home.standing_by.standby.store.state().after for home in self.standbys()]
        note(self.secretary, self.meeting, "để chép", ("secretary",))
        for home, after in zip(self.standbys(), before, strict=True):
            standby = home.standing_by.standby
            wait_until(lambda standby=standby, after=after: standby.store.state().after > after)

    def standbys(self) -> list[DeskHome]:
        return [home for home in (self.chair, self.display) if home.standing_by.standby.is_named]

    def targets(self):
        return self.chair.standing_by.taking_over.targets().result(20)

    def lose(self) -> None:
        """The hub's computer goes, with the secretary's desk on it."""
        self.hub.kill()
        self.close_desk(self.secretary)
        wait_until(lambda: self.chair.desk.link_state.state != "online")
        wait_until(lambda: self.display.desk.link_state.state != "online")

    def close_desk(self, home: DeskHome) -> None:
        self.office._homes.remove(home)
        home.close()

    def press(self, home: DeskHome) -> str:
        """The chair has the hub go on at a computer."""
        taking_over = self.chair.standing_by.taking_over
        return taking_over.take_over(home.desk.profile.device).result(60)

    def open(self, name: str) -> DeskHome:
        """A computer that was closed."""
        return self.office.desk(self.place / name)

    def open_meeting(self) -> None:
        self.chair.leading.open_meeting(self.meeting).result(20)
        for person in (CHAIR, OFFICIAL):
            self.chair.leading.check_in(self.meeting, person).result(20)

    def vote(self, text: str, *, is_secret: bool) -> str:
        """A vote the chair opens; its id."""
        motion = MotionPut(motion=new_id("motion"), text=text, is_secret=is_secret)
        vote = str(self.chair.voting.open(self.meeting, motion).result(20))
        wait_until(lambda: self.chair.desk.waiting() == 0)
        wait_until(lambda: vote in votes(self.official, self.meeting))
        return vote

    def close(self) -> None:
        self.office.close()
        self.hub.stop()
        for data in (self.office.data, *self.place.glob("*/")):
            stop_hub(data)


@contextmanager
def a_losing_office(place: Path) -> Iterator[LosingOffice]:
    office = LosingOffice(place)
    try:
        yield office
    finally:
        office.close()
