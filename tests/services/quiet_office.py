"""A hub and desks over real SQLite, joined by calls instead of a network."""

import hashlib
from pathlib import Path

import msgspec

from meetingroom.domain import facts
from meetingroom.domain.facts import PersonSet
from meetingroom.domain.geometry import Point
from meetingroom.domain.ids import new_id
from meetingroom.domain.marks import Note
from meetingroom.domain.ports import Position
from meetingroom.services.authoring import Author
from meetingroom.services.desk import Desk, Profile
from meetingroom.services.doors import Session
from meetingroom.services.founding import Charter, enrol_first_device, found_office
from meetingroom.services.hub import HubOffice
from meetingroom.services.marking import Content
from meetingroom.services.news import News
from meetingroom.store.ballot_box import FileBallotBox
from meetingroom.store.blobs import FileBlobs
from meetingroom.store.device_log import SqliteDeviceLog
from meetingroom.store.hub_log import SqliteHubLog
from meetingroom.store.keys import Ed25519Signer, verify

PEOPLE = ("person-s", "person-t", "person-c", "person-a", "person-b")
NOTE = Note(at=Point(1, 2))


def content(text: str, *audience: str) -> Content:
    return Content(shape=NOTE, text=text, audience=audience or ("me",))


class QuietDesk:
    """A person's computer that speaks with the hub only when told to."""

    def __init__(self, office: "QuietOffice", principal: str) -> None:
        self.office, self.principal = office, principal
        self.folder = office.folder / new_id("device")
        self.signer = Ed25519Signer.new()
        grant = enrol_first_device(office.hub, principal, self.folder.name, self.signer.public_key)
        self.profile = Profile(
            **{key: getattr(grant, key) for key in Profile.__struct_fields__ if key != "address"}
        )
        self.session = Session(device=self.folder.name, principal=principal)
        self.news: list[News] = []
        self.start()

    def start(self) -> None:
        self.log = SqliteDeviceLog(self.folder / "device.db")
        author = Author(self.principal, self.folder.name, self.signer)
        blobs = FileBlobs(self.folder / "blobs")
        self.desk = Desk(self.log, blobs, author, self.profile, verify)
        self.desk.listen(self.news.append)

    def stop(self) -> None:
        self.desk.close()

    def take(self) -> None:
        """Keep all the hub has for this computer."""
        while self.office.hub.is_behind():
            self.office.hub.catch_up()
        while True:
            since = self.desk.position().since
            steps = self.office.hub.delivered_after(self.session, since, 7)
            if not steps:
                return
            self.desk.take(steps, Position(incarnation="i", since=steps[-1].seq))

    def send(self) -> None:
        for batch, records in self.desk.outgoing():
            answers = self.office.hub.accept(self.session, records, is_batch=bool(batch))
            self.desk.answered(answers)

    def sync(self) -> None:
        self.send()
        self.take()

    def fetch(self) -> None:
        """Fetch every file that is wanted and may be had."""
        for wanted in self.desk.wanted_blobs():
            path = self.office.hub.blob_path(self.session, wanted.blob, wanted.record)
            assert path is not None
            self.desk.blob_part(wanted.blob).write_bytes(path.read_bytes())
            self.desk.blob_arrived(wanted.blob)


class QuietOffice:
    """Five people, two of them secretaries; a meeting of person-s with two papers."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.meeting = folder, new_id("meeting")
        self.log, self.blobs = SqliteHubLog(folder / "hub.db"), FileBlobs(folder / "hub-blobs")
        self.key = Ed25519Signer.new()
        people = tuple(
            PersonSet(
                person=name,
                name=name,
                rights=("secretary", "administrator") if name in PEOPLE[:2] else (),
            )
            for name in PEOPLE
        )
        charter = Charter(name="Xã", people=people)
        office_key = self.office_key = Ed25519Signer.new()
        self.hub = found_office(self.log, self.blobs, office_key, self.key, verify, charter, tls="")
        self.restart_hub()
        self.desks: list[QuietDesk] = []
        self.secretary = self.desk_of("person-s")
        self.issue(self.paper("open"), self.paper("closed", ("person-a",)))

    def desk_of(self, principal: str) -> QuietDesk:
        """A new computer of a person, up to date."""
        desk = QuietDesk(self, principal)
        self.desks.append(desk)
        desk.take()
        return desk

    def restart_hub(self) -> None:
        box = FileBallotBox(self.folder / "ballots")
        self.hub = HubOffice(self.log, self.blobs, self.key, verify, box=box)
        self.hub.counting.heal()

    def paper(
        self, name: str, audience: tuple[str, ...] = ("everyone",), content: str = "", version=1
    ) -> facts.PaperPut:
        """A paper whose file the secretary has uploaded."""
        raw = (content or name).encode() * 20
        blob = hashlib.sha256(raw).hexdigest()
        session = self.secretary.session
        self.hub.upload_part(session, blob).write_bytes(raw)
        self.hub.upload_done(session, blob)
        return facts.PaperPut(
            paper=name, item="i", place=0, title=name, file_name=f"{name}.pdf", blob=blob,
            size=len(raw), pages=9, version=version, audience=audience,
        )  # fmt: skip

    def issued(self, revision: int, **changes: object) -> facts.MeetingIssued:
        fact = facts.MeetingIssued(
            revision=revision, base=revision - 1, title="Họp", kind="", body="", place="",
            starts_at="2026-11-26T08:00:00+07:00", chair="person-c", secretaries=("person-s",),
            people=(facts.Invited(person="person-a"), facts.Invited(person="person-b")),
            agenda=(facts.AgendaItem(item="i", title="Một"),),
        )  # fmt: skip
        return msgspec.structs.replace(fact, **changes)

    def issue(self, *papers: facts.Fact, **changes: object) -> None:
        """The next revision, sent and taken by all."""
        folded = self.hub.meeting(self.meeting)
        revision = folded.issued.revision + 1 if folded and folded.issued else 1
        rows = [*papers, self.issued(revision, **changes)]
        self.secretary.desk.write_batch(self.meeting, rows, new_id("batch"))
        self.sync()

    def put(self, *rows: facts.Fact) -> None:
        """Single records of the secretary."""
        for row in rows:
            self.secretary.desk.write(self.meeting, row)
        self.sync()

    def sync(self) -> None:
        for desk in (self.secretary, *self.desks):
            desk.sync()
        for desk in self.desks:
            desk.take()

    def folded(self):
        return self.hub.meeting(self.meeting)

    def blob(self, paper: str) -> str:
        return self.folded().papers[paper].current.blob

    def close(self) -> None:
        for desk in self.desks:
            desk.stop()
        self.hub.close()
        self.log.close()
