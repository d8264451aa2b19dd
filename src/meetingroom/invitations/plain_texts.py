"""Reads the online meeting out of a plain text."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from meetingroom.domain.invitation import Finding, Received, Spot

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MOST = 200_000
HOSTS = {"zoom.us": "zoom", "meet.google.com": "meet", "teams.microsoft.com": "teams"}
ADDRESS = re.compile(r"https://[^\s<>\"']+[^\s<>\"'.,;:)\]]")
NUMBER = re.compile(r"(?:Meeting ID|ID)\s*[:：]?\s*([0-9][0-9 -]{7,}[0-9])", re.IGNORECASE)
PASSCODE = re.compile(r"(?:mật khẩu|passcode|password|mã)\s*[:：]\s*(\S+)", re.IGNORECASE)
MOMENT = re.compile(
    r"(\d{1,2})\s*(?:giờ|h|:)\s*(\d{2})?\D{1,40}?(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d)"
)


class PlainTexts:
    """Implements `LetterReader` for texts; other files are answered with a problem."""

    def read(self, file: Path) -> Received:
        if file.suffix.lower() not in (".txt", ".htm", ".html"):
            return Received(file=file.name, problem="paper.not_read", fields={"file": file.name})
        text = file.read_bytes()[:MOST].decode("utf-8", "replace")
        found = [_finding(text, match) for match in ADDRESS.finditer(text)]
        return Received(file=file.name, findings=tuple(one for one in found if one is not None))


def _finding(text: str, match: re.Match[str]) -> Finding | None:
    host = match.group().split("/")[2]
    service = next((name for end, name in HOSTS.items() if host.endswith(end)), None)
    if service is None:
        return None
    spots = {"url": Spot(page=None, text=match.group())}
    values: dict[str, Any] = {"url": match.group()}
    for field, pattern in (("meeting_id", NUMBER), ("passcode", PASSCODE)):
        found = pattern.search(text)
        if found is not None:
            values[field], spots[field] = found.group(1), Spot(page=None, text=found.group())
    moment = MOMENT.search(text)
    if moment is not None:
        hour, minute, day, month, year = (int(part or 0) for part in moment.groups())
        starts = datetime(year, month, day, hour, minute, tzinfo=ZONE)
        values["starts_at"] = starts.isoformat()
        spots["starts_at"] = Spot(page=None, text=moment.group())
    return Finding(service=service, spots=spots, source=spots["url"], **values)
