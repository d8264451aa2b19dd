"""A list of people from a CSV file: name, title, unit, e-mail, phone, role."""

import csv
import io
import unicodedata
from pathlib import Path

import msgspec

from meetingroom.domain.errors import CallError, StoreError
from meetingroom.domain.facts import PersonSet
from meetingroom.domain.ids import new_id

HEADERS = {
    "name": ("name", "full name", "họ và tên", "họ tên"),
    "title": ("title", "position", "chức vụ", "chức danh"),
    "unit": ("unit", "department", "đơn vị", "cơ quan"),
    "email": ("email", "e-mail", "thư điện tử"),
    "phone": ("phone", "telephone", "điện thoại", "số điện thoại"),
    "role": ("role", "rights", "vai trò", "quyền"),
}
ROLES = {
    "secretary": "secretary",
    "administrator": "administrator",
    "thư ký": "secretary",
    "quản trị": "administrator",
}
MAX_BYTES = 4 << 20


def read_people_file(path: Path) -> list[PersonSet]:
    """The people of a CSV file, in its order.

    Raises CallError("people.no_names" | "people.unreadable") or StoreError("file.unreadable").
    """
    try:
        raw = path.read_bytes()[:MAX_BYTES]
    except OSError as error:
        raise StoreError("file.unreadable", file=path.name) from error
    return read_people(_decoded(raw))


def read_people(text: str) -> list[PersonSet]:
    """The people of CSV text; the separator may be a comma, a semicolon or a tab."""
    text = unicodedata.normalize("NFC", text)
    first = text.splitlines()[0] if text.strip() else ""
    separator = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    columns = _columns(rows[0]) if rows else {}
    if "name" not in columns:
        raise CallError("people.no_names")
    people: list[PersonSet] = []
    for row in rows[1:]:
        cells = {
            field: " ".join(row[place].split())
            for field, place in columns.items()
            if place < len(row)
        }
        if cells.get("name"):
            people.append(_person(cells, len(people)))
    return people


def with_a_secretary(people: list[PersonSet]) -> list[PersonSet]:
    """The same people; the first secretary also administers where nobody does.

    Raises CallError("people.no_secretary").
    """
    secretary = next((row for row in people if "secretary" in row.rights), None)
    if secretary is None:
        raise CallError("people.no_secretary")
    if any("administrator" in row.rights for row in people):
        return people
    raised = msgspec.structs.replace(secretary, rights=(*secretary.rights, "administrator"))
    return [raised if row is secretary else row for row in people]


def _columns(header: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        word = cell.strip().lstrip("\ufeff").lower()
        for field, names in HEADERS.items():
            if word in names:
                places.setdefault(field, place)
    return places


def _person(cells: dict[str, str], order: int) -> PersonSet:
    words = cells.get("role", "").lower()
    rights = tuple(dict.fromkeys(right for word, right in ROLES.items() if word in words))
    return PersonSet(
        person=new_id("person"),
        name=cells["name"],
        title=cells.get("title", ""),
        unit=cells.get("unit", ""),
        email=cells.get("email", ""),
        phone=cells.get("phone", ""),
        rights=rights,
        order=order,
    )


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CallError("people.unreadable")
