"""What a rehearsal found, in words: each finding, and what to do about it."""

from collections.abc import Callable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from meetingroom.domain.directory import Directory
from meetingroom.domain.ids import HUB, is_room
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import moment_of
from meetingroom.domain.rehearsal import (
    Finding,
    JudgedRow,
    Level,
    PageSeen,
    Rehearsal,
    RehearsalRow,
)
from meetingroom.wording import tr

SHOWN = 6  # papers or pages in one line


class About(NamedTuple):
    """What the findings are about: the meeting, and the office's time zone."""

    meeting: Meeting
    zone: ZoneInfo


Words = tuple[str, str]
"""What is so, and what to do ("" where nothing needs doing)."""


def level_words(level: Level) -> str:
    """A level by its name: never colour alone."""
    return {
        "bad": tr("Not ready"),
        "look": tr("Look at it"),
        "wait": tr("Under way"),
        "good": tr("Ready"),
    }[level]


def name_of(row: RehearsalRow, directory: Directory) -> str:
    """Whose computer it is."""
    if row.principal == HUB:
        return tr("The hub")
    name = directory.name_of(row.principal) or row.principal
    return tr("Display: {0}").format(name) if is_room(row.principal) else name


def summary_words(rows: list[JudgedRow]) -> str:
    """How many are ready, and how many are not."""
    counts = {level: sum(row.level == level for row in rows) for level in ("bad", "look", "wait")}
    ready = len(rows) - sum(counts.values())
    words = [tr("{0} of {1} ready").format(ready, len(rows))]
    for level, told in (
        ("bad", tr("{0} not ready")),
        ("look", tr("{0} to look at")),
        ("wait", tr("{0} under way")),
    ):
        words += [told.format(counts[level])] if counts[level] else []
    return " · ".join(words)


def list_words(
    rehearsal: Rehearsal, rows: list[JudgedRow], meeting: Meeting, directory: Directory
) -> str:
    """The whole list as plain text, to be printed or sent on."""
    title = meeting.issued.title if meeting.issued else ""
    by = directory.name_of(rehearsal.by)
    head = tr("Check of the room, {0}, {1}").format(_when(rehearsal.at, _zone(directory)), by)
    lines = [title, head, summary_words(rows), ""]
    for judged in rows:
        row = judged.row
        device = f" ({row.name})" if row.name else ""
        lines.append(f"[{level_words(judged.level)}] {name_of(row, directory)}{device}")
        for finding in judged.findings:
            words, advice = finding_words(finding, meeting, directory)
            lines.append(f"    - {words}" + (f" {advice}" if advice else ""))
    return "\n".join(lines).strip() + "\n"


def finding_words(finding: Finding, meeting: Meeting, directory: Directory) -> Words:
    """One finding as a sentence, and what to do."""
    words, advice = _WORDS[finding.code](finding, About(meeting, _zone(directory)))
    return words, advice if finding.level in ("bad", "look") else ""


def _zone(directory: Directory) -> ZoneInfo:
    return ZoneInfo(directory.office.time_zone if directory.office else "UTC")


def _when(moment: str, zone: ZoneInfo) -> str:
    return f"{moment_of(moment).astimezone(zone):%H:%M %d/%m/%Y}"


# --- each finding -------------------------------------------------------------------------


def _reached(finding: Finding, _about: About) -> Words:
    return (
        tr("Answers in {0} ms").format(finding.fields["ms"]),
        tr("The way is slow: move nearer to the Wi-Fi, or use a cable."),
    )


def _away(finding: Finding, about: About) -> Words:
    last = finding.fields["last"]
    told = tr("Was never on line")
    if last:
        told = tr("Away since {0}").format(_when(last, about.zone))
    return told, tr("Switch it on, open the program and join the office's network.")


def _went(_finding: Finding, _about: About) -> Words:
    return tr("Went away in between"), tr("Look at its network, then check again.")


