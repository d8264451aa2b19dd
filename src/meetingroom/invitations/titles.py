"""What a meeting is called: heading, topic, V/v, subject, or the words of the invitation."""

import re
from collections.abc import Callable
from itertools import islice

from meetingroom.domain.invitation import Letter, Spot
from meetingroom.invitations.paragraphs import STARTS_NEW, Span, first_sentence, to_its_end
from meetingroom.invitations.phrases import any_of
from meetingroom.invitations.plain import Reading, plain

MOST = 300
QUOTES = '"“”'
_LEAST = 4

_KINDS = any_of("giay moi", "giay trieu tap", "thu moi", "thong bao moi")
_HEADING = re.compile(
    rf"\n[ \t*#|]{{0,80}}{_KINDS}(?: hop| du hop)?(?: ?\([^)\n]{{2,60}}\))?[ *:|]{{0,80}}"
    r"(?=\n|du |tham |v/v|ve viec|hoi nghi|hop |cuoc hop)"
)
_OTHER_HEADING = re.compile(
    rf"\n[ \t*#|]{{0,80}}{any_of('thong bao', 'ke hoach', 'chuong trinh', 'cong dien')}"
    r"[ *:|]{0,80}(?=\n)"
)
_HEADING_ENDS = re.compile(
    r"\s*"
    + any_of(
        r"[_=*-]{3}", r"~", "kinh gui", "kinh moi", "can cu", "thuc hien", r"so\s*:", "dia diem",
        r"\(?thoi gian", "hinh thuc", "tran trong", r"ngay \d", "cong hoa", "doc lap", "hoa toc",
        r"[^\n]{0,90}(?:tran trong|kinh moi)", "theo ", "nham ", "do ", "uy ban", "khan$",
        r"[^\n]{0,60},\s{0,4}ngay(?![a-z])", "thuong khan",
    )
)  # fmt: skip
_TOPIC = re.compile(
    r"\n[ *\"|>-]{0,20}"
    + any_of(
        "topic", "chu de(?: cuoc hop)?", "ten (?:cuoc hop|hoi nghi)", "noi dung(?: cuoc hop| hop)?",
        "(?:tham |toi |den )?du(?: hop)?", "meeting (?:topic|title|name)", "title", "event",
        "subject", "thema", "betreff", "sujet", "tema", "asunto", "тема",
        "トヒック", "主题", "主題", "주제",
    )
    + r"\s{0,3}[:：]"
)  # fmt: skip
_ABOUT = re.compile(r"(?<![a-z])v\s?/\s?v\s{0,3}:?\s{0,3}")
_SUMMARY = re.compile(r"trich yeu(?: noi dung)?\s{0,3}:")
_MEETINGS = any_of(
    "hoi nghi", "hop(?! dong)(?! tac)(?! le)(?! phap)", "cuoc hop", "hoi thao", "phien hop",
    "tap huan", "toa dam", "giao ban", "ky hop", "le phat dong", "le cong bo", "buoi lam viec",
    "lop tap huan", "lop boi duong", "hoi dam", "boi duong", "sinh hoat", "tiep xuc cu tri",
    "dao tao", "webinar",
)  # fmt: skip
_CALLED_TO = re.compile(
    any_of("tham du", "toi du", "den du", "du", "trieu tap", "to chuc", "tham gia", "moi", "vao")
    + rf"\s{{1,3}}(?=(?:cuoc |buoi |lop |phien )?{_MEETINGS}(?![a-z]))"
)
_NAMED = re.compile(rf"(?<![a-z]){_MEETINGS}(?![a-z])")
_NAMED_FIRST = re.compile(rf"\A\n[ *#|-]{{0,10}}(?={_MEETINGS}(?![a-z]))")
_LEADS = re.compile(
    any_of(
        any_of(
            "v/v", "ve viec", "viec", "trich yeu", "giay moi", "thu moi",
            "thong bao(?= (?:ve|moi|hop|lich|to chuc))", "dang ky(?= tham du)",
            "chuan bi(?= (?:noi dung|tham du))", "noi dung(?= tham du)", "lich(?= hop)",
        )
        + r"[\s:]{0,3}",
        r"(?:tran trong )?(?:kinh )?moi (?=.)",
        r"trieu tap [^,.]{0,40}?(?=(?:lop|hoi nghi|hop|du|tham du) )",
        r"(?:tham |toi |den )?du (?=.)",
        r"to chuc (?=.)",
        r"tham gia (?=.)",
    )
)  # fmt: skip
_SUBJECT_LEADS = re.compile(
    r"\s*"
    + any_of(
        r"(?:re|fw|fwd|tl|tra loi|chuyen tiep)\s*:",
        r"\[[^\]]{0,40}\]",
        "(?:updated |cancell?ed )?"
        + any_of(
            "invitation", r"loi moi(?: da cap nhat)?", "meeting invitation", "accepted",
            "webex meeting invitation", "reminder", "nhac nho", "da huy",
        )
        + r"\s*(?:with note)?:",
    )
    + r"\s*"
)  # fmt: skip
# What only says that something follows.
_EMPTY = re.compile(
    r"(?:(?:giay|thu) moi|thong bao|moi)?(?: ?(?:du|tham du))?"
    r"(?: ?(?:cuoc hop|hop|hoi nghi|meeting|invitation))?(?: (?:truc tuyen|online|zoom))?"
)
# The line after these words, or before these, is the title.
_NAMED_NEXT = re.compile(
    r"invites you to join this webex meeting\.?[ ]{0,4}\n{1,3}(?P<t>[^\n]{4,200})"
)
_NAMED_BEFORE = re.compile(
    r"\n(?P<t>[^\n]{4,150})\n(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|thu [a-z]{2,4}|chu nhat)"
    r"[^\n]{2,40} · [0-9]"
)
_SUBJECT_TIME = re.compile(r"\s@\s.{0,120}$|\s-\s(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* .{0,80}$")
_GENERIC = re.compile(r".{0,60}(?:is inviting you to|dang moi ban|moi ban tham gia).{0,80}$")
# Where a title is over although its sentence goes on: its hour, its place, its way in.
_OVER = re.compile(
    r"[\s,;:.(–-]{0,4}"
    + any_of(
        "(?:(?:vao luc|vao hoi|vao|luc|hoi|tu|bat dau tu|bat dau) )?"
        r"(?<![0-9])[0-9]{1,2} ?(?:h|g|:|gio)(?![a-z])",
        r"(?<![a-z])(?:ngay|vao ngay) [0-9]{1,2}[/.-]",
        r"(?:vao|luc|vao luc|hoi) [0-9]{1,2}",
        "thoi gian", "dia diem", "tai (?:cac )?diem cau", "tai phong hop",
        "theo (?:duong )?(?:link|dan)",
        "(?:qua|tren|bang) (?:ung dung |phan mem |nen tang |he thong )?"
        + any_of("zoom", "google meet", "meet(?![a-z])", "teams", "microsoft", "webex", "goto",
                 "vnpt", "viettel", "trueconf", "jitsi", "skype", "zavi", "comeet", "zalo"),
        r"(?:link|duong dan|dia chi)[^a-z]", "~", "(?:ma|id) (?:cuoc hop|phong)",
        r"(?<![a-z])id[ :]",
        r"(?<![a-z])(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)[ ,(]",
        r"(?<![0-9])[0-9]{1,2}/[0-9]{1,2}(?!/?[0-9]{2,}-)",
    )
)  # fmt: skip
_HOLDS = re.compile(
    r"(?:so|ubnd|uy ban|van phong|bo|ban|dang uy)(?![a-z])[^\n]{0,60}(?<![a-z])to chuc(?![a-z])"
)
_CITES = re.compile(r"(?<![a-z])so [0-9]{1,5}[-/]")


