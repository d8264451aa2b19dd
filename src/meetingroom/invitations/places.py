"""Where a meeting is, where the office takes part, and whom to call when nothing is heard."""

import re

from meetingroom.domain.invitation import Spot
from meetingroom.invitations.paragraphs import Span, first_sentence, text_of, to_its_end
from meetingroom.invitations.plain import Reading

_PLACE = re.compile(
    r"(?:dia diem(?: hop| to chuc| du hop)?|noi hop|(?<![a-z])where|location|venue"
    r"|(?<![a-z])dia chi hop|\n[ *-]{0,6}tai)\s{0,3}:"
)
_AT = re.compile(
    r"(?<![a-z])tai (?=(?:phong hop|hoi truong|tru so|tru so|nha van hoa|diem cau"
    r"|trung tam hoi nghi|phong hoi nghi))"
)
_SITE = re.compile(r"(?:cac )?diem cau")
_SITE_END = re.compile(r"[;\n]|\.(?=\s|$|/)|[a-z0-9)],(?= (?:tai )?(?:cac )?diem cau)")
_LOCAL = re.compile(r"(?<!hop tac )(?<![a-z])(?:xa(?! hoi)|phuong|dac khu|co so|thi tran)(?![a-z])")
_HIGH = re.compile(r"(?<![a-z])(?:tinh|trung uong|trung tam|bo|chinh phu|so|tw|chinh)(?![a-z])")
_PHONE = re.compile(
    r"(?<![0-9~])(?:\(?\+?84\)?[ .-]?|\(?0)[0-9)](?:[ .()-]{0,2}[0-9]){7,9}(?![0-9])"
)
_TECHNICAL = re.compile(
    r"(?:dau moi|can bo|ho tro|lien he|phu trach|nguoi|cho)[^.;\n]{0,40}(?:ky thuat|ket noi"
    r"|duong truyen)|ho tro ky thuat"
    r"|technical (?:support|contact)|ky thuat vien|su co ky thuat"
)
_CONTACT = re.compile(
    r"dau moi(?: lien he| phoi hop)?|lien he|lien lac|chi tiet|thong tin chi tiet|contact|hotline"
    r"|duong day nong|so dien thoai|(?<![a-z])sdt|dien thoai|(?<![a-z])dt(?=[ :.])|zalo"
)
_CONTACT_LEAD = re.compile(
    r"(?:(?:thong tin |moi |xin |vui long |de nghi |chi tiet |can |cac don vi )?"
    r"(?:lien he|dau moi|contact|ho tro|can bo|lien lac|hotline|duong day nong"
    r"|technical)[^:;.\n]{0,70}?[:]\s*"
    r"|(?:lien he|lien lac)(?: (?:voi|qua|den|truc tiep|ky thuat|dau moi))*[\s,]*(?=\S))"
)


def place(reading: Reading) -> tuple[str, Spot] | None:
    """The place of the meeting as the letter says it."""
    found = _PLACE.search(reading.plain)
    if found is not None:
        span = to_its_end(reading, found.end(), 500)
    elif (found := _AT.search(reading.plain)) is not None:
        span = first_sentence(reading, to_its_end(reading, found.end(), 200))
    else:
        return None
    words = text_of(reading, span)
    if len(words) < 2 or set(reading.plain[span[0] : span[1]].strip()) <= {"~", " "}:
        return None
    return words, reading.spot(*span)


def site(reading: Reading) -> tuple[str, Spot] | None:
    """Where a commune takes part: the clause of the `điểm cầu` that speaks of communes."""
    clauses = [_clause(reading, found.start()) for found in _SITE.finditer(reading.plain)][:60]
    local = [one for one in clauses if _LOCAL.search(reading.plain, *one)]
    plainly = [one for one in clauses if not _HIGH.search(reading.plain, *one)]
    for span in (*local, *plainly):
        words = text_of(reading, span)
        if 8 < len(words) <= 240 and len(words) > len("các điểm cầu"):
            return words, reading.spot(*span)
    return None


def contact(reading: Reading) -> tuple[str, Spot] | None:
    """Whom to call: technical help before others, with a telephone number."""
    best: tuple[int, Span] | None = None
    for found in list(_PHONE.finditer(reading.plain))[:40]:
        start = _contact_start(reading.plain, found.start())
        around = reading.plain[start : found.end()]
        rank = 2 if _TECHNICAL.search(around) else 1 if _CONTACT.search(around) else 0
        if rank and (best is None or rank > best[0]) and "fax" not in around:
            best = rank, (start, found.end())
    if best is None:
        return None
    start, end = best[1]
    leads = [one.end() for one in _CONTACT_LEAD.finditer(reading.plain, start, end)]
    span = (leads[-1] if leads and leads[-1] < end else start, end)
    return text_of(reading, span), reading.spot(*span)


def _clause(reading: Reading, start: int) -> Span:
    end = _SITE_END.search(reading.plain, start + 8)
    stop = end.start() if end else len(reading.plain)
    if end and end[0] == "\n":
        stop = first_sentence(reading, to_its_end(reading, start, 260))[1]
    elif end and end[0].endswith(","):
        stop = end.start() + 1
    return start, min(stop, start + 260)


def _contact_start(plain: str, phone: int) -> int:
    """Where the sentence of a telephone number begins."""
    before = plain[max(0, phone - 260) : phone]
    last = 0
    for found in re.finditer(
        r"\n\s{0,20}\n|\n(?=[-+*]\s)|[;!?]\s|[a-z0-9)]{2}\.\s(?=[a-z~])", before
    ):
        last = found.end()
    return max(0, phone - 260) + last