def _too_old(_finding: Finding, _about: About) -> Words:
    return (
        tr("On line, but its program is too old to answer"),
        tr("Update the program on this computer."),
    )


def _asked(_finding: Finding, _about: About) -> Words:
    return tr("Asked, not answered yet"), ""


def _silent(_finding: Finding, _about: About) -> Words:
    return (
        tr("On line, but does not answer"),
        tr("Close the program there and open it again."),
    )


def _no_computer(_finding: Finding, _about: About) -> Words:
    return (
        tr("Has no computer"),
        tr("Print the papers, or give out a code for a laptop."),
    )


def _no_display(_finding: Finding, _about: About) -> Words:
    return (
        tr("This room has no display yet"),
        tr("Give out a code for the display and start it there."),
    )


def _program(finding: Finding, _about: About) -> Words:
    return tr("Program {0}").format(finding.fields["here"]), ""


def _other_program(finding: Finding, _about: About) -> Words:
    here, hub = finding.fields["here"], finding.fields["hub"]
    return (
        tr("Program {0}, the hub has {1}").format(here, hub),
        tr("Both work together; update the older one after the meeting."),
    )


def _clock(finding: Finding, _about: About) -> Words:
    seconds = float(finding.fields["seconds"])
    off = abs(seconds)
    if off < 60:
        size = tr("{0} s").format(f"{off:.0f}" if off >= 1 else f"{off:.1f}")
    else:
        size = tr("{0} min").format(round(off / 60))
    told = tr("Clock {0} slow") if seconds > 0 else tr("Clock {0} fast")
    return (
        told.format(size) if off >= 1 else tr("Clock right"),
        tr("Set the clock of this computer (time zone and minutes)."),
    )


def _disk(finding: Finding, _about: About) -> Words:
    free = int(finding.fields["mb"])
    size = f"{free} MB" if free < 1000 else f"{free / 1024:.0f} GB"
    return tr("{0} of disk free").format(size), tr("Delete what is not needed on this computer.")


def _battery(finding: Finding, _about: About) -> Words:
    return tr("On battery, {0} %").format(finding.fields["share"]), tr("Plug it in.")


def _revision(finding: Finding, _about: About) -> Words:
    return (
        tr("Has revision {0}, the newest is {1}").format(
            finding.fields["here"], finding.fields["hub"]
        ),
        tr("Leave it on line for a moment: it fetches by itself. Then check again."),
    )


def _missing(finding: Finding, about: About) -> Words:
    return (
        tr("Papers not there yet: {0}").format(_papers_named(finding, about)),
        tr("Leave it on line for a moment: it fetches by itself. Then check again."),
    )


def _damaged(finding: Finding, about: About) -> Words:
    return (
        tr("Papers that were damaged there: {0}").format(_papers_named(finding, about)),
        tr("They are being fetched anew. Check again in a moment; if it recurs, see to the disk."),
    )


def _unopened(finding: Finding, about: About) -> Words:
    return (
        tr("Papers that cannot be opened: {0}").format(_papers_named(finding, about)),
        tr("Issue the paper again from a sound file, as a new version."),
    )


def _locked(finding: Finding, about: About) -> Words:
    return (
        tr("Papers that want a password: {0}").format(_papers_named(finding, about)),
        tr("Tell the password, or issue the paper without one."),
    )


def _bad_pages(finding: Finding, about: About) -> Words:
    pages: tuple[PageSeen, ...] = finding.fields["pages"]
    by_paper: dict[str, list[int]] = {}
    for one in pages:
        by_paper.setdefault(one.paper, []).append(one.page + 1)
    named = [
        tr("{0}: {1}", "paper and pages").format(_paper(paper, about), _numbers(numbers))
        for paper, numbers in list(by_paper.items())[:SHOWN]
    ]
    return (
        tr("Pages that cannot be drawn: {0}").format(_some(named, len(by_paper))),
        tr("Look at these pages at the secretary's desk; issue a sound file if need be."),
    )