def title_before(reading: Reading, start: int, end: int) -> tuple[str, Spot] | None:
    """The meeting named last before an hour: of several in one letter, that hour's."""
    named = list(islice(_NAMED.finditer(reading.plain, max(start, end - 400), end), 8))
    for found in reversed(named):
        line = reading.plain.rfind("\n", start, found.start()) + 1
        first = next((one for one in named if one.start() >= line), found)
        span = first_sentence(reading, to_its_end(reading, first.start(), MOST))
        if told := _cut(reading, (span[0], min(span[1], end))):
            return told
    return None


def title(letter: Letter, reading: Reading) -> tuple[str, Spot] | None:
    """The meeting's title, and where it stands."""
    sources: tuple[Callable[[Reading], tuple[str, Spot] | None], ...] = (
        _heading,
        _topic,
        _about,
        _summary,
    )
    for source in sources:
        if (found := source(reading)) and not _EMPTY.fullmatch(plain(found[0])):
            return found
    return _of_service(reading) or _subject(letter) or _other_heading(reading) or _body(reading)


def bare_title(words: str) -> str:
    """A title without the words that only invite: `mời dự Hội nghị …` is `Hội nghị …`."""
    words = unquoted(" ".join(words.split()).strip(" :;,.-–_*|"))
    for _ in range(5):
        lead = _LEADS.match(plain(words))
        if lead is None or len(words) - lead.end() < _LEAST + 2:
            break
        words = words[lead.end() :].lstrip(" :,")
    words = unquoted(words)
    return (words[:1].upper() + words[1:])[:MOST].strip()


