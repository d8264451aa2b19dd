"""What every benchmark hands in, and small sums."""

import json
import os
import statistics
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample"


def row(name: str, unit: str, **values: Any) -> dict[str, Any]:
    """One entry of the list; what is not given is null."""
    empty: dict[str, Any] = dict.fromkeys(
        ("ours", "peer", "ratio", "p50_ms", "p99_ms", "events_p99_ms")
    )
    return {"name": name, **empty, "unit": unit, **values}


def against(ours: float, peer: float) -> dict[str, float]:
    """Ours, the peer's, and ours in peers."""
    return {"ours": round(ours, 3), "peer": round(peer, 3), "ratio": round(ours / peer, 3)}


def spread(values: Sequence[float]) -> dict[str, float]:
    """The median and the 99th percentile, in ms."""
    ordered = sorted(values)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return {"p50_ms": round(statistics.median(ordered), 2), "p99_ms": round(last, 2)}


def meetingroom(*arguments: str | Path) -> str:
    """Run a verb of the program; what it says. Raises CalledProcessError."""
    command = [sys.executable, "-m", "meetingroom", *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def compile_sources() -> None:
    """Have bytecode for our sources, as an installed program has, whatever the environment says."""
    command = [sys.executable, "-m", "compileall", "-q", str(ROOT / "src")]
    plain = {key: word for key, word in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, env=plain)


def hand_in(figure: Callable[[], dict[str, Any]]) -> None:
    """Measure, print the entry as JSON, and end at once: a window's threads could only wait."""
    try:
        print(json.dumps(figure()), flush=True)
    except Exception:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def long_paper(target: Path, pages: int, seal: int = 0) -> Path:
    """A paper of so many pages made of the sample papers; another `seal`, other bytes."""
    import pymupdf

    target.parent.mkdir(parents=True, exist_ok=True)
    sources = sorted((SAMPLE / "meeting").glob("*.pdf"))
    with pymupdf.open() as whole:
        while whole.page_count < pages:
            for source in sources:
                with pymupdf.open(source) as part:
                    whole.insert_pdf(part, annots=False, links=False)
        whole.delete_pages(range(pages, whole.page_count)) if whole.page_count > pages else None
        whole.set_metadata({"title": f"{pages} pages, {seal}"})
        whole.save(target, garbage=3, deflate=True)
    return target
