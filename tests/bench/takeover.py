"""From the chair's press to everyone connected to the hub on the display's computer.

    python takeover.py [DEVICES]

Real desks (in one process) and real hub processes on 127.0.0.1: the chair's laptop, the display,
and laptops to 23 in all; a meeting with 500 shared marks. The old hub is killed. Also: until the
display's hub was open (`opened_s`), and until every desk has handed in what it has and is in step
(`in_step_s`).
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

from figures import hand_in, row
from lost_hubs import stop_hub

from meetingroom.assembly import RunningHub
from meetingroom.desk_home import DeskHome, keep_profile
from meetingroom.domain.ids import new_id
from meetingroom.services.founding import enrol_first_device
from meetingroom.store.keys import Ed25519Signer, SystemSecrets
from real_office import CHAIR, OFFICIAL, HubProcess, Office, issue, note, wait_until, write_pdf

DEVICES, MARKS = 23, 500


def takeover(devices: int) -> dict[str, Any]:
    """Seconds from the press to the last of them on line."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        office = Office(place)
        folders = _enrolled(office, devices)
        hub = HubProcess(office.data)
        hub.start()
        try:
            return _measured(office, hub, folders)
        finally:
            office.close()
            hub.stop()
            for folder in folders:
                stop_hub(folder)


def _enrolled(office: Office, devices: int) -> list[Path]:
    """Folders of the chair's laptop, the display, and laptops of an official."""
    hub = RunningHub(office.data, announces=False)
    room = next(iter(hub.office.ledger.directory.rooms))
    folders = []
    for number, principal in enumerate((CHAIR, room, *[OFFICIAL] * (devices - 2))):
        folder, signer = office.place / f"computer-{number}", Ed25519Signer.new()
        grant = enrol_first_device(hub.office, principal, new_id("device"), signer.public_key)
        keep_profile(folder, SystemSecrets(folder / "device"), signer, grant, office.address)
        folders.append(folder)
    hub.stop_unstarted()
    return folders


def _measured(office: Office, hub: HubProcess, folders: list[Path]) -> dict[str, Any]:
    secretary = office.secretary()
    meeting = issue(secretary, [write_pdf(office.place / "a.pdf")])
    homes = [office.desk(folder) for folder in folders]
    chair, display = homes[0], homes[1]
    for number in range(MARKS):
        note(secretary, meeting, f"{number}", ("everyone",))
    wait_until(lambda: all(_marks(home, meeting) == MARKS for home in homes), 240)
    standby, taking_over = display.standing_by.standby, chair.standing_by.taking_over
    device = display.desk.profile.device
    wait_until(lambda: standby.is_whole and standby.store.files() and not standby.missing, 120)
    wait_until(lambda: device in {row.device for row in taking_over.targets().result(20)}, 120)
    hub.kill()
    office._homes.remove(secretary)
    secretary.close()
    wait_until(lambda: all(home.desk.link_state.state != "online" for home in homes))
    time.sleep(3)  # as long as somebody takes to notice
    opened: list[float] = []
    start = time.perf_counter()
    pressed = taking_over.take_over(device)
    pressed.add_done_callback(lambda _at: opened.append(time.perf_counter() - start))
    wait_until(lambda: all(home.desk.link_state.state == "online" for home in homes))
    connected = time.perf_counter() - start
    note(homes[-1], meeting, "sau đó", ("everyone",))
    wait_until(lambda: all(_marks(home, meeting) == MARKS + 1 for home in homes), 240)
    return row(
        "takeover", "s", ours=round(connected, 2), opened_s=round(opened[0], 2),
        in_step_s=round(time.perf_counter() - start, 2), devices=len(homes), marks=MARKS,
    )  # fmt: skip


def _marks(home: DeskHome, meeting: str) -> int:
    folded = home.desk.meeting(meeting)
    return len(folded.marks) if folded else 0


if __name__ == "__main__":
    hand_in(lambda: takeover(int(sys.argv[1]) if len(sys.argv) > 1 else DEVICES))
