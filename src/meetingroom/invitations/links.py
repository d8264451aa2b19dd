"""The links of a letter that lead into a meeting."""

import re
from collections.abc import Iterator

import msgspec

from meetingroom.domain.online_services import WEB, Match, OnlineServices, split_address
from meetingroom.invitations.broken_lines import continued
from meetingroom.invitations.link_words import LinkWords, Says, seems_a_meetings
from meetingroom.invitations.online_services import online_services
from meetingroom.invitations.passages import Words
from meetingroom.invitations.safety import (
    is_disguised,
    warnings_of,
    without_hidden_characters,
)
from meetingroom.invitations.unwrapping import unwrap

LONGEST_LINK = 8000
_BOLD = {"address.shortener", "address.lookalike"}
MOST_LINKS = 500
_CLOSING = {")": "(", "]": "[", "}": "{"}
_ENDINGS = ".,;:!?'\"’‘*~…·`>)]}\u200b\u200c\u200d\u2060\ufeff\u00ad"
_IN_LINKS = r"\w!#$%&'()*+,\-./:;=?@~\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_WIDE = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")
_NOT_ASCII = re.compile(r"[A-Za-z]*[\u00c0-\u1eff]")
_LABEL_AFTER = re.compile(
    r"[,;](?=[^\W\d_]+(?:[ ][^\W\d_]+)?:|(?i:id|mk|pw|pass(?:word|code)?)(?![\w=/]))"
)
_NO_SCHEME = re.compile(
    r"(?i)(?<![\w@./:\-=%])(?:[a-z0-9\-]{1,40}\.){0,2}"
    r"(?:zoom\.us|meet\.google\.com|teams\.microsoft\.com|teams\.live\.com|webex\.com|meet\.jit\.si"
    r"|zavi\.me|gomeeting\.vnpt\.vn|8x8\.vc|gotomeeting\.com|meet\.goto\.com)"
    rf"/[{_IN_LINKS}]{{1,600}}"
)


class Candidate(msgspec.Struct, frozen=True):
    """An address in the text, unwrapped; `shown` are the words it hides behind, if any."""

    url: str
    start: int
    end: int
    shown: str = ""
    has_scheme: bool = True


class Found(msgspec.Struct, kw_only=True):
    """A way into a meeting: its service, its address, and all places it stands at."""

    service: str
    url: str
    id: str
    token: str
    states_id: bool
    has_passcode: bool
    is_later: bool
    warnings: tuple[str, ...]
    places: list[tuple[int, int]]

    @property
    def key(self) -> tuple[str, str]:
        """What two addresses of one meeting have in common."""
        address = split_address(self.url)
        family = self.service.removesuffix("_native")
        if self.id and family in ("zoom", "zoomgov"):
            return family, self.id
        if self.id:
            return family, f"{address.host}/{self.id}"
        path, _, query = address.tail.partition("?")
        return family, f"{address.host}{path}{'' if family == 'teams' else query}".rstrip("/")


def links_of(words: Words) -> list[Found]:
    """The ways into meetings, each once, in the letter's order."""
    services = online_services()
    context = LinkWords(words.text)
    found: list[Found] = []
    ends = 0
    for candidate in _candidates(words):
        one = _judged(services, context, candidate, ends)
        ends = candidate.end
        if one is not None:
            _take_in(found, one)
    good = {one.service for one in found if not one.is_later}
    kept = [one for one in found if not (one.is_later and one.service in good)]
    return sorted(kept, key=lambda one: one.places[0])


def without_addresses(text: str) -> str:
    """The text with every address blotted out, so that nothing is read inside one."""
    pieces, at = [], 0
    for start, end, _ in _addresses(text):
        pieces += [text[at:start], "<" * (end - start)]
        at = end
    plain = "".join([*pieces, text[at:]])
    if not _has_bare_host(plain):
        return plain
    return _NO_SCHEME.sub(lambda found: "<" * len(found[0]), plain)


def _candidates(words: Words) -> list[Candidate]:
    """Every address of the text, and every one behind words of it."""
    found = [*_behind_words(words), *_written(words)]
    found.sort(key=lambda one: (one.start, one.end))
    kept: list[Candidate] = []
    for one in found[:MOST_LINKS]:
        if kept and one.shown and _is_within(kept[-1], words.text, one):
            kept.pop()  # what another link shows is no link of its own
        kept.append(one)
    return kept


