"""What a meeting is called: heading, topic, V/v, subject, or the words of the invitation."""

import re
from collections.abc import Callable

from meetingroom.domain.invitation import Letter, Spot
from meetingroom.invitations.paragraphs import first_sentence, text_of, to_its_end
from meetingroom.invitations.plain import Reading, plain

MOST = 300
QUOTES = '"“”'

_HEADING = re.compile(
    r"\n[ *#]{0,80}(?:giay moi|giay trieu tap|thu moi|thong bao moi)(?: hop"
    r"| du hop)?[ *:]{0,80}(?=\n|$|du |tham |v/v|ve viec)"
)
_HEADING_ENDS = re.compile(
    r"\s*(?:[_=*-]{3}|kinh gui|kinh moi|can cu|thuc hien|so\s*:|dia diem|thoi gian|\(?thoi gian"
    r"|tran trong"
    r"|ngay \d|[^\n]{0,90}(?:tran trong|kinh moi)|de |theo |nham |cong hoa|doc lap|uy ban|uy ban"
    r"|hoa toc|khan)"
)
_TOPIC = re.compile(
    r"\n[ *\"-]{0,20}(?:topic|chu de(?: cuoc hop)?|ten (?:cuoc hop|hoi nghi)"
    r"|noi dung(?: cuoc hop)?|(?:tham |toi |den )?du(?: hop)?"
    r"|meeting (?:topic|title|name)|title|event)\s{0,3}:"
)
_ABOUT = re.compile(r"(?<![a-z])v\s?/\s?v\s{0,3}:?\s{0,3}")
_ABOUT_ENDS = re.compile(
    r"\s*(?:kinh gui|[^\n]{0,60},\s{0,4}ngay\b|cong hoa|doc lap|can cu|[_=-]{3}|so\s*:|kinh moi"
    r"|hoa toc|khan$|thuong khan)"
)
_SUMMARY = re.compile(r"trich yeu(?: noi dung)?\s{0,3}:")
_BODY = re.compile(
    r"(?:tham du|toi du|den du|(?<![a-z])du|trieu tap|to chuc|tham gia|moi)\s{1,3}(?:cuoc |buoi "
    r"|lop )?"
    r"(?=(?:hoi nghi|hop |cuoc hop|hoi thao|phien hop|tap huan|toa dam|giao ban|ky hop|le |buoi"
    r"|lop|hoi dam))"
)
_LEADS = re.compile(
    r"(?:(?:v/v|ve viec|viec|trich yeu|giay moi|thu moi|thong bao(?= (?:moi|hop|lich hop"
    r"|to chuc))|dang ky(?= tham du)|chuan bi(?= (?:noi dung|tham du))"
    r"|noi dung(?= tham du))[\s:]{0,3}|(?:tran trong )?(?:kinh )?moi (?=.)|(?:tham |toi |den )du "
    r"|du (?=.)|to chuc (?=.)|tham gia (?=.))"
)
_SUBJECT_LEADS = re.compile(
    r"\s*(?:(?:re|fw|fwd|tl|tra loi|chuyen tiep)\s*:|\[[^\]]{0,40}\]|(?:updated |canceled "
    r"|cancelled )?(?:invitation|loi moi(?: da cap nhat)?|meeting invitation"
    r"|webex meeting invitation|accepted|reminder|nhac nho)\s*(?:with note)?:)\s*"
)
_SUBJECT_TIME = re.compile(r"\s@\s.{0,120}$|\s-\s(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* .{0,80}$")
_GENERIC = re.compile(r".{0,60}(?:is inviting you to|dang moi ban|moi ban tham gia).{0,80}$")


def title(letter: Letter, reading: Reading, near: int = 0) -> tuple[str, Spot] | None:
    """The meeting's title, and where it stands."""
    sources: tuple[Callable[[Reading], tuple[str, Spot] | None], ...] = (
        _heading,
        _topic,
        _about,
        _summary,
    )
    for source in sources:
        if found := source(reading):
            return found
    return _subject(letter) or _body(reading)


def bare_title(words: str) -> str:
    """A title without the words that only invite: `mời dự Hội nghị …` is `Hội nghị …`."""
    words = unquoted(" ".join(words.split()).strip(" :;,.-–_*"))
    for _ in range(5):
        lead = _LEADS.match(plain(words))
        if lead is None or len(words) - lead.end() < 6:
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
    if found is None:
        return None
    return _lines(reading, found.end(), _HEADING_ENDS)


def _about(reading: Reading) -> tuple[str, Spot] | None:
    found = _ABOUT.search(reading.plain, 0, 4000)
    return _lines(reading, found.end(), _ABOUT_ENDS) if found else None


def _lines(reading: Reading, start: int, ends: re.Pattern[str]) -> tuple[str, Spot] | None:
    """Up to six lines in their narrow column: a blank one ends them once something is said."""
    said: list[str] = []
    first = last = start
    place = start
    for line in reading.plain[start : start + 900].split("\n")[:9]:
        stop = place + len(line)
        column = _column(line)
        bare = line[:column].strip(" *\t|")
        if (said and not bare) or len(said) == 6 or ends.match(bare):
            break
        if bare:
            first = first if said else place
            last = place + column
            said.append(reading.text[place:last])
        place = stop + 1
    words = bare_title(" ".join(said))
    return (words, reading.spot(first, last)) if len(words) >= 4 else None


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
    span = first_sentence(reading, to_its_end(reading, found.end(), MOST))
    words = bare_title(text_of(reading, span))
    return (words, reading.spot(*span)) if len(words) >= 4 else None


def _subject(letter: Letter) -> tuple[str, Spot] | None:
    words = " ".join(letter.subject.split())[:400]
    for _ in range(5):
        lead = _SUBJECT_LEADS.match(plain(words))
        if lead is None or not lead.end():
            break
        words = words[lead.end() :]
    words = words[: len(_SUBJECT_TIME.sub("", plain(words)))]
    if len(words) < 4 or _GENERIC.match(plain(words)):
        return None
    return bare_title(words), Spot(page=None, text=letter.subject[:160])


def _body(reading: Reading) -> tuple[str, Spot] | None:
    found = _BODY.search(reading.plain)
    if found is None:
        return None
    span = first_sentence(reading, to_its_end(reading, found.end(), MOST))
    if found[0].rstrip().endswith(("cuoc", "buoi", "lop")):
        span = (span[0] - 5, span[1])
    words = bare_title(text_of(reading, span))
    return (words, reading.spot(*span)) if len(words) >= 4 else None
