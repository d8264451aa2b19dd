"""A folder with meeting.toml and papers as a draft: for scripts, samples and tests."""

import tomllib
import unicodedata
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from meetingroom.domain.bodies import bodies_of, body_called
from meetingroom.domain.directory import Directory
from meetingroom.domain.errors import CallError, StoreError
from meetingroom.domain.ids import EVERYONE, new_id
from meetingroom.domain.meeting import Meeting
from meetingroom.services.drafting import Draft, DraftItem


class FolderPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One paper a folder names."""

    file: Path
    title: str
    audience: tuple[str, ...]
    item: str


class FolderLink(msgspec.Struct, frozen=True, kw_only=True):
    """An online meeting; `said` is what else a draft's link keeps. Without an address it goes
    over the higher level's own video system."""

    title: str
    url: str
    said: dict[str, str | bool] = {}


class FolderMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """A folder's meeting, with its people found in the directory."""

    draft: Draft
    papers: tuple[FolderPaper, ...]
    links: tuple[FolderLink, ...]


def read_folder(folder: Path, directory: Directory, secretary: str) -> FolderMeeting:
    """The meeting of a folder.

    Raises CallError("folder.no_meeting" | "folder.malformed" | "person.unknown" |
    "body.unknown") or StoreError("file.unreadable").
    """
    path = folder / "meeting.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CallError("folder.no_meeting", folder=str(folder)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CallError("folder.malformed", reason=str(error)) from error
    except OSError as error:
        raise StoreError("file.unreadable", file=path.name) from error
    names = _names(directory)
    items, papers = _items(folder, table, names)
    draft = Draft(
        meeting=new_id("meeting"),
        title=_text(table, "title"),
        kind=_text(table, "kind"),
        body=_body(directory, _text(table, "body"), secretary),
        starts_at=_moment(table.get("starts_at")),
        place=_text(table, "place"),
        chair=_person(names, _text(table, "chair")),
        secretaries=tuple(
            dict.fromkeys((*(_person(names, n) for n in table.get("secretaries", [])), secretary))
        ),
        members=tuple(_person(names, name) for name in table.get("members", [])),
        guests=tuple(_person(names, name) for name in table.get("guests", [])),
        items=items,
    )
    links = tuple(_link(row) for row in table.get("link", []))
    return FolderMeeting(draft=draft, papers=papers, links=links)


def _link(row: dict[str, Any]) -> FolderLink:
    named = {
        "meeting_number": "number", "organiser": "organiser", "level": "level", "site": "site",
        "contact": "contact",
    }  # fmt: skip
    said: dict[str, str | bool] = {field: _text(row, key) for field, key in named.items()}
    said["test_at"] = _moment(row["test_at"]) if "test_at" in row else ""
    said["is_for_all"] = row.get("for_all") is True
    said["opens_itself"] = row.get("opens_itself") is True
    return FolderLink(title=_text(row, "title"), url=_text(row, "url"), said=said)


def _body(directory: Directory, words: str, secretary: str) -> str:
    """The body that words name; the secretary's only one where there are none."""
    mine = bodies_of(directory, secretary)
    if not words and len(mine) == 1:
        return mine[0].body
    found = body_called(directory, words)
    if found is None:
        names = ", ".join(row.name for row in mine)
        raise CallError("body.unknown", name=words, choices=names)
    return found


def _names(directory: Directory) -> dict[str, str]:
    names = {person.email.lower(): key for key, person in directory.people.items() if person.email}
    names |= {person.name.lower(): key for key, person in directory.people.items()}
    return names


def _person(names: dict[str, str], name: str) -> str:
    known = names.get(unicodedata.normalize("NFC", " ".join(name.split())).lower())
    if known is None:
        raise CallError("person.unknown", name=name)
    return known


def _text(table: dict[str, Any], key: str) -> str:
    return unicodedata.normalize("NFC", str(table.get(key, "")).strip())


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.astimezone()).isoformat()
    if isinstance(value, date):
        return f"{value.isoformat()}T08:00:00+07:00"
    raise CallError("folder.malformed", reason="starts_at")


def _items(
    folder: Path, table: dict[str, Any], names: dict[str, str]
) -> tuple[tuple[DraftItem, ...], tuple[FolderPaper, ...]]:
    items: list[DraftItem] = []
    papers: list[FolderPaper] = []
    for row in table.get("item", []):
        presenter = _text(row, "presenter")
        item = DraftItem(
            item=new_id("item"),
            title=_text(row, "title"),
            presenter=names.get(presenter.lower(), presenter),
            minutes=int(row.get("minutes", 10)),
        )
        items.append(item)
        for paper in row.get("paper", []):
            audience = tuple(_person(names, name) for name in paper.get("audience", []))
            file = folder / _text(paper, "file")
            papers.append(
                FolderPaper(
                    file=file,
                    title=_text(paper, "title") or file.stem,
                    audience=audience or (EVERYONE,),
                    item=item.item,
                )
            )
    return tuple(items), tuple(papers)


def as_next_revision(wanted: FolderMeeting, meetings: dict[str, Meeting]) -> FolderMeeting:
    """The same, as the next revision of a meeting with this title and start, if there is one.

    Items are matched by title, papers by title within the meeting, so that a new version of
    a paper is one and not a new paper.
    """
    known = next(
        (row for row in meetings.values() if row.issued and _is_same(row, wanted.draft)), None
    )
    if known is None or known.issued is None:
        return wanted
    old_items = {row.title: row.item for row in known.issued.agenda}
    renamed = {row.item: old_items.get(row.title, row.item) for row in wanted.draft.items}
    items = tuple(
        msgspec.structs.replace(row, item=renamed[row.item]) for row in wanted.draft.items
    )
    draft = msgspec.structs.replace(
        wanted.draft, meeting=known.id, base=known.issued.revision, items=items
    )
    papers = tuple(msgspec.structs.replace(row, item=renamed[row.item]) for row in wanted.papers)
    return FolderMeeting(draft=draft, papers=papers, links=wanted.links)


def _is_same(meeting: Meeting, draft: Draft) -> bool:
    issued = meeting.issued
    return (
        issued is not None
        and (issued.title, issued.body) == (draft.title, draft.body)
        and issued.starts_at == draft.starts_at
    )
