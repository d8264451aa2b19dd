"""Meeting ID and passcode of every link of a letter, and meetings told by their ID alone."""

import re

import msgspec

from meetingroom.invitations.code_labels import Said, codes_in
from meetingroom.invitations.links import Found
from meetingroom.invitations.online_services import online_services
from meetingroom.invitations.passages import in_place

LONGEST_PLAIN_KEY = 2
FAR = 400  # letters between a link and an ID that differs from its own
_ZOOM_DIGITS = range(9, 12)
_GROUPS = re.compile(r"(?<![\w+.,/\-])[1-9]\d{2}[ .\-]\d{3,4}[ .\-]\d{3,4}(?![\w/]|[.\-]\d)")


class Codes(msgspec.Struct):
    """What is stated for one meeting; `service` is "" for a link's (which knows its own)."""

    service: str = ""
    id: Said | None = None
    passcode: Said | None = None


def stated_codes(text: str, links: list[Found]) -> tuple[list[Codes], list[Codes]]:
    """The codes of every link, in their order, and those of meetings without a link."""
    said = codes_in(text)
    if not said:
        return [_repeated(text, link, Codes()) for link in links], []
    if not links and all(one.kind == "passcode" for one in said):
        said = [*_unlabelled(text, said[0]), *said]
    owners = _Owners(text, links, said)
    for_links = [
        _repeated(text, link, _chosen(link, owners.of(at))) for at, link in enumerate(links)
    ]
    return for_links, _alone(text, owners.of(None))


def _unlabelled(text: str, first: Said) -> list[Said]:
    """A number like Zoom's right before its passcode, in words that name Zoom: "vào Zoom gõ số
    812 3456 7890 mật khẩu 1122"."""
    start = max(first.start - 60, 0)
    numbers = list(_GROUPS.finditer(text, start, first.start))
    if not numbers or "zoom" not in in_place(text[max(start - 60, 0) : first.start]):
        return []
    last = numbers[-1]
    return [Said("id", last[0], last.start(), last.end(), "")]


def _repeated(text: str, link: Found, codes: Codes) -> Codes:
    """The link's own number where the letter writes it again, in groups and without a label."""
    if codes.id is None and link.id.isdigit() and len(link.id) in _ZOOM_DIGITS:
        pattern = r"(?<![\w+])" + r"[ .\-]{0,3}".join(link.id) + r"(?!\w)"
        found = re.search(pattern, text)
        if found is not None:
            codes.id = Said("id", found[0], found.start(), found.end(), "")
    return codes


def meeting_id(link: Found, codes: Codes) -> str | None:
    """The ID people are shown: as the letter states it, else as the link has it."""
    if link.states_id and codes.id is not None:
        return codes.id.value
    return link.id or None


def passcode(link: Found, codes: Codes) -> str | None:
    """The passcode people type. A link's key is none, unless it is too short for a key."""
    if not link.has_passcode:
        return None
    if codes.passcode is not None:
        return codes.passcode.value
    return link.token if 0 < len(link.token) <= LONGEST_PLAIN_KEY else None


