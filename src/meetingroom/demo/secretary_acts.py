"""What the secretary does in the story."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtTest import QTest

from meetingroom.demo.cast import Actor
from meetingroom.demo.hands import choose, drop, live, press, rewrite, wait_for, write
from meetingroom.services.drafting import Draft
from meetingroom.ui.secretary.agenda_editor import AgendaEditor, ItemCard
from meetingroom.ui.secretary.audience_dialog import KEY, AudienceDialog
from meetingroom.ui.secretary.people_picker import MEMBER
from meetingroom.ui.stage.moments import now
from meetingroom.wording import tr


def _draft(actor: Actor) -> Draft:
    drafting = actor.context.drafting
    meeting = actor.desk.secretary.meeting_id
    return wait_for(lambda: drafting.draft(meeting) if drafting else None, "a draft")


def _person(actor: Actor, name: str) -> str:
    people = actor.office.directory.people
    return next(key for key, person in people.items() if person.name == name)


def come_on_line(actor: Actor) -> str:
    """Wait until the hub answers and the people are known."""
    wait_for(lambda: actor.office.directory.people, "the people")
    wait_for(lambda: actor.office.link_state.state == "online", "the hub")
    return actor.office.profile.name


def give_code(actor: Actor, name: str) -> str:
    """Make a code for a person (or the room, with name "") in the people's room."""
    come_on_line(actor)
    actor.desk.go("people")
    room = actor.desk.people
    if not name:
        name = next(iter(actor.office.directory.rooms.values())).name
    button = f"{tr('Code for a new computer')}: {name}"
    for _ in range(6):
        room.code_card.code.setText("")
        room.info.title_label.setText("")
        press(room, button)
        words = wait_for(lambda: _told_of_code(actor), "the code")
        letters = words.replace("-", "").replace(" ", "")
        if len(letters) == 8 and letters.isalnum():
            return words
        live(2000)  # the hub was away: it said so; ask again when it is back
        come_on_line(actor)
    return ""


def _told_of_code(actor: Actor) -> str:
    room = actor.desk.people
    return str(room.code_card.code.text() or room.info.title_label.text())


def start_draft(actor: Actor, folder: str) -> str:
    """A new meeting: title, time, place, online link."""
    wanted = tomllib.loads((Path(folder) / "meeting.toml").read_text(encoding="utf-8"))
    actor.desk.go("prepare")
    desk = actor.desk.secretary
    desk.show_list()
    has_some = bool(actor.office.meetings or (actor.context.drafting or desk).drafts)  # type: ignore[union-attr]
    press(desk.list, tr("New meeting") if has_some else tr("Make the first meeting"))
    wait_for(lambda: desk.meeting_id, "the draft opens")
    page = desk.pages["info"]
    rewrite(page.title, wanted["title"])
    rewrite(page.place, wanted["place"])
    # Half an hour from now on the office's clock, so that the display is where it begins.
    starts = now() + timedelta(minutes=30)
    page.date.setDate(QDate(starts.year, starts.month, starts.day))
    page.time.setTime(QTime(starts.hour, starts.minute))
    QTest.keyClick(page.time, Qt.Key.Key_Return)
    for link in wanted.get("link", []):
        write(page.link_title, link["title"], ends=False)
        write(page.link_url, link["url"], ends=False)
        press(page, tr("Add the link"))
    links = len(wanted.get("link", []))
    wait_for(lambda: _draft(actor).title == wanted["title"], "the title is kept")
    wait_for(lambda: _draft(actor).place == wanted["place"], "the place is kept")
    wait_for(lambda: _draft(actor).starts_at, "the time is kept")
    wait_for(lambda: len(_draft(actor).links) == links, "the link is kept")
    return desk.meeting_id


def write_agenda(actor: Actor, folder: str) -> int:
    """Items with presenters and minutes, papers dropped on them."""
    place = Path(folder)
    wanted = tomllib.loads((place / "meeting.toml").read_text(encoding="utf-8"))
    actor.desk.secretary.go("agenda")
    for number, row in enumerate(wanted["item"]):
        _fill_item(actor, number, row)
        files = [place / paper["file"] for paper in row.get("paper", [])]
        if files:
            drop(_card(actor, number), files)
            _wait_for_papers(actor, number, len(files))
        for at, paper in enumerate(row.get("paper", [])):
            if "audience" in paper:
                _limit(actor, number, at, paper["audience"])
    return len(_draft(actor).papers)