def _is_within(before: Candidate, text: str, one: Candidate) -> bool:
    """Whether an address is what the link right after it shows."""
    is_near = before.end <= one.start and before.start >= one.start - len(one.shown) - 4
    return is_near and text[before.start : before.end] in one.shown


def _behind_words(words: Words) -> Iterator[Candidate]:
    for anchor in words.anchors[:MOST_LINKS]:
        target = "".join(anchor.target.split())[:LONGEST_LINK]
        if ":" in target:
            yield Candidate(
                unwrap(target), anchor.start, anchor.end, words.text[anchor.start : anchor.end]
            )


def _written(words: Words) -> Iterator[Candidate]:
    text = words.text
    covered = sorted((one.start, one.end) for one in words.anchors if _leads_away(one.target))
    at = 0
    before: tuple[int, int] = (-1, -1)
    for start, end, written in _addresses(text):
        while at < len(covered) and covered[at][1] <= start:
            at += 1
        if at < len(covered) and covered[at][0] <= start < covered[at][1]:
            continue
        shown = _shown(text, start, before)
        before = (start, end)
        yield Candidate(unwrap(written), start, end, shown)
    for found in _NO_SCHEME.finditer(text) if _has_bare_host(text) else ():
        written = _trimmed(found[0], "")
        url = f"https://{written}"
        yield Candidate(url, found.start(), found.start() + len(written), has_scheme=False)


def _leads_away(target: str) -> bool:
    """Whether a link leads to a page or program, not to a mail or a place in the letter."""
    scheme = split_address(target.strip()).scheme
    return scheme in WEB or scheme in online_services().own_schemes


def _has_bare_host(text: str) -> bool:
    return any(host in text for host in _BARE_HOSTS)


_BARE_HOSTS = (
    "zoom.us/", "meet.google.com/", "teams.", "webex.com/", "jit.si/", "zavi.me/", "vnpt.vn/",
    "8x8.vc/", "gotomeeting.com/", "goto.com/",
)  # fmt: skip


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Where addresses stand, and how they read without line breaks and closing marks."""
    end = 0
    count = 0
    for found in _pattern().finditer(text):
        if found.start() < end:
            continue
        count += 1
        if count > MOST_LINKS:
            return
        start = found.start()
        whole, stop = continued(found[0][:LONGEST_LINK], text, found.end())
        written = _without_words(_trimmed(whole, text[start - 1 : start]))
        end = stop if len(written) == len(whole) else start + len(written)
        end = max(end, start + 1) if stop == found.end() else stop
        yield start, end, written


def _pattern() -> re.Pattern[str]:
    global _compiled  # noqa: PLW0603 - made once
    if _compiled is None:
        schemes = "|".join(map(re.escape, online_services().own_schemes))
        _compiled = re.compile(
            rf"(?i)(?:https?|{schemes}):/(?:/(?:\[[0-9a-f:.]{{2,45}}\])?)?[{_IN_LINKS}]+"
        )
    return _compiled


_compiled: re.Pattern[str] | None = None


def _trimmed(written: str, before: str) -> str:
    """Without the marks around: sentence ends, quotes, brackets that opened outside."""
    for pattern in (_LABEL_AFTER, _WIDE):
        other = pattern.search(written)
        if other is not None:
            written = written[: other.start()]
    while written:
        last = written[-1]
        if last in _CLOSING and written.count(_CLOSING[last]) >= written.count(last):
            break
        if last not in _ENDINGS and not (last == "_" == before):
            break
        written = written[:-1]
    return written


def _without_words(written: str) -> str:
    """Without words of other letters that follow at once, where that makes it a service's."""
    if written.isascii():
        return written
    services = online_services()
    plain = _NOT_ASCII.split(written, maxsplit=1)[0]
    is_service = services.match(written) is None and services.match(plain) is not None
    return plain if is_service else written


def _shown(text: str, start: int, before: tuple[int, int]) -> str:
    """The words of `[words](link)`, or an address of its own in `link<link>`."""
    if text[max(start - 2, 0) : start] == "](":
        opened = text.rfind("[", max(start - 400, 0), start - 2)
        return text[opened + 1 : start - 2] if opened >= 0 else ""
    gap = text[before[1] : start] if before[1] >= 0 else ""
    return text[before[0] : before[1]] if gap.strip() == "<" and len(gap) < 4 else ""


