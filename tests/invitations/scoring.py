"""How well letters are read: the figures of the table beside them, each a share of its cases.

A cell of the table: the words expected; `?` is not asked for; nothing where the letter does not
say. A service `null` is a meeting without a link (the province's own system), `none` no online
meeting at all; `zoom|null` allows both. `starts_at` may have `*` where the letter leaves it open.
`warned` is `yes` for an address that must not be opened by one touch.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from making import made

FIGURES = (
    "service and link", "meeting ID", "passcode", "date and time", "title", "no false link",
    "nothing invented", "no warning on a good one", "warning on a bad one",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One meeting expected in a letter."""

    letter: str
    make: str
    service: str
    url: str
    meeting_id: str
    passcode: str
    starts_at: str
    title: str
    warned: str


@dataclass
class Score:
    """Per figure: how many cases, and which went wrong and how."""

    asked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIGURES, 0))
    wrong: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FIGURES})

    def take(self, figure: str, is_right: bool, words: str) -> None:
        """Count a case."""
        self.asked[figure] += 1
        if not is_right:
            self.wrong[figure].append(words)

    def share(self, figure: str) -> float:
        """The share of cases that are right; 1 where there are none."""
        return 1 - len(self.wrong[figure]) / self.asked[figure] if self.asked[figure] else 1.0

    def lines(self) -> list[str]:
        """The score as words."""
        return [
            f"{name}: {self.asked[name] - len(self.wrong[name])}/{self.asked[name]}"
            f" = {self.share(name):.1%}"
            for name in FIGURES
        ]


def read_rows(place: Path) -> list[Row]:
    """The table of a folder with `letters.tsv` and `letters/`."""
    lines = (place / "letters.tsv").read_text(encoding="utf-8").splitlines()
    return [Row(*line.split("\t")) for line in lines[1:]]


def write_letters(place: Path, rows: list[Row], to: Path) -> list[Path]:
    """The files themselves, in the table's order, each once."""
    to.mkdir(parents=True, exist_ok=True)
    paths = []
    for letter, make in dict.fromkeys((row.letter, row.make) for row in rows):
        source = place / "letters" / letter
        text = source.with_suffix(".txt").read_text("utf-8") if make else source.read_text("utf-8")
        way = make or ("crlf" if letter.endswith(".ics") else "")
        paths.append(to / letter)
        paths[-1].write_bytes(made(way, text))
    return paths


def scored(rows: list[Row], answers: list[dict[str, Any]]) -> Score:
    """Hold what `invitation --json` printed against the table."""
    score = Score()
    by_letter = {Path(answer["file"]).name: answer["findings"] for answer in answers}
    for letter in dict.fromkeys(row.letter for row in rows):
        mine = [row for row in rows if row.letter == letter]
        _score_letter(score, mine, by_letter[letter])
    return score


def _score_letter(score: Score, rows: list[Row], found: list[dict[str, Any]]) -> None:
    name = rows[0].letter
    urls = [finding["url"] for finding in found if finding["url"]]
    if rows[0].warned:
        alarmed = [finding for finding in found if finding["warnings"]]
        is_shown = any(rows[0].url in ("?", finding["url"]) for finding in alarmed)
        score.take("warning on a bad one", is_shown, f"{name}: {_brief(found)}")
        return
    warnings = [code for finding in found for code in finding["warnings"]]
    score.take("no warning on a good one", not warnings, f"{name}: {warnings} {urls}")
    if not any(row.url == "?" for row in rows):
        false = [url for url in urls if not any(_is_same_link(url, row.url) for row in rows)]
        score.take("no false link", not false, f"{name}: {false}")
    for row in rows:
        _score_row(score, row, found)


def _score_row(score: Score, row: Row, found: list[dict[str, Any]]) -> None:
    name, services = row.letter, row.service.split("|")
    mine = _matching(row, found)
    if row.service == "none":
        is_right = all(not finding["url"] and not finding["service"] for finding in found)
        score.take("service and link", is_right, f"{name}: {_brief(found)}")
        return
    if row.service != "?":
        is_right = mine is not None and (mine["service"] or "null") in services
        score.take("service and link", is_right, f"{name}: {services} {row.url}: {_brief(found)}")
    mine = mine or {}
    for figure, key in (("meeting ID", "meeting_id"), ("passcode", "passcode")):
        asked, got = getattr(row, key), mine.get(key)
        if asked not in {"", "?"}:
            score.take(figure, _plain(got or "") == asked, f"{name}: {asked!r} not {got!r}")
        elif not asked and got:
            is_in_link = re.sub(r"\W", "", got).casefold() in _bare(row.url)
            score.take("nothing invented", is_in_link, f"{name}: {key} {got!r}")
        elif not asked:
            score.take("nothing invented", True, "")
    if row.starts_at not in {"", "?"}:
        got = mine.get("starts_at") or ""
        is_right = fnmatchcase(got[:16], row.starts_at) and got.endswith("+07:00")
        score.take("date and time", is_right, f"{name}: {row.starts_at} not {got!r}")
    elif not row.starts_at:
        got = mine.get("starts_at")
        score.take("nothing invented", not got, f"{name}: starts_at {got!r}")
    if row.title != "?":
        got = mine.get("title") or ""
        score.take("title", _is_same_title(row.title, got), f"{name}: {row.title!r} not {got!r}")


def _matching(row: Row, found: list[dict[str, Any]]) -> dict[str, Any] | None:
    if row.url == "?":
        return next((finding for finding in found if finding["url"]), None)
    if not row.url:
        return next((finding for finding in found if not finding["url"]), None)
    return next((one for one in found if _is_same_link(one["url"] or "", row.url)), None)


def _is_same_link(one: str, other: str) -> bool:
    """The same address as written; a host's capitals and a missing `https://` do not count."""
    return bool(one) and _normal_link(one) == _normal_link(other)


def _normal_link(url: str) -> str:
    with_scheme = url if "://" in url else f"https://{url}"
    scheme, _, rest = with_scheme.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}://{host.lower()}{slash}{path}"


def _bare(url: str) -> str:
    return re.sub(r"\W", "", url).casefold()


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def _words(title: str) -> str:
    folded = unicodedata.normalize("NFC", title).casefold()
    return " ".join(re.findall(r"\w+", folded))


def _is_same_title(asked: str, got: str) -> bool:
    """The words asked for are there, with at most twice as many around them, or most of them."""
    one, other = _words(asked), _words(got)
    if not other:
        return False
    return (one in other and len(other) <= 3 * len(one)) or (
        other in one and len(other) >= 0.6 * len(one)
    )


def _brief(found: list[dict[str, Any]]) -> str:
    return str([(one["service"], one["url"], one["warnings"]) for one in found])
