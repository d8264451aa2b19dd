"""Where what a label begins comes to its end, in text that may be wrapped into lines."""

import re

from meetingroom.invitations.plain import Reading

Span = tuple[int, int]

STARTS_NEW = re.compile(
    r"[-+*•●▪➢]\s|\d{1,2}(?:\.\d{1,2})?[.)/]\s|[a-zđ]\)\s|[ivx]{1,4}\.\s"
    r"|[a-z][a-z ,/()&.-]{1,45}:(?!\d)"
    r"|[_=*-]{4}|(?:kinh gui|noi nhan|luu y|tran trong|kinh moi|nhan duoc|de nghi|yeu cau"
    r"|rat mong)\b|~"
)
_ENDED = re.compile(r"(?:[.;:!?]|\./\.)\s*$")
_LONG = 52  # a line this long was broken by its paper, not by its author


def to_its_end(reading: Reading, start: int, most: int = 400) -> Span:
    """The span from a place to the end of its paragraph."""
    plain = reading.plain
    while start < len(plain) and plain[start] in " \t":
        start += 1
    end = _line_end(plain, start)
    while end < len(plain) and end - start < most:
        follows = end + 1
        follows_end = _line_end(plain, follows)
        if not _goes_on(reading, start, end, follows, follows_end):
            break
        end = follows_end
    return start, min(end, start + most)


def first_sentence(reading: Reading, span: Span) -> Span:
    """The span up to its first full stop or semicolon."""
    start, end = span
    stop = re.compile(r"(?<![a-z][a-z])?[;]|[a-z0-9)\"']{2}\.(?=\s|$|/)").search(
        reading.plain, start, end
    )
    if stop is None:
        return span
    return start, stop.end() - (1 if stop[0][-1] in ".;" else 0)


def text_of(reading: Reading, span: Span) -> str:
    """The words of a span on one line, without what clings to their ends."""
    words = " ".join(reading.text[span[0] : span[1]].split())
    return words.removesuffix("./.").strip(" \t,;:.-–_*|'")


def _line_end(plain: str, start: int) -> int:
    end = plain.find("\n", start)
    return len(plain) if end < 0 else end


def _goes_on(reading: Reading, start: int, end: int, follows: int, follows_end: int) -> bool:
    plain = reading.plain
    line_start = max(start, plain.rfind("\n", start, end) + 1)
    said, more = plain[line_start:end].strip(), plain[follows:follows_end].strip()
    if not more or STARTS_NEW.match(more):
        return False
    if _ENDED.search(said):
        return not said
    first = reading.text[follows:follows_end].strip()[:1]
    return not said or first.islower() or first in "(,-–" or end - line_start >= _LONG
