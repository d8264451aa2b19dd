"""A folder of the sample, told to begin at another time."""

from datetime import datetime
from pathlib import Path


def written_for(words: str, papers: Path, starts: datetime, title: str = "") -> str:
    """The words of a `meeting.toml` with its papers found in a folder, its start, its title."""
    named = {"starts_at": starts.isoformat()}
    if title:
        named["title"] = f'"{title}"'
    lines, is_head = [], True
    for line in words.splitlines():
        is_head = is_head and not line.startswith("[[")
        key = line.partition(" = ")[0]
        if key == "file":
            lines.append(line.replace('"', f'"{papers.as_posix()}/', 1))
        elif is_head and key in named:
            lines.append(f"{key} = {named[key]}")
        else:
            lines.append(line)
    return "\n".join(lines)
