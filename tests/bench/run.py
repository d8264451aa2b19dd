"""Every figure of the program, each measured in a process of its own, one after another.

    python tests/bench/run.py --json FILE [NAME ...]

The file is a list of entries with `name`, `ours`, `peer`, `ratio`, `unit`, `p50_ms`,
`p99_ms`, `events_p99_ms`; what does not apply is null, what could not be taken says `why`.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from figures import row

HERE = Path(__file__).parent
SECONDS = 600
# Name, unit, reach, the script that measures it.
FIGURES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("first_page_1000", "ms", "ratio <= 1.2", ("page_speed.py", "first")),
    ("first_page_100mb", "ms", "ratio <= 1.2", ("page_speed.py", "heavy")),
    ("uncached_page_4k_text", "ms", "ratio <= 1.3", ("uncached_page.py", "text")),
    ("uncached_page_4k_vector", "ms", "ratio <= 1.3", ("uncached_page.py", "vector")),
    ("uncached_page_4k_jpeg", "ms", "ratio <= 1.3", ("uncached_page.py", "jpeg")),
    ("uncached_page_4k_jbig2", "ms", "ratio <= 1.3", ("uncached_page.py", "jbig2")),
    ("uncached_page_4k_jpx", "ms", "ratio <= 1.3", ("uncached_page.py", "jpx")),
    ("page_turn_steady", "%", ">= 99 %, p99 <= 16 ms", ("page_speed.py", "steady")),
    ("program_to_page_4k_text", "ms", "ratio <= 0.8", ("program_to_page.py", "text")),
    ("program_to_page_4k_vector", "ms", "ratio <= 0.8", ("program_to_page.py", "vector")),
    ("program_to_page_4k_scan", "ms", "ratio <= 1.0", ("program_to_page.py", "scan")),
    ("memory_1000_pages_4k", "MB", "<= bound + 250 MB", ("memory_4k.py",)),
    ("page_turn_4k_ms", "ms", "p99 <= 16 ms", ("page_speed.py", "turn")),
    ("pack_100mb_23", "MB/s", "ratio >= 0.7, events p99 <= 50 ms", ("network_pack.py",)),
    ("follow_painted_ms", "ms", "p99 <= 50 ms", ("follow_painted.py",)),
    ("laser_shown", "a second", ">= 50, hub <= 15 % of a core", ("laser.py",)),
    ("fan_out_23", "ms", "ratio <= 2", ("fan_out.py", "23")),
    ("fan_out_200", "ms", "ratio <= 2", ("fan_out.py", "200")),
    ("fan_out_1000", "ms", "ratio <= 2, p99 <= 60 ms", ("fan_out.py", "1000")),
    ("vote_500_open", "s", "<= 5 s, result p99 <= 300 ms", ("vote_500.py", "open")),
    ("vote_500_secret", "s", "<= 5 s, result p99 <= 300 ms", ("vote_500.py", "secret")),
    ("hub_idle", "MB", "<= 120 MB, <= 1 % of a core", ("hub_idle.py",)),
    ("takeover", "s", "<= 5 s", ("takeover.py",)),
    ("pen_painted_4k", "ms", "p99 <= 3 ms, ratio <= 1.2", ("pen_painted.py",)),
    ("mark_commit", "ms", "ratio <= 1.5 or p99 <= 2 ms", ("mark_commit.py",)),
    ("carry_1000", "s", "<= 2 s", ("carry_marks.py",)),
    ("marks_list_5000", "ms", "<= 100 ms, stall <= 20 ms", ("marks_list.py",)),
    ("search_typing", "ms", "ratio <= 2, p95 <= 30 ms", ("search_speed.py", "typing")),
    ("index_1000", "s", "ratio <= 1.5, stall <= 20 ms", ("search_speed.py", "index")),
    ("invitations_1000", "s", "<= 2 s", ("letters_speed.py",)),
    ("letter_pdf_2_pages", "ms", "p99 <= 300 ms", ("letter_pdf.py",)),
    ("cold_start", "ms", "ratio <= 2.5", ("cold_start.py",)),
    ("story_stall_ms", "ms", "<= 50 ms", ("story_stall.py",)),
)


def main() -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args()
    entries = []
    for name, unit, reach, script in FIGURES:
        if not asked.names or name in asked.names:
            entries.append(_measured(name, unit, script) | {"reach": reach})
            print(_line(entries[-1]), flush=True)
    if asked.json is not None:
        asked.json.write_text(json.dumps(entries, indent=1), encoding="utf-8")
    return 0


def _measured(name: str, unit: str, script: tuple[str, ...]) -> dict[str, Any]:
    command = [sys.executable, str(HERE / script[0]), *script[1:]]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return row(name, unit, why=f"not done in {SECONDS} s")
    lines = done.stdout.strip().splitlines()
    if done.returncode != 0 or not lines:
        return row(name, unit, why=(done.stderr.strip().splitlines() or ["no answer"])[-1])
    entry: dict[str, Any] = json.loads(lines[-1])
    return entry


def _line(entry: dict[str, Any]) -> str:
    facts = [f"{key} {value}" for key, value in entry.items() if value is not None]
    return "  ".join(facts).replace("name ", "", 1)


if __name__ == "__main__":
    raise SystemExit(main())
