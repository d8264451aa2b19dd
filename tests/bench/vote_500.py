"""Everybody votes at once: ballots of N people over TLS, then the close and its result.

    python vote_500.py open|secret [N]

`ours` is the seconds from the first ballot sent to the last one answered: kept for good. Then
the chair closes; `p50_ms`, `p99_ms` are from her press to the result at each voter's device.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench_office import BenchOffice, bench_office
from figures import SAMPLE, hand_in, row, spread
from lean_lines import LeanSocket, trusting

PEOPLE, AT_ONCE = 500, 16
CHOICES = ("Tán thành", "Không tán thành", "Không biểu quyết")


def vote(way: str, people: int) -> dict[str, Any]:
    """The figures of one vote."""
    with tempfile.TemporaryDirectory() as name:
        paper = next((SAMPLE / "meeting").glob("*.pdf"))
        with bench_office(Path(name) / "office", [paper], people) as office:
            office.stop_hub()
            laptops = office.laptops()
            office.start_hub()
            told = asyncio.run(_play(office, laptops, is_secret=way == "secret"))
            told["hub_mb"] = office.resident_mb()
            office.stop_hub()
            told |= _counted(office)
    delays = told.pop("delays")
    return row(
        f"vote_500_{way}", "s", ours=told.pop("seconds"), **spread(delays),
        slowest_ms=round(max(delays), 1), people=people, **told,
    )  # fmt: skip


def _counted(office: BenchOffice) -> dict[str, int]:
    """What the hub's log says: who voted, and how often."""
    from meetingroom.assembly import RunningHub

    hub = RunningHub(office.data, announces=False)
    meeting = hub.office.meeting(office.meeting)
    assert meeting is not None
    (told,) = meeting.voting.votes.values()
    assert told.result is not None
    hub.stop_unstarted()
    return {"counted": sum(told.result.counts), "have_voted": len(told.voted)}


class Hall:
    """What all voters wait for together."""

    def __init__(self) -> None:
        self.moments: dict[str, list[float]] = {}
        self.failed: list[str] = []
        self._news = asyncio.Event()

    def note(self, what: str, now: float) -> None:
        self.moments.setdefault(what, []).append(now)
        self._news.set()

    def fail(self, why: str) -> None:
        self.failed.append(why)
        self._news.set()

    async def all_have(self, what: str, count: int, seconds: float = 300) -> list[float]:
        """When each of so many had it."""
        async with asyncio.timeout(seconds):
            while len(self.moments.get(what, ())) < count:
                assert not self.failed, self.failed[:3]
                await self._news.wait()
                self._news.clear()
        return self.moments[what]


class Voter:
    """A person's device at the hub."""

    def __init__(self, hall: Hall, person: str, device: str, key: Any) -> None:
        from meetingroom.services.authoring import Author

        self.author = Author(person, device, key)
        self._hall, self._key, self._asked = hall, key, 0
        self.answer: dict[str, Any] = {}

    async def connect(self, port: int, gate: asyncio.Semaphore) -> None:
        async with gate:
            loop = asyncio.get_running_loop()
            self.online: asyncio.Future[None] = loop.create_future()
            _, self._line = await loop.create_connection(
                lambda: LeanSocket("/device", self._heard), "127.0.0.1", port, ssl=trusting()
            )
            await self._line.ready
            await asyncio.wait_for(self.online, 120)

    def write(self, meeting: str, fact: Any) -> None:
        from meetingroom.network import protocol as wire

        self._asked += 1
        record = self.author.write(meeting, fact)
        self._line.send(wire.encode(wire.Records(n=self._asked, records=(record,))))

    def ask(self, name: str, **body: Any) -> None:
        from meetingroom.network import protocol as wire

        self._asked += 1
        self._line.send(wire.encode(wire.Ask(n=self._asked, name=name, body=body)))

    def _heard(self, frame: bytes, now: float) -> None:
        from meetingroom.network import protocol as wire

        message = wire.decode(frame)
        match message:
            case wire.Hello():
                self._line.send(wire.encode(self._introduced(message)))
            case wire.Deliver():
                self._line.send(wire.encode(wire.Took(since=message.steps[-1].seq)))
                self._take(message, now)
            case wire.Answers():
                for answer in message.answers:
                    if not answer.is_accepted:
                        self._hall.fail(answer.refusal)
                self._hall.note("answered", now)
            case wire.Reply():
                self.answer = message.body
                self._hall.note("answered", now)
            case wire.Failed():
                self._hall.fail(message.code)

    def _take(self, message: Any, now: float) -> None:
        for step in message.steps:
            head = step.kept.record.head if step.kept else ""
            for kind in ("meeting_issued", "vote_opened", "vote_closed", "ballot_cast"):
                if f'"kind":"{kind}"' in head:
                    self._hall.note(kind, now)
            if '"kind":"meeting_issued"' in head and not self.online.done():
                self.online.set_result(None)

    def _introduced(self, hello: Any) -> Any:
        import hashlib

        from meetingroom.domain.ports import Position
        from meetingroom.network import protocol as wire

        shown = self._line.transport.get_extra_info("ssl_object").getpeercert(True)
        tls = hashlib.sha256(shown).hexdigest()
        signed = self._key.sign(wire.auth_bytes(hello.nonce, tls, self.author.device))
        return wire.Authenticate(device=self.author.device, signature=signed, position=Position())


