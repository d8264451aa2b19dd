"""Where a letter states meeting IDs and passcodes, in many languages, and what they are."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Literal

import msgspec

from meetingroom.domain.folding import folded
from meetingroom.invitations.online_services import online_services
from meetingroom.invitations.passages import in_place

Kind = Literal["id", "bare_id", "phone_id", "either", "passcode", "bare_code"]
MOST = 400
_ACCOUNT = re.compile(r"tai khoan|ten dang nhap|user ?name|login")
LONGEST_TABLE = 100_000
_WORD = re.compile(r"\w+")
_SPACELESS = re.compile(r"[\u0e00-\u0eff\u3000-\u9fff\uac00-\ud7af🆔🔑🔐🔒]")
_GAP = re.compile(r"[ \t\-./()'’&]{1,3}")
_WRAP, _WRAPPED = re.compile(r"[ \t]{0,2}\n[ \t]{0,8}"), 45  # a line so long was broken by paper
_SAYS = re.compile(
    r"(?P<note>[*_` ]{0,3}\([^()\n]{0,40}\))?"
    r"(?P<more>(?: [^\W\d_]{1,12}){1,3}(?=[*_` ]{0,4}(?:[:：]|là)))?(?P<wide>[*_`\"“”' ]{0,16})"
    r"(?P<sign>(?:(?:là|is|viết hoa|viết thường|in hoa|chữ hoa|chữ thường|:|：|=|–|—|-|→|\|)"
    r"[*_`\"“”' ]{0,8}){0,3})(?P<break>\n[ ]{0,8}){0,2}"
)
_END = re.compile(r"[ ]{0,4}(?:\n|\Z|[.,;)\]<(|/–—-])")
_NEXT_SENTENCE = re.compile(r"\.(?=[^\W\d_a-z][^\W\d_A-Z]|[^\x00-\x7f])")
_NUMBER = re.compile(
    r"#?(\d{9,13}(?!\w)|\d{3}(?: \d{3}){2,4} \d(?![\w:])"
    r"|\d{2,5}(?:(?: {1,3}|[.\-])\d{2,5}){1,4}(?!\w)|\d{4,8}(?!\w))(?![.\-]\d|/\d{1,2}/\d)"
)
# Three groups of digits, some of which a scanner's reader took for letters.
_MISREAD = re.compile(
    r"(?=[\dOoIl| ]{0,12}[OoIl|])[\dOoIl|]{3}[ .\-]?[\dOoIl|]{3,4}[ .\-]?[\dOoIl|]{3,4}(?!\w)"
)
_AS_DIGITS = str.maketrans("OoIl|", "00111")
_CODE_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{2,40}(?![\w@])")
_SPACED = re.compile(r"(\d{2,4}(?: \d{2,4}){1,2})(?=[ \t]*(?:\n|\Z|[.,;)<]))")
_TOKEN = re.compile(r"[^\s<>\"“”«»|]{1,64}")
_TOGETHER = re.compile(r"\s{0,3}(?:[/&+,|]|-|–|và|and)\s{0,3}[*_]{0,2}")
_THEN = re.compile(r"[\s/|,;\-–]{1,5}")
_WITHOUT = re.compile(
    r"(?<!\w)(?:no|without|ohne|sans|sin|khong|khong can|khong co|numeric(?: event| meeting)?) $"
)
_INSIDE = re.compile(r"\([^()]{1,20}\)\w")  # a bracket of the code's own: Ax9(t)2
_LINE = re.compile(r"[;\n|<]|\.\s")
_CLAUSE = re.compile(r"[.;,\n|]")


class Said(msgspec.Struct, frozen=True):
    """A value after its label: from `start` (the label) to `end` (the value's end)."""

    kind: Kind
    value: str
    start: int
    end: int
    label: str


class _Hit(msgspec.Struct, frozen=True):
    kind: Kind
    start: int
    end: int


@cache
def _labels() -> dict[str, list[tuple[tuple[str, ...], Kind]]]:
    """First word of a label → its further words and kind, the longest label first."""
    labels = online_services().labels
    rows: list[tuple[str, Kind]] = [
        ("ID", "bare_id"),
        ("Zoom", "bare_id"),
        ("Phòng họp", "bare_id"),
    ]
    rows += [("Mã", "bare_code"), ("Code", "bare_code")]
    rows += [(one, "id") for one in labels.id]
    rows += [(one, "phone_id") for one in labels.phone_id]
    rows += [(one, "either") for one in labels.either]
    rows += [(one, "passcode") for one in labels.passcode]
    known: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    for text, kind in rows:
        first, *rest = _WORD.findall(folded(text)) or [""]  # a sign is no word
        known.setdefault(first, []).append((tuple(rest), kind))
    for tails in known.values():
        tails.sort(key=lambda one: -len(one[0]))
    return known


@cache
def _spaceless() -> re.Pattern[str]:
    labels = online_services().labels
    rows = [*labels.id, *labels.phone_id, *labels.passcode]
    wide = sorted((one.lower() for one in rows if _SPACELESS.search(one)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, wide)))


