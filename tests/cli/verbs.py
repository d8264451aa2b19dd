"""The verbs as scripts call them: processes, exit statuses, JSON."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def call(*arguments: object, data: Path | None = None, status: int = 0) -> str:
    """What a verb printed (with its words of complaint where the status is not 0)."""
    command = [sys.executable, "-m", "meetingroom", *map(str, arguments)]
    if data is not None:
        command += ["--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
    return done.stdout if status == 0 else done.stdout + done.stderr


def facts(*arguments: object, data: Path | None = None) -> Any:
    """What a verb printed with --json."""
    return json.loads(call(*arguments, "--json", data=data))


def write_people(path: Path) -> Path:
    """A list of people as a spreadsheet saves it."""
    rows = ("name,title,unit,email,phone,role", "Hương Giang,Văn phòng,,,,secretary",
            "Hoàng Văn Páo,Chủ tịch,,,,", "Nông Thị Hiền,Phó Chủ tịch,,,,")  # fmt: skip
    path.write_text("\n".join(rows), encoding="utf-8-sig")
    return path


def write_meeting(folder: Path, *papers: Path, title: str = "Họp thường kỳ") -> Path:
    """A folder that can be issued."""
    folder.mkdir(exist_ok=True)
    rows = [
        f'title = "{title}"', "starts_at = 2026-11-26T08:00:00+07:00", 'place = "Phòng họp"',
        'chair = "Hoàng Văn Páo"', 'members = ["Nông Thị Hiền"]',
        "[[item]]", 'title = "Báo cáo"',
    ]  # fmt: skip
    for paper in papers:
        rows += ["[[item.paper]]", f"file = {json.dumps(str(paper))}", f'title = "{paper.stem}"']
    (folder / "meeting.toml").write_text("\n".join(rows), encoding="utf-8")
    return folder
