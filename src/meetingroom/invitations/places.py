"""Where a meeting is, where the office takes part, and whom to call when nothing is heard."""

import re
from itertools import islice

from meetingroom.domain.invitation import Spot
from meetingroom.invitations.paragraphs import Span, first_sentence, text_of, to_its_end
from meetingroom.invitations.phrases import any_of
from meetingroom.invitations.plain import Reading, plain

_PLACE = re.compile(
    r"(?:dia diem(?: hop| to chuc| du hop)?|noi hop|(?<![a-z])where|location|venue"
    r"|(?<![a-z])dia chi hop|\n[ *-]{0,6}tai)\s{0,3}:"
)
_AT = re.compile(
    r"(?<![a-z])tai (?=(?:phong hop|hoi truong|tru so|tru so|nha van hoa|diem cau"
    r"|trung tam hoi nghi|phong hoi nghi))"
)
_SITE = re.compile(r"(?:cac )?diem cau")
_SITE_END = re.compile(
    r"[;\n~]|\.(?=\s|$|/)|[a-z0-9)],(?= (?:tai )?(?:cac )?diem cau)"
    + r"|[, ]{1,2}"
    + any_of(
        r"(?:bat dau|vao luc|luc|vao hoi|hoi|tu|thoi gian)[: ]{1,3}(?:tu |luc )?[0-9]",
        r"[0-9]{1,2} ?(?:h[0-9 ]|gio |g[0-9])",
        "(?:de |kinh )?(?:du|tham du) (?:hoi nghi|hop)",
        "dia chi",
        "(?:link|id)[: ]",
        "lien he",
        "ket noi",
    )
)
_PERSONS = re.compile(
    r":\s{0,3}(?:cac )?(?:dong chi|d/c|chu tich|pho chu tich|lanh dao|dai dien|thanh phan|gom"
    r"|can bo|moi)"
)
_LOCAL = re.compile(r"(?<!hop tac )(?<![a-z])(?:xa(?! hoi)|phuong|dac khu|co so|thi tran)(?![a-z])")
_HIGH = re.compile(r"(?<![a-z])(?:tinh|trung uong|trung tam|bo|chinh phu|so|tw|chinh)(?![a-z])")
_STANDS = re.compile(
    r"(?<![a-z])(?:tai|phong hop|phong|hoi truong|tru so|ubnd|dang uy|nha van hoa)(?![a-z])"
)
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

_SENTENCE = re.compile(r"\n\s{0,20}\n|\n(?=[-+*]\s)|[;!?]\s|[a-z0-9)]{2}\.\s(?=[a-z~])")
_NAMED_BEHIND = re.compile(r"\s?\([^()\n]{2,60}\)")
_NAME = re.compile(r"[A-ZĐÀ-Ỹ][a-zà-ỹđ]+")


def place(reading: Reading) -> tuple[str, Spot] | None:
    """The place of the meeting as the letter says it."""
    found = _PLACE.search(reading.plain)
    if found is not None:
        span = to_its_end(reading, found.end(), 500)
    elif (found := _AT.search(reading.plain)) is not None:
        span = first_sentence(reading, to_its_end(reading, found.end(), 200))
        over = _SITE_END.search(reading.plain, span[0] + 8, span[1])
        span = (span[0], over.start()) if over and over[0] != "\n" else span
    else:
        return None
    words = text_of(reading, span)
    if len(words) < 2 or set(reading.plain[span[0] : span[1]].strip()) <= {"~", " "}:
        return None
    return words, reading.spot(*span)


def site(reading: Reading) -> tuple[str, Spot] | None:
    """Where a commune takes part: the clause of the `điểm cầu` that speaks of communes."""
    clauses = [
        _clause(reading, found.start()) for found in islice(_SITE.finditer(reading.plain), 40)
    ]
    told = [one for one in clauses if 14 < one[1] - one[0] <= 240]
    best = max(told, key=lambda span: _site_rank(reading, span), default=None)
    if best is None or _site_rank(reading, best) < 1:
        return None
    return text_of(reading, best), reading.spot(*best)


def _site_rank(reading: Reading, span: Span) -> int:
    """Communes before any site before those of higher levels; a told room before none."""
    is_local = _LOCAL.search(reading.plain, *span) is not None
    is_high = _HIGH.search(reading.plain, *span) is not None
    stands = _STANDS.search(reading.plain, span[0] + 8, span[1]) is not None
    return 4 * is_local + 2 * (not is_high) + stands if is_local or (stands and not is_high) else 0


def is_local(words: str) -> bool:
    """Whether a place is a commune's own room."""
    return _LOCAL.search(plain(words)) is not None and len(words) <= 160


def contact(reading: Reading) -> tuple[str, Spot] | None:
    """Whom to call: technical help before others, with a telephone number."""
    best: tuple[int, Span] | None = None
    for found in islice(_PHONE.finditer(reading.plain), 40):
        start = _contact_start(reading.plain, found.start())
        around = reading.plain[start : found.end()]
        rank = 2 if _TECHNICAL.search(around) else 1 if _CONTACT.search(around) else 0
        if rank and (best is None or rank > best[0]) and "fax" not in around:
            named = _NAMED_BEHIND.match(reading.plain, found.end())
            best = rank, (start, named.end() if named else found.end())
    if best is None:
        return None
    start, end = best[1]
    leads = [one.end() for one in _CONTACT_LEAD.finditer(reading.plain, start, end)]
    span = (leads[-1] if leads and leads[-1] < end else start, end)
    if not _NAME.search(reading.text, *span):  # the lead names who answers
        span = (start, end)
    return text_of(reading, span), reading.spot(*span)


def _clause(reading: Reading, start: int) -> Span:
    """A site's words: to the end of its clause, without who sits there."""
    end = _SITE_END.search(reading.plain, start + 8, start + 280)
    stop = end.start() if end else start + 260
    if end and end[0] == "\n":
        stop = first_sentence(reading, to_its_end(reading, start, 260))[1]
        more = _SITE_END.search(reading.plain, end.end(), stop)
        stop = more.start() if more and more[0] != "\n" else stop
    elif end and end[0].endswith(","):
        stop = end.start() + 1
    persons = _PERSONS.search(reading.plain, start, min(stop, start + 260))
    return start, persons.start() if persons else min(stop, start + 260)


def _contact_start(text: str, phone: int) -> int:
    """Where the sentence of a telephone number begins, or its line where that tells enough."""
    first = max(0, phone - 260)
    before = text[first:phone]
    last = 0
    for found in _SENTENCE.finditer(before):
        last = found.end()
    line = before.rfind("\n") + 1
    if line > last and (_CONTACT.search(before, line) or _TECHNICAL.search(before, line)):
        last = line
    return first + last