def _going_through(finding: Finding, _about: About) -> Words:
    fields = finding.fields
    return (
        tr("Going through the papers: {0} of {1} pages").format(fields["done"], fields["pages"]),
        tr("It went away before it was done. Check again."),
    )


def _papers(finding: Finding, _about: About) -> Words:
    fields = finding.fields
    if not fields["done"]:
        return tr("{0} papers there").format(fields["papers"]), ""
    words = tr("{0} papers verified, {1} pages open")
    return words.format(fields["papers"], fields["done"]), ""


def _unseen(finding: Finding, _about: About) -> Words:
    return tr("{0} papers verified").format(finding.fields["papers"]), ""


def _screen(finding: Finding, _about: About) -> Words:
    fields = finding.fields
    size = f"{fields['width']} × {fields['height']}"
    told = ", ".join(part for part in (fields["name"], size) if part)
    return tr("Screen {0}").format(told), ""


def _no_screen(_finding: Finding, _about: About) -> Words:
    return (
        tr("The display is not shown on any screen"),
        tr("Plug the large screen in and start the display there."),
    )


def _screen_lost(_finding: Finding, _about: About) -> Words:
    return (
        tr("The large screen is away"),
        tr("Look at its cable and its power; the display comes back by itself."),
    )


def _may_sleep(_finding: Finding, _about: About) -> Words:
    return (
        tr("This computer may fall asleep while it shows"),
        tr("Switch sleep and screen saver off in the system's settings."),
    )


def _link(finding: Finding, _about: About) -> Words:
    host, problem = finding.fields["host"], finding.fields["problem"]
    if not problem:
        return tr("Online meeting: {0} answers").format(host), ""
    told = {
        "reach.no_name": tr("Online meeting: {0} is not found"),
        "reach.untrusted": tr("Online meeting: {0} answers, but is not to be trusted"),
        "reach.no_answer": tr("Online meeting: {0} does not answer"),
    }.get(problem, tr("Online meeting: {0} cannot be reached"))
    return told.format(host), tr("Look at the display's way to the Internet and at the link.")


def _numbers(pages: list[int]) -> str:
    """Page numbers, the first of many."""
    shown = ", ".join(str(page) for page in sorted(pages)[: 2 * SHOWN])
    return f"{shown} …" if len(pages) > 2 * SHOWN else shown


def _papers_named(finding: Finding, about: About) -> str:
    papers: tuple[str, ...] = finding.fields["papers"]
    return _some([_paper(one, about) for one in papers[:SHOWN]], len(papers))


def _paper(paper: str, about: About) -> str:
    """A paper by number and title; one this person may not read goes unnamed."""
    known = about.meeting.papers.get(paper)
    number = about.meeting.number_of(paper)
    return f"{number} {known.title}".strip() if known else tr("a restricted paper")


def _some(named: list[str], count: int) -> str:
    more = count - len(named)
    names = "; ".join(named)
    return tr("{0} and {1} more").format(names, more) if more > 0 else names


_WORDS: dict[str, Callable[[Finding, About], Words]] = {
    "reached": _reached,
    "away": _away,
    "went": _went,
    "too_old": _too_old,
    "asked": _asked,
    "silent": _silent,
    "no_computer": _no_computer,
    "no_display": _no_display,
    "program": _program,
    "other_program": _other_program,
    "clock": _clock,
    "disk": _disk,
    "battery": _battery,
    "revision": _revision,
    "missing": _missing,
    "damaged": _damaged,
    "unopened": _unopened,
    "locked": _locked,
    "bad_pages": _bad_pages,
    "going_through": _going_through,
    "papers": _papers,
    "unseen": _unseen,
    "screen": _screen,
    "no_screen": _no_screen,
    "screen_lost": _screen_lost,
    "may_sleep": _may_sleep,
    "link": _link,
}
