"""What the words around a link call it: a meeting, a paper, a form."""

import re
from collections.abc import Iterable
from functools import cache

from meetingroom.domain.folding import folded
from meetingroom.domain.online_services import Address, Hosts, OnlineServices
from meetingroom.invitations.online_services import online_services

BEFORE = 220
AFTER = 60
_ITEM = re.compile(r"\n\s*(?:[-+*•–—▪●]|\d{1,2}[.)]|[a-zđ][.)])\s+|\n\s*\n")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\Wa-z_]|[-+*•])|;\s")
_WORD = re.compile(r"\w+")
_NEUTRAL = frozenset(
    re.findall(
        r"\w+",
        "duong link lien ket dan dia chi truy cap url web tai theo o at here qua vao sau day duoi"
        " la is the via by click nhan bam https http internet mang trang address",
    )
)
_BETWEEN = re.compile(r"[,;:.!?()]| va | dong thoi | and ")
_MEETING_HOST = re.compile(
    r"(?:^|[.\-])(?:v?meet|meeting|meetings|hop(?!-?dong)|hoptructuyen|hoinghi|conf|conference|vc|vcs|webinar"
    r"|video|videoconf|cms|bbb|bigbluebutton|jitsi|trueconf|phonghop|truyenhinh|live)\w*(?:[.\-]|$)"
)
_MEETING_PATH = re.compile(
    r"(?i)^/(?:[\w.\-]+/){0,2}(?:meet|meeting|meetings|join|rooms?|conf|conference|webinar|hop"
    r"|phong-?hop|hoi-?nghi|hop-?truc-?tuyen)/"
)
_MEETING_WORD = re.compile(
    r"\b(?:hop|meeting|truc tuyen|online|tham du|tham gia|hoi nghi|join|link|webinar"
    r"|zoom|meet|teams|webex|room|call|phong)\b"
)
_AFTER = re.compile(
    r"\W{0,4}(?:link (?:hop|phong hop|zoom|tham gia|tham du|vao hop|cuoc hop|truc tuyen)"
    r"|(?:de|nham) (?:tham gia|tham du|vao|du|ket noi|truy cap)[^.]{0,20}\b(?:hop|hoi nghi|phong)\b"
    r"|to join|to attend|to enter)"
)


def without_marks(text: str) -> str:
    """Small letters without their marks, with single spaces."""
    return " ".join(folded(text).split())


class _Phrases:
    """Finds phrases of plain words, the longest that begin at a word."""

    def __init__(self, rows: Iterable[str]) -> None:
        self._tails: dict[str, list[list[str]]] = {}
        for row in rows:
            first, *rest = row.split()
            self._tails.setdefault(first, []).append(rest)
        for tails in self._tails.values():
            tails.sort(key=len, reverse=True)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the phrases stand."""
        words = list(_WORD.finditer(text))
        names = [word[0] for word in words]
        found = []
        for at, name in enumerate(names):
            for rest in self._tails.get(name, ()):
                last = at + len(rest)
                if names[at + 1 : last + 1] == rest:
                    found.append((words[at].start(), words[last].end()))
                    break
        return found


@cache
def _phrases() -> tuple[_Phrases, _Phrases, _Phrases]:
    services = online_services()
    rows = (services.other.meeting, services.other.elsewhere, services.not_a_way_in.words)
    meeting, elsewhere, no_way = map(_Phrases, rows)
    return meeting, elsewhere, no_way


@cache
def _never() -> Hosts:
    return Hosts(online_services().other.never)


def seems_a_meetings(address: Address) -> bool:
    """Whether host or path have the name of something where people meet."""
    return bool(_MEETING_HOST.search(address.host) or _MEETING_PATH.match(address.tail))


class LinkWords:
    """The words of a letter around its links."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._small: str | None = None

    @property
    def small(self) -> str:
        """The whole letter in small letters, to look for the names of services."""
        if self._small is None:
            self._small = self._text[:200_000].lower()
        return self._small

    def at(self, start: int, end: int, after: int, shown: str = "") -> "Says":
        """The words around a link; `after` is where the link before it ended, `shown` are the
        words it hides behind."""
        return Says(self._text, start, end, min(after, start), shown)


class Says:
    """What stands around one link; looked at only as far as it is asked for."""

    def __init__(self, text: str, start: int, end: int, after: int, shown: str) -> None:
        self._text = text
        self._start, self._end, self._after = start, end, after
        self._shown = shown[:BEFORE]

    def _items(self) -> list[str]:
        """The sentence before the link, then the ones before that, nearest first."""
        before = self._text[max(self._after, self._start - BEFORE) : self._start]
        pieces = [one for item in _ITEM.split(before) for one in _SENTENCE.split(item)]
        rows = [*pieces, self._shown] if self._shown and "://" not in self._shown else pieces
        return [without_marks(one) for one in reversed(rows)]

    @property
    def is_no_way_in(self) -> bool:
        """Whether the service's own link is said to be another page of the service."""
        for item in self._items():
            if not _NEUTRAL.issuperset(_WORD.findall(item)):
                meeting, _, no_way = _phrases()
                others = no_way.spans(item)
                meetings = meeting.spans(item) if others else []
                return bool(others) and not (meetings and meetings[-1][0] >= others[-1][1])
        return False

    @property
    def speaks_of_meeting(self) -> bool:
        """Whether a meeting is spoken of before the link, and nothing else nearer to it."""
        said = (_said(one, likes_meetings=True) for one in self._items())
        return next((one for one in said if one is not None), False)

    def names(self, services: OnlineServices, url: str) -> bool:
        """Whether the sentence right before names the service whose kind of link this is."""
        first = next(iter(self._items()), "")
        return (
            services.match(url, first) is not None
            and _said(first, likes_meetings=True) is not False
        )

    def excludes(self, address: Address) -> bool:
        """Whether the address is a document's or form's, whatever is said."""
        path = address.tail.partition("?")[0].rpartition("/")[2]
        ending = path.rpartition(".")[2].lower() if "." in path else ""
        return address.host in _never() or ending in online_services().other.files

    def is_meeting(self, *, alone: bool = False, is_known: bool = False) -> bool:
        """Whether the nearest words call the link a meeting's."""
        if alone and not (self._text[: self._start] + self._text[self._end :]).strip():
            return True
        for item in self._items():
            said = _said(item, likes_meetings=is_known)
            if said is not None:
                return said
            if not _NEUTRAL.issuperset(_WORD.findall(item)):
                break
        line = self._text[self._end : self._end + AFTER].partition("\n")[0]
        return _AFTER.match(without_marks(line)) is not None


def _said(item: str, *, likes_meetings: bool) -> bool | None:
    """What a sentence before a link calls it; None where it says nothing of it."""
    meeting, elsewhere, _ = _phrases()
    meetings, others = meeting.spans(item), elsewhere.spans(item)
    others = [one for one in others if not any(m[0] <= one[0] and one[1] <= m[1] for m in meetings)]
    if likes_meetings and not meetings:
        meetings = [one.span() for one in _MEETING_WORD.finditer(item)]
        meetings = [one for one in meetings if not any(_touch(one, other) for other in others)]
    if not meetings:
        return False if others else None
    last = meetings[-1]
    return not any(
        other[0] >= last[1]  # nearer to the link
        or (other[0] <= last[0] and _touch(other, last))
        or (other[1] <= last[0] and not _BETWEEN.search(item[other[1] : last[0]]))
        for other in others
    )


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