@cache
def _any_of(rows: tuple[str, ...]) -> re.Pattern[str]:
    words = map(folded, rows)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


@cache
def _no_code() -> frozenset[str]:
    return frozenset(online_services().labels.no_code)


def codes_in(text: str) -> list[Said]:
    """What the letter states, in its order."""
    plain = in_place(text)
    hits = sorted(islice(_hits(text, plain), MOST), key=lambda one: one.start)
    found: list[Said] = []
    is_locked = False
    after = -1
    last_id = -1000
    for at, hit in enumerate(hits):
        if hit.start < after:
            continue
        if _is_for_something_else(plain, hit.start):
            is_locked = True
            continue
        if hit.kind == "passcode" and _WITHOUT.search(plain, max(0, hit.start - 18), hit.start):
            continue
        if is_locked and hit.kind == "passcode" and hit.start - hits[at - 1].end < 60:
            continue
        is_locked = False
        if hit.kind == "bare_code" and not 0 <= hit.start - last_id < 60:
            continue
        following = hits[at + 1] if at + 1 < len(hits) else None
        for one in _values(text, hit, following):
            found.append(one)
            after = one.end
            last_id = one.end if one.kind in ("id", "bare_id") else last_id
    columns = list(_in_columns(text)) if "|" in text else []
    if not columns:
        return found
    heads = [line for line, _ in columns]
    beside = [one for one in found if not any(a <= one.start < b for a, b in heads)]
    return sorted([*beside, *(one for _, one in columns)], key=lambda one: one.start)


def _in_columns(text: str) -> Iterator[tuple[tuple[int, int], Said]]:
    """Where a table's head stands that has labels, and each value below one of them.

    Cells are apart by bars.
    """
    head: list[tuple[int, Kind]] = []
    line_of_head = (0, 0)
    count = at = 0
    for line in text[:LONGEST_TABLE].split("\n"):
        cells = line.split("|")
        if len(cells) == count and head:
            yield from ((line_of_head, one) for one in _of_row(text, at, cells, head))
        elif len(cells) > 2:
            line_of_head = (at, at + len(line))
            kinds = [_kind_of_cell(cell) for cell in cells]
            head = [(place, kind) for place, kind in enumerate(kinds) if kind is not None]
            is_of_accounts = _ACCOUNT.search(in_place(line)) is not None
            count = len(cells) if len(head) > 1 and not is_of_accounts else 0
        elif line.strip():
            head, count = [], 0
        at += len(line) + 1


def _kind_of_cell(cell: str) -> Kind | None:
    words = _WORD.findall(in_place(cell))
    if not words or len(words) > 6:
        return None
    tails = _labels().get(words[0], ())
    return next((kind for rest, kind in tails if list(rest) == words[1:]), None)


def _of_row(text: str, at: int, cells: list[str], head: list[tuple[int, Kind]]) -> Iterator[Said]:
    starts = [at]
    for cell in cells:
        starts.append(starts[-1] + len(cell) + 1)
    for place, kind in head:
        start = starts[place] + len(cells[place]) - len(cells[place].lstrip())
        is_code = kind in ("passcode", "bare_code")
        found = (
            _passcode(text, start, has_sign=True, is_alone=False)
            if is_code
            else _meeting_id(text, start, "id", has_sign=True)
        )
        if found is not None and found[1] <= starts[place + 1]:
            yield Said("passcode" if is_code else "id", found[0], start, found[1], "")


def _hits(text: str, plain: str) -> Iterator[_Hit]:
    known = _labels()
    words = list(_WORD.finditer(plain))
    free = 0
    for at, word in enumerate(words):
        tails = known.get(word[0])
        if tails is None or at < free:
            continue
        for rest, kind in tails:
            if _stands(plain, words, at, rest):
                if kind == "bare_code" and text[word.start() : word.end()].lower() == "ma":
                    break
                free = at + len(rest) + 1
                end = words[at + len(rest)].end()
                if plain[end : end + 1] == ")" and "(" in plain[word.start() : end]:
                    end += 1
                yield _Hit(kind, word.start(), end)
                break
    if _SPACELESS.search(text):
        passcodes = set(map(str.lower, online_services().labels.passcode))
        for found in _spaceless().finditer(plain):
            kind = "passcode" if found[0] in passcodes else "id"
            yield _Hit(kind, found.start(), found.end())


def _stands(plain: str, words: list[re.Match[str]], at: int, rest: tuple[str, ...]) -> bool:
    """Whether these words follow the word `at`, close together."""
    if at + len(rest) >= len(words):
        return False
    for step, wanted in enumerate(rest, at + 1):
        if words[step][0] != wanted:
            return False
        gap = plain[words[step - 1].end() : words[step].start()]
        if gap == " " or _GAP.fullmatch(gap):
            continue
        if not (_WRAP.fullmatch(gap) and _is_long_line(plain, words[step - 1].end())):
            return False
    return True


def _is_for_something_else(plain: str, start: int) -> bool:
    near = _CLAUSE.split(plain[max(start - 28, 0) : start])[-1]
    far = _LINE.split(plain[max(start - 60, 0) : start])[-1]
    labels = online_services().labels
    return bool(_any_of(labels.other_locks).search(near) or _any_of(labels.far_locks).search(far))


