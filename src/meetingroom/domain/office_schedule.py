"""The week as an official schedule: what its document says, line by line.

The wording is that of the offices' own documents, Vietnamese whatever the screen speaks.
"""

from datetime import date, timedelta
from typing import Literal

import msgspec

from meetingroom.domain.bodies import PLACE, open_bodies
from meetingroom.domain.directory import Directory, Person
from meetingroom.domain.office_week import PARTS, DayPart, Engagement, Week
from meetingroom.domain.plain_words import one_line

DAYS = ("THỨ HAI", "THỨ BA", "THỨ TƯ", "THỨ NĂM", "THỨ SÁU", "THỨ BẢY", "CHỦ NHẬT")
PART_NAMES: dict[DayPart, str] = {"morning": "SÁNG", "afternoon": "CHIỀU", "evening": "TỐI"}
REPLACES = "LỊCH NÀY THAY THƯ MỜI HỌP"
PARTY = "dang_uy"
SHORTENED = {
    "ủy ban nhân dân": "ubnd", "uỷ ban nhân dân": "ubnd", "hội đồng nhân dân": "hđnd",
    "mặt trận tổ quốc": "mttq",
}  # fmt: skip
LineKind = Literal["day", "part", "entry", "detail"]


class ScheduleForm(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the week: head, title, who signs, who receives it."""

    letterhead: tuple[str, ...]
    title: str
    place_name: str
    day: date
    sign: str = ""
    is_party: bool = False
    replaces_invitations: bool = False
    signer: tuple[str, ...] = ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")
    signer_name: str = ""
    recipients: tuple[str, ...] = ()


class ScheduleLine(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph of the schedule; `strong` is how many of its first letters are bold."""

    kind: LineKind
    text: str
    strong: int = 0


def form_for(
    directory: Directory, body: str, day: date, *, replaces_invitations: bool
) -> ScheduleForm:
    """The usual form for one body, or for the whole office ("")."""
    known = directory.bodies.get(body)
    office = directory.office
    name = known.name if known else office.name if office else ""
    head = known.letterhead if known and known.letterhead else office.letterhead if office else ()
    is_party = body == PARTY
    return ScheduleForm(
        letterhead=head or _head_of(name),
        title=f"LỊCH LÀM VIỆC CỦA LÃNH ĐẠO {name.upper()}" if known else "LỊCH CÔNG TÁC TUẦN",
        place_name=_place_name(directory, name),
        day=day,
        sign=_sign(body, name),
        is_party=is_party,
        replaces_invitations=replaces_invitations,
        signer=("T/L THƯỜNG TRỰC", "CHÁNH VĂN PHÒNG") if is_party else _signer(body),
        signer_name=_signer_name(directory),
        recipients=("Các thành phần có tên trong lịch;", "Lưu: VT."),
    )


def _head_of(name: str) -> tuple[str, ...]:
    """A name as heads of letters have it: what it is, and the place in a line of its own."""
    found = PLACE.search(name)
    if found is None or not found.start():
        return (name.upper(),) if name else ()
    what = name[: found.start()].strip()
    whole = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}.get(what, what)
    return (whole.upper(), found[0].strip().upper())


def _place_name(directory: Directory, name: str) -> str:
    """The place before the date: without "xã"."""
    if directory.office is not None and directory.office.place_name:
        return directory.office.place_name
    found = PLACE.search(name) or PLACE.search(directory.office.name if directory.office else "")
    return found[0].strip()[len(found[1]) :].strip() if found else ""


def _sign(body: str, name: str) -> str:
    if body == PARTY:
        return "LCT/ĐU"
    short = {"ubnd": "UBND", "hdnd": "HĐND"}.get(body, "")
    short = short or next((one for one in ("UBND", "HĐND") if one in name), "")
    short = short or ("UBND" if name.lower().startswith(("ủy ban", "uỷ ban")) else "")
    return f"LCT-{short}" if short else "LCT"


def _signer(body: str) -> tuple[str, ...]:
    first = "TL. THƯỜNG TRỰC HĐND" if body == "hdnd" else "TL. CHỦ TỊCH"
    return (first, "CHÁNH VĂN PHÒNG")


def _signer_name(directory: Directory) -> str:
    """Who heads the office, where the directory says so."""
    for person in directory.in_protocol_order():
        if person.title.casefold().startswith("chánh văn phòng"):
            return person.name
    return ""


