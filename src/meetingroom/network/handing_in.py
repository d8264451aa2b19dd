"""What a device gives a hub of another incarnation: numbered records it lacks, and files."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import msgspec

from meetingroom.domain.errors import MeetingError
from meetingroom.domain.records import SignedRecord
from meetingroom.network import protocol as wire
from meetingroom.services.doors import LinkInbox

log = logging.getLogger(__name__)
RETRY_SECONDS = 3.0
OFFERED = 5000  # ids in one offer
OTHERS_SECONDS = 15.0  # until it is asked again whether others brought what they were to bring
Ask = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]
InInbox = Callable[..., Awaitable[Any]]
Upload = Callable[[str, Path], "Future[None]"]
Split = Callable[[Sequence[SignedRecord]], Iterator[tuple[SignedRecord, ...]]]


class HandingIn:
    """Of one connection; lives on the link's loop."""

    def __init__(
        self,
        inbox: LinkInbox,
        incarnation: str,
        *,
        ask: Ask,
        in_inbox: InInbox,
        upload: Upload,
        split: Split,
    ) -> None:
        self._inbox, self._incarnation = inbox, incarnation
        self._ask, self._in_inbox = ask, in_inbox
        self._upload, self._split = upload, split

    async def give_records(self) -> None:
        """Until the hub has all it lacks; nothing where it had all of this device before."""
        names = await self._in_inbox(self._inbox.to_hand_in, self._incarnation)
        while names:
            try:
                await self._give(names)
            except (MeetingError, TimeoutError) as error:
                if _knows_nothing_of_it(error):
                    return  # what this device wrote since must go out all the same
                log.info("the hub could not take records back now: %s", error)
                await asyncio.sleep(RETRY_SECONDS)
            else:
                break
        if names:
            await self._in_inbox(self._inbox.handed_in, self._incarnation)

    async def _give(self, names: list[str]) -> None:
        """Again while it helps: what vouches for a record may have come after it."""
        before = len(names) + 1
        while names and len(names) < before:
            before = len(names)
            for start in range(0, len(names), OFFERED):
                await self._offer(names[start : start + OFFERED])
            names = await self._wanted(names)

    async def _wanted(self, names: list[str]) -> list[str]:
        wanted: list[str] = []
        for start in range(0, len(names), OFFERED):
            some = names[start : start + OFFERED]
            wanted += (await self._ask("log.offer", {"records": some}))["wanted"]
        return wanted

    async def _offer(self, names: list[str]) -> None:
        wanted = await self._wanted(names)
        for start in range(0, len(wanted), wire.STEPS_A_FRAME):
            some = wanted[start : start + wire.STEPS_A_FRAME]
            rows = await self._in_inbox(self._inbox.kept, some)
            by_head = {row.record.head: row for row in rows}
            for group in self._split([row.record for row in rows]):
                kept = [msgspec.to_builtins(by_head[record.head]) for record in group]
                await self._ask("log.hand_in", {"kept": kept})

    async def bring_files(self) -> None:
        """Files the hub lacks and this device has; the hub says who brings which."""
        while True:
            try:
                if await self._bring_some() == 0:
                    return
            except (MeetingError, TimeoutError) as error:
                if _knows_nothing_of_it(error):
                    return
                log.info("files could not be brought to the hub now: %s", error)
                await asyncio.sleep(OTHERS_SECONDS)

    async def _bring_some(self) -> int:
        """How many were brought now, or are brought by others."""
        here = await self._in_inbox(self._inbox.files_here)
        if not here:
            return 0
        answer = await self._ask("blobs.lacking", {"here": here})
        for blob in answer["blobs"]:
            path = await self._in_inbox(self._inbox.file_path, blob)
            if path is not None:
                await asyncio.wrap_future(self._upload(blob, path))
        others = int(answer["others"])
        if not answer["blobs"] and others:
            await asyncio.sleep(OTHERS_SECONDS)
        return len(answer["blobs"]) + others


def _knows_nothing_of_it(error: Exception) -> bool:
    """Whether the hub is of an older program, which takes nothing back."""
    return isinstance(error, MeetingError) and error.code == "call.unknown"