def unquoted(words: str) -> str:
    """Words without the quotes around them all, and without one that has no partner."""
    quotes = [at for at, one in enumerate(words) if one in QUOTES]
    if quotes in ([0], [len(words) - 1]) or quotes == [0, len(words) - 1]:
        return words.strip(QUOTES + " ")
    return words


def _heading(reading: Reading) -> tuple[str, Spot] | None:
    found = _HEADING.search(reading.plain)
    return _lines(reading, found.end()) if found else None


def _other_heading(reading: Reading) -> tuple[str, Spot] | None:
    found = _OTHER_HEADING.search(reading.plain, 0, 3000)
    return _lines(reading, found.end()) if found else None


def _about(reading: Reading) -> tuple[str, Spot] | None:
    found = _ABOUT.search(reading.plain, 0, 4000)
    return _lines(reading, found.end()) if found else None


def _lines(reading: Reading, start: int) -> tuple[str, Spot] | None:
    """Up to six lines in their narrow column: a blank one ends them once something is said."""
    said: list[str] = []
    first = last = start
    place = start
    for line in reading.plain[start : start + 900].split("\n")[:9]:
        stop = place + len(line)
        column = _column(line)
        bare = line[:column].strip(" *\t|")
        if _ends(bare, said):
            break
        if bare:
            first = first if said else place
            last = place + column
            said.append(reading.text[place:last])
        place = stop + 1
    return _titled(reading, (first, last), bare_title(" ".join(said)))


def _ends(bare: str, said: list[str]) -> bool:
    if not said:
        return bool(_HEADING_ENDS.match(bare)) and bool(bare)
    is_new = not bare or _HOLDS.match(bare) or _HEADING_ENDS.match(bare) or STARTS_NEW.match(bare)
    return bool(is_new) or len(said) == 6 or said[-1].rstrip().endswith((".", ";"))


def _titled(reading: Reading, span: Span, words: str) -> tuple[str, Spot] | None:
    return (words, reading.spot(*span)) if len(words) >= _LEAST else None


def _column(line: str) -> int:
    """How far the left column of a line goes."""
    gap = re.search(r"\S(?=\s{4,}\S|\t| \| )", line)
    return gap.end() if gap else len(line)


def _topic(reading: Reading) -> tuple[str, Spot] | None:
    return _labelled(reading, _TOPIC)


def _summary(reading: Reading) -> tuple[str, Spot] | None:
    return _labelled(reading, _SUMMARY)


def _labelled(reading: Reading, label: re.Pattern[str]) -> tuple[str, Spot] | None:
    found = label.search(reading.plain)
    if found is None:
        return None
    return _cut(reading, first_sentence(reading, to_its_end(reading, found.end(), MOST)))


def _of_service(reading: Reading) -> tuple[str, Spot] | None:
    """The line that a service's own mail gives to the title."""
    for pattern in (_NAMED_NEXT, _NAMED_BEFORE):
        if found := pattern.search(reading.plain, 0, 3000):
            span = found.span("t")
            return _titled(reading, span, bare_title(reading.text[span[0] : span[1]]))
    return None


def _subject(letter: Letter) -> tuple[str, Spot] | None:
    words = " ".join(letter.subject.split())[:400]
    for _ in range(5):
        lead = _SUBJECT_LEADS.match(plain(words))
        if lead is None or not lead.end():
            break
        words = words[lead.end() :]
    words = words[: len(_SUBJECT_TIME.sub("", plain(words)))]
    searched = plain(words)
    if len(words) < _LEAST or _GENERIC.match(searched) or _EMPTY.fullmatch(searched):
        return None
    return bare_title(words), Spot(page=None, text=letter.subject[:160])


def _body(reading: Reading) -> tuple[str, Spot] | None:
    """The meeting as a sentence of the letter names it."""
    for pattern in (_NAMED_FIRST, _CALLED_TO, _NAMED):
        for found in islice(pattern.finditer(reading.plain, 0, 20_000), 8):
            start = found.start() if pattern is _NAMED else found.end()
            span = first_sentence(reading, to_its_end(reading, start, MOST))
            if named := _cut(reading, span):
                return named
    return None


def _cut(reading: Reading, span: Span) -> tuple[str, Spot] | None:
    """The span up to where its title is over."""
    start, end = span
    for over in _OVER.finditer(reading.plain, start, end):
        is_cited = over[0].lstrip().startswith("ngay") and _CITES.search(
            reading.plain, max(start, over.start() - 40), over.start()
        )
        if not is_cited:
            end = over.start()
            break
    words = " ".join(reading.text[start:end].split())
    return _titled(reading, (start, end), bare_title(words)) if len(words) > 6 else None
