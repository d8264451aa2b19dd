"""Founds the office of a room, everybody's laptop and the display taken in.

A script of its own, so that an older program can do it: its hub reads no newer files.

python room_office.py PLACE LAPTOPS PORT
"""

import sys
from pathlib import Path

from meetingroom.assembly import RunningHub, found
from meetingroom.desk_home import keep_profile
from meetingroom.domain.facts import PersonSet
from meetingroom.domain.ids import new_id
from meetingroom.services.founding import Charter, enrol_first_device
from meetingroom.store.keys import Ed25519Signer, SystemSecrets


def found_office(place: Path, size: int, port: int) -> None:
    """The hub's folder `hub`, `laptop-0` and so on, and `display`."""
    rights = ("secretary", "administrator")
    people = (
        PersonSet(person="person-s", name="Thư ký", rights=rights),
        *(PersonSet(person=f"person-{n}", name=f"Đại biểu {n}") for n in range(size)),
    )
    found(place / "hub", Charter(name="Xã Mẫu Sơn", people=people), port=port)
    hub = RunningHub(place / "hub", announces=False)
    (room,) = hub.office.ledger.directory.rooms
    owners = {f"laptop-{number}": f"person-{number}" for number in range(size)}
    for name, principal in {**owners, "display": room}.items():
        signer, folder = Ed25519Signer.new(), place / name
        grant = enrol_first_device(hub.office, principal, new_id("device"), signer.public_key)
        secrets = SystemSecrets(folder / "device")
        keep_profile(folder, secrets, signer, grant, f"127.0.0.1:{port}")
    hub.stop_unstarted()


if __name__ == "__main__":
    found_office(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