async def _play(office: BenchOffice, laptops: list[Any], *, is_secret: bool) -> dict[str, Any]:
    hall, gate = Hall(), asyncio.Semaphore(AT_ONCE)
    chair, *deputies = [Voter(hall, *laptop) for laptop in laptops]
    await asyncio.gather(*(one.connect(office.port, gate) for one in (chair, *deputies)))
    vote = await _open(office, hall, chair, deputies, is_secret=is_secret)
    seconds = await _cast(office, hall, deputies, vote, is_secret=is_secret)
    hall.moments.clear()
    start = time.perf_counter()
    chair.ask("vote.close", meeting=office.meeting, vote=vote)
    heard = await hall.all_have("vote_closed", len(deputies) + 1)
    await hall.all_have("answered", 1)
    wanted = [len(deputies[place::3]) for place in range(3)]
    assert chair.answer["counts"] == wanted, (chair.answer, wanted)
    return {"seconds": round(seconds, 2), "delays": [(now - start) * 1000 for now in heard]}


async def _open(
    office: BenchOffice, hall: Hall, chair: Voter, deputies: list[Voter], *, is_secret: bool
) -> str:
    from meetingroom.domain import facts

    chair.write(office.meeting, facts.MeetingOpened())
    voters = tuple(one.author.principal for one in deputies)
    opened = facts.VoteOpened(
        vote="vote-bench", motion="Thông qua nghị quyết", item="", choices=CHOICES, voters=voters,
        members=len(voters), is_secret=is_secret, majority="half_members",
    )  # fmt: skip
    chair.write(office.meeting, opened)
    await hall.all_have("vote_opened", len(deputies) + 1)
    await asyncio.sleep(1)  # nothing else is under way
    hall.moments.clear()
    return opened.vote


async def _cast(
    office: BenchOffice, hall: Hall, deputies: list[Voter], vote: str, *, is_secret: bool
) -> float:
    """Every deputy votes; the seconds until the last one is told that it is kept."""
    from meetingroom.domain import facts

    start = time.perf_counter()
    for place, deputy in enumerate(deputies):
        choice = CHOICES[place % 3]
        if is_secret:
            cast = f"cast-{place}"
            deputy.ask("vote.cast", meeting=office.meeting, vote=vote, choice=choice, cast=cast)
        else:
            deputy.write(office.meeting, facts.BallotCast(vote=vote, choice=choice))
    answered = await hall.all_have("answered", len(deputies))
    return max(answered) - start


if __name__ == "__main__":
    count = int(sys.argv[2]) if len(sys.argv) > 2 else PEOPLE
    hand_in(lambda: vote(sys.argv[1], count))