def _wait_for_papers(actor: Actor, number: int, count: int) -> None:
    wait_for(lambda: len(_draft(actor).items[number].papers) == count, "the papers are kept")


def _card(actor: Actor, number: int) -> ItemCard:
    editor: AgendaEditor = actor.desk.secretary.pages["agenda"]

    def find() -> ItemCard | None:
        cards = editor.cards()
        items = actor.desk.secretary._draft.items if actor.desk.secretary._draft else ()  # noqa: SLF001 - the card must show the newest draft
        if len(cards) != len(_draft(actor).items) or items != _draft(actor).items:
            return None
        return cards[number] if number < len(cards) and editor.is_filled() else None

    return wait_for(find, f"the card of item {number + 1}")


def _fill_item(actor: Actor, number: int, row: dict[str, Any]) -> None:
    if number >= len(_draft(actor).items):
        press(actor.desk.secretary.pages["agenda"], tr("Add an item"))
        wait_for(lambda: len(_draft(actor).items) > number, "a new item")
    rewrite(_card(actor, number).title, row["title"])
    wait_for(lambda: _draft(actor).items[number].title == row["title"], "the item's title")
    presenter = _person(actor, row["presenter"])
    choose(_card(actor, number).presenter, presenter)
    wait_for(lambda: _draft(actor).items[number].presenter == presenter, "the presenter")
    minutes = row["minutes"]
    if _draft(actor).items[number].minutes != minutes:
        _card(actor, number).minutes.box.setValue(minutes)
        wait_for(lambda: _draft(actor).items[number].minutes == minutes, "the minutes")


def _limit(actor: Actor, number: int, place: int, names: list[str]) -> None:
    card = _card(actor, number)
    paper = _draft(actor).items[number].papers[place].paper
    card.audience_requested.emit(paper)
    desk = actor.desk.secretary
    dialog = wait_for(
        lambda: next((d for d in desk.findChildren(AudienceDialog) if d.isVisible()), None),
        "the dialog of readers",
    )
    dialog.all.setChecked(False)
    chosen = {_person(actor, name) for name in names}
    for row in range(dialog.rows.count()):
        item = dialog.rows.item(row)
        if item.data(KEY) in chosen:
            item.setCheckState(Qt.CheckState.Checked)
    press(dialog, tr("Keep"))
    wait_for(lambda: len(_draft(actor).items[number].papers[place].audience) == len(chosen),
             "the readers are kept")  # fmt: skip


def drop_secret(actor: Actor, file: str) -> str:
    """A file with a secrecy stamp is dropped; the sentence that refuses it."""
    desk = actor.desk.secretary
    before = len(_draft(actor).papers)
    desk.info.withdraw()
    drop(_card(actor, 0), [Path(file)])
    wait_for(lambda: desk.info.isVisible() and desk.info.advice_label.text(), "the refusal")
    kept = len(_draft(actor).papers) - before
    if kept:
        return ""
    words = desk.info.advice_label.text()
    desk.info.withdraw()
    return words


def choose_people(actor: Actor, folder: str) -> int:
    """Chair, members and guests."""
    wanted = tomllib.loads((Path(folder) / "meeting.toml").read_text(encoding="utf-8"))
    desk = actor.desk.secretary
    desk.go("people")
    page = desk.pages["people"]
    chair = _person(actor, wanted["chair"])
    choose(page.chair, chair)
    wait_for(lambda: _draft(actor).chair == chair, "the chair")
    for name, column in [(n, MEMBER) for n in wanted["members"]] + [
        (n, MEMBER + 1) for n in wanted.get("guests", [])
    ]:
        _tick(actor, name, column)
    return len({*_draft(actor).members, *_draft(actor).guests})


def _tick(actor: Actor, name: str, column: int) -> None:
    table = actor.desk.secretary.pages["people"].table
    person = _person(actor, name)
    for row in range(table.rowCount()):
        cell = table.item(row, 0)
        if cell is not None and cell.text() == name:
            table.item(row, column).setCheckState(Qt.CheckState.Checked)
            break
    chosen = "members" if column == MEMBER else "guests"
    wait_for(lambda: person in getattr(_draft(actor), chosen), f"{name} is kept")