def _judged(
    services: OnlineServices, context: LinkWords, candidate: Candidate, after: int
) -> Found | None:
    """The candidate as a way into a meeting; None where it is none."""
    url = candidate.url
    address = split_address(url)
    warnings = warnings_of(url, candidate.shown)
    match = services.match(without_hidden_characters(url))
    says = context.at(candidate.start, candidate.end, after, candidate.shown)
    if match is not None:
        if says.is_no_way_in or not _is_called_so(match, candidate, says):
            return None
        return _found(match.service.name, match, candidate, warnings)
    if not candidate.has_scheme:
        return None
    if address.scheme in services.own_schemes and address.host:
        warnings = tuple(dict.fromkeys((*warnings, "address.lookalike")))
        return _found(services.other.name, None, candidate, warnings)
    if address.scheme not in WEB:
        return None
    if is_disguised(url, candidate.shown):
        return _found(services.other.name, None, candidate, warnings)
    if services.has_own_host(address.host):  # another page of the service
        return None
    if says.excludes(address) or not (set(address.host) & set(".:")):  # a name of no network
        return None
    # What is short or looks alike is shown, with that warning, wherever a meeting is spoken of.
    is_known = not _BOLD.isdisjoint(warnings) or seems_a_meetings(address)
    match = services.match(url, context.small)
    is_called = says.is_meeting(is_known=is_known) or says.names(services, url)
    if not is_called and not _is_of_its_own_house(match, says, is_known=is_known):
        return None
    name = match.service.name if match is not None else services.other.name
    return _found(name, match, candidate, warnings)


def _is_of_its_own_house(match: Match | None, says: Says, *, is_known: bool) -> bool:
    """Whether the letter names the program whose kind of link this is, on a host of its own."""
    is_like_one = match is not None and (is_known or (match.id or "").isdigit())
    return is_like_one and says.speaks_of_meeting


def _is_called_so(match: Match, candidate: Candidate, says: Says) -> bool:
    """Whether the words around call a service's link a meeting's, where they must."""
    if not candidate.has_scheme:
        is_plain = bool(match.id) and not match.service.weak  # no other page has its ID
        return says.is_meeting(is_known=True) or (is_plain and says.speaks_of_meeting)
    return not match.service.weak or says.is_meeting(alone=True)


def _found(
    service: str, match: Match | None, candidate: Candidate, warnings: tuple[str, ...]
) -> Found:
    return Found(
        service=service,
        url=candidate.url,
        id=match.id if match is not None else "",
        token=match.token if match is not None else "",
        states_id=match is None or match.service.states_id,
        has_passcode=match is None or match.service.has_passcode,
        is_later=match is not None and match.is_later,
        warnings=warnings,
        places=[(candidate.start, candidate.end)],
    )


def _take_in(found: list[Found], one: Found) -> None:
    """Another meeting, or another address of one that is there: the fuller address stays."""
    for at, other in enumerate(found):
        if other.key == one.key or _goes_on(other.url, one.url) or _goes_on(one.url, other.url):
            better, worse = (one, other) if _is_better(one, other) else (other, one)
            better.places = sorted([*other.places, *one.places])
            if "address.mismatch" in worse.warnings and better.warnings != worse.warnings:
                better.warnings = (*better.warnings, "address.mismatch")
            found[at] = better
            return
    found.append(one)


def _goes_on(short: str, long: str) -> bool:
    """Whether one address is the other, cut off somewhere in its path's end or key."""
    return len(long) > len(short) > 20 and long.startswith(short) and short.count("/") > 3


def _is_better(one: Found, other: Found) -> bool:
    """Whether a later address of the same meeting is the one to take.

    It is where it has the key, or all of what the other is only the beginning of.
    """
    mine, theirs = _rank(one), _rank(other)
    if mine != theirs:
        return mine > theirs
    rest = one.url[len(other.url) :] if _goes_on(other.url, one.url) else ""
    is_only_more = rest[:1] in ("", "?", "&", "#") and one.service != "teams"
    return (bool(one.token) and len(one.url) > len(other.url)) or not is_only_more


def _rank(one: Found) -> tuple[bool, bool, bool]:
    return (not one.is_later, one.url.startswith("https:"), bool(one.token))