def subject_words(week: Week) -> str:
    """Which week it is, as the line under the title says."""
    last = week.monday + timedelta(days=6)
    dates = f"từ ngày {week.monday:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"
    return f"(Tuần thứ {week.number:02d}, {dates})"


def date_words(form: ScheduleForm) -> str:
    """Place and date, with a nought before days under 10 and months 1 and 2."""
    day, month = form.day.day, form.day.month
    shown = f"{month:02d}" if month < 3 else str(month)
    when = f"ngày {day:02d} tháng {shown} năm {form.day.year}"
    return f"{form.place_name}, {when}" if form.place_name else when.capitalize()


def schedule_lines(week: Week) -> list[ScheduleLine]:
    """The week's paragraphs: its days, their parts, and what is when and where.

    What was cancelled is left out.
    """
    lines: list[ScheduleLine] = []
    for day in week.shown_days:
        name = f"{DAYS[day.date.weekday()]} ({day.date:%d/%m/%Y}):"
        lines.append(ScheduleLine(kind="day", text=name, strong=len(name)))
        rows = [row for row in day.engagements if not row.is_cancelled]
        if not rows:
            lines.append(ScheduleLine(kind="detail", text="Không có lịch họp."))
        for part in PARTS:
            some = [row for row in rows if row.part == part]
            if some:
                words = f"* {PART_NAMES[part]}:"
                lines.append(ScheduleLine(kind="part", text=words, strong=len(words)))
            for number, row in enumerate(some, 1):
                lines += _entry(row, number)
    return lines


def _entry(row: Engagement, number: int) -> list[ScheduleLine]:
    hour = f"{number}. {row.starts_at:%H} giờ {row.starts_at:%M}':"
    title = one_line(row.title).rstrip(".")
    by = ", ".join(one_line(unit) for unit in row.units)
    units = f" (Giao {by} chuẩn bị nội dung)" if by else ""
    made = [ScheduleLine(kind="entry", text=f"{hour} {title}{units}.", strong=len(hour))]
    told = [
        ("Chủ trì:", person_words(row.chair) if row.chair else ""),
        ("Thành phần tham dự:", people_words(row.people)),
        ("Địa điểm:", one_line(row.place).rstrip(".")),
        ("Đơn vị triệu tập:", ", ".join(map(one_line, row.organisers))),
        ("Điểm cầu:", ", ".join(map(one_line, row.sites))),
    ]
    if row.is_online:
        told.insert(2, ("Hình thức:", "Họp trực tuyến"))
    return [*made, *(_detail(name, words) for name, words in told if words)]


def _detail(name: str, words: str) -> ScheduleLine:
    return ScheduleLine(kind="detail", text=f"{name} {words}.", strong=0)


def person_words(person: Person) -> str:
    """A person with their title."""
    title = title_words(person)
    return f"{one_line(person.name)}, {title}" if title else one_line(person.name)


def _names(title: str, unit: str) -> bool:
    """Whether a title says of which unit, in full or as people shorten it."""
    said = f" {title.casefold()} "
    whole = unit.casefold()
    short = whole
    for words, letters in SHORTENED.items():
        short = short.replace(words, letters)
    return whole in said or f" {short} " in said


def title_words(person: Person) -> str:
    title, unit = one_line(person.title), one_line(person.unit)
    if not title or not unit or _names(title, unit):
        return title
    words, more = title.split(), unit.split()
    # "Trưởng phòng" of "Phòng Kinh tế" is "Trưởng phòng Kinh tế".
    for same in range(min(len(words), len(more)), 0, -1):
        if [w.casefold() for w in words[-same:]] == [w.casefold() for w in more[:same]]:
            return " ".join((*words, *more[same:]))
    return f"{title} {unit}"


def people_words(people: tuple[Person, ...]) -> str:
    """Who comes: by their titles, or by name where a title is not theirs alone."""
    titles = [title_words(one) for one in people]
    return "; ".join(
        title if title and titles.count(title) == 1 else person_words(one)
        for one, title in zip(people, titles, strict=True)
    )


def is_one_of(directory: Directory, body: str) -> bool:
    """Whether a schedule can be made for a body: an open one, or the whole office ("").

    Where the office has no bodies, meetings name theirs in words.
    """
    rows = open_bodies(directory)
    return not body or not rows or any(row.body == body for row in rows)