class _Owners:
    """Which link each stated code belongs to; None: to no link."""

    def __init__(self, text: str, links: list[Found], said: list[Said]) -> None:
        self._links = links
        self._plain = in_place(text)
        self._places = sorted((p[0], p[1], at) for at, one in enumerate(links) for p in one.places)
        self._said = said
        self._is_before = self._stand_before()
        told = {_digits(one.value) for one in said if one.kind in ("id", "bare_id")}
        self._sure = {at for at, one in enumerate(links) if one.id and _digits(one.id) in told}
        self._owner: list[int | None] = []
        last: tuple[Said, int | None] | None = None
        for one in said:
            owner = self._owner_of(one, last)
            if one.kind != "passcode":
                last = (one, owner)
            self._owner.append(owner)

    def of(self, at: int | None) -> list[Said]:
        """What belongs to a link."""
        return [one for one, owner in zip(self._said, self._owner, strict=True) if owner == at]

    def _stand_before(self) -> bool:
        """Whether this letter states codes before their links, not after them."""
        if len(self._links) < 2:
            return False
        first, last = self._places[0][0], self._places[-1][1]
        return self._said[0].start < first and self._said[-1].start < last

    def _owner_of(self, one: Said, last: tuple[Said, int | None] | None) -> int | None:
        if not self._links:
            return None
        if one.kind == "passcode":
            if last is not None and not self._link_between(last[0].end, one.start):
                return last[1]
            return self._nearest(one)
        digits = _digits(one.value)
        for at, link in enumerate(self._links):
            if link.id and (digits == _digits(link.id) or one.value == link.id):
                return at
        owner = self._nearest(one)
        if owner is not None and _is_zoom_like(one) and self._is_another(owner, one):
            return None
        if owner is not None and not self._fits(one, self._links[owner]):
            return next((at for at, link in enumerate(self._links) if self._fits(one, link)), None)
        return owner

    def _is_another(self, owner: int, one: Said) -> bool:
        """Whether an ID is another meeting's: the link's own stands elsewhere, or it is far."""
        link = self._links[owner]
        distance = min(abs(one.start - place[1]) for place in link.places)
        return owner in self._sure or (len(link.id) > 8 and distance > FAR)

    def _link_between(self, start: int, end: int) -> bool:
        return any(start <= place[0] < end for place in self._places)

    def _nearest(self, one: Said) -> int | None:
        if len(self._links) == 1:
            return 0
        before = [place for place in self._places if place[0] <= one.start]
        after = [place for place in self._places if place[0] > one.start]
        if self._is_before:
            return after[0][2] if after else before[-1][2]
        return before[-1][2] if before else after[0][2]

    def _fits(self, one: Said, link: Found) -> bool:
        """Whether an ID may be of that link's service: a Zoom ID is not of a Meet link."""
        named = _service_named(self._plain, one)
        family = link.service.removesuffix("_native")
        if named and named != family and link.service != "other":
            return False
        return link.states_id or named == family or not _is_zoom_like(one)


def _chosen(link: Found, said: list[Said]) -> Codes:
    """The first that fits: an ID before a phone's, an access code as what it is there."""
    takes = online_services().labels.either_is_id
    ids = [one for one in said if one.kind in ("id", "bare_id")]
    same = [one for one in ids if link.id and _digits(one.value) == _digits(link.id)]
    eithers = [one for one in said if one.kind == "either"]
    as_id = [e for e in eithers if link.service in takes or len(_digits(e.value)) >= 9]
    phones = [one for one in said if one.kind == "phone_id"]
    codes = [one for one in said if one.kind == "passcode"]
    codes += [one for one in eithers if one not in as_id]
    rows = same or ids or as_id or phones
    return Codes(id=rows[0] if rows else None, passcode=codes[0] if codes else None)


def _alone(text: str, said: list[Said]) -> list[Codes]:
    """Meetings without a link: each ID with the passcode that follows it."""
    plain = in_place(text)
    found: list[Codes] = []
    waiting: Said | None = None
    for one in said:
        if one.kind in ("passcode", "either"):
            if not found:
                waiting = waiting or one
            elif found[-1].passcode is None:
                found[-1].passcode = one
        elif one.kind != "phone_id" and not any(_is_same(codes, one) for codes in found):
            found.append(Codes(service=_service_named(plain, one), id=one))
    if waiting is not None and found and found[0].passcode is None:
        found[0].passcode = waiting
    for codes in found:
        codes.service = codes.service or _service_of_letter(plain, codes)
    return [codes for codes in found if codes.service]


def _is_same(codes: Codes, one: Said) -> bool:
    return codes.id is not None and _digits(codes.id.value) == _digits(one.value)


def _service_of_letter(plain: str, codes: Codes) -> str:
    """The one service the letter names; Zoom where an ID like its own has a passcode."""
    if codes.id is None:
        return ""
    named = {row.name for row in online_services().service if _names(plain, row.said)}
    if "zoom" in named and _is_zoom_like(codes.id):
        return "zoom"
    if len(named) == 1 and (named != {"zoom"} or codes.id.kind == "id"):
        return named.pop()
    return "zoom" if codes.passcode is not None and _is_zoom_like(codes.id) else ""


def _service_named(plain: str, one: Said) -> str:
    """The service that the label, or the words right before it, name."""
    before = plain[max(one.start - 40, 0) : one.end]
    line = before[: len(before)].rpartition("\n\n")[2]
    best, at = "", -1
    for row in online_services().service:
        for word in row.said:
            place = line.rfind(word)
            if place > at:
                best, at = row.name, place
    return best


def _names(plain: str, words: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", plain) for one in words)


def _is_zoom_like(one: Said) -> bool:
    digits = _digits(one.value)
    return len(digits) in _ZOOM_DIGITS and len(digits) == sum(map(str.isalnum, one.value))


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdigit())