def _is_lock(words: str) -> bool:
    labels = online_services().labels
    return _any_of((*labels.other_locks, *labels.far_locks)).search(words) is not None


def _values(text: str, hit: _Hit, following: _Hit | None) -> Iterator[Said]:
    """The value of a label; of "ID/Pass: 1/2" both."""
    label = text[hit.start : hit.end]
    if following is not None and hit.kind != "passcode" and following.kind == "passcode":
        gap = text[hit.end : following.start]
        if _TOGETHER.fullmatch(gap):
            yield from _both(text, hit, following)
            return
    says = _SAYS.match(text, hit.end)
    if says is None:
        return
    is_broken = says["break"] is not None
    is_wrapped = is_broken and ":" in says["sign"] and _is_long_line(text, hit.end)
    if is_broken and not is_wrapped and not _begins_line(text, hit.start):
        return
    if says["more"] and _is_lock(in_place(says["more"])):
        return
    has_sign = bool(says["sign"]) or is_broken or len(says["wide"]) > 3
    if hit.kind in ("passcode", "bare_code"):
        found = _passcode(
            text, says.end(), has_sign=has_sign, is_alone=is_broken and not is_wrapped
        )
    else:
        found = _meeting_id(text, says.end(), hit.kind, has_sign=has_sign)
    if found is not None:
        kind: Kind = "passcode" if hit.kind == "bare_code" else hit.kind
        yield Said(kind, found[0], hit.start, found[1], label)


def _both(text: str, first: _Hit, second: _Hit) -> Iterator[Said]:
    says = _SAYS.match(text, second.end)
    found = _meeting_id(text, says.end(), "id", has_sign=True) if says is not None else None
    if found is None:
        return
    label = text[first.start : second.end]
    yield Said(first.kind, found[0], first.start, found[1], label)
    then = _THEN.match(text, found[1])
    code = _passcode(text, then.end(), has_sign=True, is_alone=False) if then else None
    if code is not None:
        yield Said("passcode", code[0], first.start, code[1], label)


def _is_long_line(text: str, end: int) -> bool:
    return end - text.rfind("\n", 0, end) > _WRAPPED


def _begins_line(text: str, start: int) -> bool:
    line = text[max(text.rfind("\n", 0, start) + 1, start - 12) : start]
    return not any(one.isalnum() for one in line)


def _meeting_id(text: str, at: int, kind: Kind, *, has_sign: bool) -> tuple[str, int] | None:
    misread = _MISREAD.match(text, at)
    if misread is not None and sum(map(str.isdigit, misread[0])) > 6:
        return misread[0].translate(_AS_DIGITS), misread.end()
    number = _NUMBER.match(text, at)
    if number is not None:
        digits = sum(one.isdigit() for one in number[1])
        if digits >= (8 if kind == "bare_id" else 5) or (has_sign and kind != "bare_id"):
            return number[1], number.end(1)
    if not has_sign or kind == "bare_id":
        return None
    word = _CODE_WORD.match(text, at)
    if word is None or not (any(map(str.isdigit, word[0])) or word[0].count("-") == 2):
        return None
    return word[0], word.end()


def _passcode(text: str, at: int, *, has_sign: bool, is_alone: bool) -> tuple[str, int] | None:
    spaced = _SPACED.match(text, at)
    if spaced is not None and has_sign:
        return spaced[1], spaced.end(1)
    token = _TOKEN.match(text, at)
    if token is None:
        return None
    value = _cut(token[0].lstrip("'‘`*([{"))
    start = at + token[0].find(value) if value else at
    end = start + len(value)
    if not value or not value.isascii() or value.lower() in _no_code():
        return None
    if "://" in value or not any(map(str.isalnum, value)):
        return None
    if not has_sign and not _is_plainly_code(value, text, end):
        return None
    if is_alone and text[end : end + 40].partition("\n")[0].strip(" \t.,;*_`"):
        return None
    return value, end


def _is_plainly_code(value: str, text: str, end: int) -> bool:
    """Whether a word after a label without any sign is a code."""
    if value.isdigit() and len(value) < 3:
        return _END.match(text, end) is not None
    return len(value) > 2 and any(map(str.isdigit, value))


def _cut(value: str) -> str:
    """Without the marks that end a sentence or close a bracket."""
    for mark in ("(", ","):
        at = value.find(mark, 3)
        if at > 0 and _INSIDE.match(value, at) is None:
            value = value[:at]
    sentence = _NEXT_SENTENCE.search(value)
    if sentence is not None:
        value = value[: sentence.start()]
    while value and _closes(value):
        value = value[:-1]
    return value


def _closes(value: str) -> bool:
    last, before = value[-1], value[-2:-1]
    if last in ".,;:'’`*…]}":
        return True
    if last == "!":  # the sentence's: "mk 2828!"
        return value[:-1].isdigit()
    if last == "#":  # told to those who dial
        return value[:-1].isdigit()
    return (last == ")" and "(" not in value) or (
        last == "_" and before in "`*)]'" and before != ""
    )