def issue(actor: Actor) -> int:
    """Look at the check list and issue; the revision."""
    desk = actor.desk.secretary
    desk.go("check")
    live(50)
    desk.go("issue")
    base = _draft(actor).base
    wait_for(desk.issue_button.isEnabled, "nothing is missing")
    QTest.mouseClick(desk.issue_button, Qt.MouseButton.LeftButton)
    meeting = desk.meeting_id
    wait_for(lambda: _revision(actor, meeting) > base, "the revision is issued", 90)
    wait_for(lambda: desk.steps.current_key() == "follow", "the follow-up opens", 90)
    return _revision(actor, meeting)


def _revision(actor: Actor, meeting: str) -> int:
    folded = actor.office.meeting(meeting)
    return folded.numbered_revision if folded else 0


def revise(actor: Actor, number: str, file: str, title: str, new: str) -> int:
    """A new version of one paper and a new item with a paper: the next revision."""
    change(actor, number, file, title, new)
    return issue(actor)


def change(actor: Actor, number: str, file: str, title: str, new: str) -> str:
    """A new version of one paper and a new item with a paper, not issued yet; the meeting."""
    actor.desk.go("prepare")
    desk = actor.desk.secretary
    if not desk.meeting_id:  # the list was looked at last
        desk.open_meeting(actor.meeting().id)
    if desk._draft is None:  # noqa: SLF001 - a draft may be open already
        press(desk, tr("Change and issue again"))
    else:
        desk.go("agenda")
    wait_for(lambda: desk.steps.current_key() == "agenda", "the draft opens")
    desk.add_files("", [Path(file)], actor.paper(number).paper)
    wait_for(lambda: any(row.version == 2 for row in _draft(actor).papers), "the new version")
    count = len(_draft(actor).items)
    press(desk.pages["agenda"], tr("Add an item"))
    wait_for(lambda: len(_draft(actor).items) > count, "a new item")
    rewrite(_card(actor, count).title, title)
    wait_for(lambda: _draft(actor).items[count].title == title, "its title")
    place = _move_up(actor, count, 2)
    drop(_card(actor, place), [Path(new)])
    wait_for(lambda: _draft(actor).items[place].papers, "its paper")
    return str(desk.meeting_id)


def see_effect(actor: Actor) -> list[str]:
    """The step that issues, with what the new versions do to marks; the words of it."""
    desk = actor.desk.secretary
    desk.go("issue")
    page = desk.pages["issue"]
    asking = tr("Comparing the versions…")

    def told() -> list[str]:
        cards = page.replacements.cards.values() if page.replacements else ()
        words = [line for card in cards for line in card.words()]
        return [] if asking in words else words

    return list(wait_for(told, "what the new version does", 90))


def _move_up(actor: Actor, place: int, times: int) -> int:
    for _ in range(times):
        item = _draft(actor).items[place].item
        press(_card(actor, place), tr("Move up"))
        place -= 1
        _wait_for_item(actor, place, item)
    return place


def _wait_for_item(actor: Actor, place: int, item: str) -> None:
    wait_for(lambda: _draft(actor).items[place].item == item, "the item moves up")


def follow_up(actor: Actor, people: int) -> str:
    """Wait until so many people have every paper; the sentence above the board."""
    desk = actor.desk.secretary
    desk.go("follow")
    page = desk.pages["follow"]

    def whole() -> bool:
        meeting = actor.meeting()
        reached = [page._has_all(meeting, one) for one in meeting.people]  # noqa: SLF001 - what the screen counts
        return bool(sum(reached) >= people)

    wait_for(whole, f"{people} people have everything", 90)
    live(50)
    return str(page.summary.text())


def collect(actor: Actor, folder: str, marks: int) -> list[str]:
    """Wait for the shared marks, then write them as PDF, XFDF and table."""
    desk = actor.desk.secretary
    desk.go("collect")
    page = desk.pages["collect"]
    wait_for(lambda: page.table.rowCount() >= marks, f"{marks} shared marks", 60)
    page.files = []
    page.export_requested.emit(Path(folder), {"pdf", "xfdf", "csv"})
    return list(wait_for(lambda: page.files, "the files are written", 60))


def status(actor: Actor) -> dict[str, int]:
    """How many records the hub keeps."""
    come_on_line(actor)
    future = actor.office.ask("hub.status", {})
    wait_for(future.done, "the hub's status")
    heads = future.result()["heads"]
    return {"records": sum(int(head[1]) for head in heads.values()), "streams": len(heads)}


ACTS = {
    name.__name__: name
    for name in (
        come_on_line, give_code, start_draft, write_agenda, drop_secret, choose_people, issue,
        change, see_effect, revise, follow_up, collect, status,
    )
}  # fmt: skip
