"""Who invites, and from which level: letterhead, the words of the invitation, the mail."""

import re

from meetingroom.domain.invitation import Letter, Level, Spot
from meetingroom.invitations.body_names import NAMES, UNITS
from meetingroom.invitations.phrases import KIND_HEADING, PLAN_HEADING, any_of
from meetingroom.invitations.plain import Reading, plain

_HEAD, _HEAD_LINES, _GAP_LINES = 1800, 30, 2
_BODY_WORDS = (
    r"(?:uy ban|ubnd|hdnd|hoi dong|van phong|so|bo|ban|cuc|chi cuc|tong cuc|vu|trung tam|cong an"
    r"|quan khu"
    r"|bo chi huy|bo tu lenh|tinh uy|thanh uy|dang uy|dang bo|huyen uy|chinh phu|quoc hoi"
    r"|uy ban mttq|mat tran|hoi|doan"
    r"|tinh doan|lien doan|kho bac|bao hiem|thue|ngan hang|toa an|vien|thanh tra|dai|truong|phong"
    r"|hoc vien|lien minh"
    r"|cong ty|tap doan|tong cong ty|benh vien|tram|chi nhanh|to chuc|lien hiep|thuong truc)"
)
_BEGINS = re.compile(_BODY_WORDS + r"(?![a-z])")
_NOT_BODIES = re.compile(
    r"cong$|hoa xa hoi|xa hoi chu nghia|chu nghia viet nam|nghia viet nam|cong hoa|doc lap"
    r"|dang cong san viet nam|hoa toc|khan|thuong khan|mat$|toi mat"
    r"|luu hanh|xem xong|giay moi"
    r"|thong bao|cong dien|giay trieu tap|ban sao|so\s*:|so \d|[_*-]+$|v/v|thu moi|ke hoach"
    r"|chuong trinh$"
)
_ENDS = re.compile(
    rf"giay moi|giay trieu tap|thu moi|kinh gui|v/v|thong bao(?: |$)"
    rf"|{any_of(KIND_HEADING, PLAN_HEADING)}(?: [ivx\d]+)?$"
)
_PARTS = re.compile(r"\t+| {3,}| ?\| ?")
_INVITES = re.compile(
    r"(?:^"
    r"|[\n.,;]\s{0,3})(?P<who>(?!\s)[^.,;:\n]{4,110}?)\s(?:(?:xin )?(?:tran trong )?(?:kinh )?moi"
    r"|to chuc|trieu tap|de nghi)(?![a-z])"
)
_UNIT = re.compile(
    r"(?P<unit>TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG) (?P<name>(?!ỦY|ĐOÀN)[^\W\d_]+(?: [^\W\d_]+){0,4})$"
)
_HOST = re.compile(
    r"\n\s{0,4}(?P<who>[^\n~:]{2,80}?) (?:is inviting you|invites you|has invited you"
    r"|dang moi ban|da moi ban|moi ban tham gia)"
    r"|\n\s{0,4}(?:organi[sz]er|nguoi to chuc|host|nguoi chu tri|to chuc boi|don vi to chuc"
    r"|co quan ban hanh|don vi gui)\s{0,2}:\s{0,3}(?P<host>[^\n]{2,100})"
)
_NAMED = re.compile(r"\s*\"?(?P<name>[^<\"]{2,120}?)\"?\s*<")

_COMMUNE = re.compile(
    r"(?<!tac )(?<!hoa - )(?<!hoa )(?<!va )(?<!sach )(?<!hiem )(?<![a-z])(?:xa(?! hoi)|phuong"
    r"|dac khu|thi tran|thon|to dan pho)(?![a-z])"
)
_PROVINCE = re.compile(
    r"(?<![a-z])(?:tinh|thanh pho|tp|so(?= [a-z])|tinh uy|thanh uy|tinh doan|thanh doan"
    r"|khu vuc)(?![a-z])"
)
_CENTRAL = re.compile(
    r"(?<![a-z])(?:bo(?! chi huy| phan)|chinh phu|trung uong|quoc hoi|thu tuong|tong cuc|cuc"
    r"|viet nam|toi cao|kiem toan nha nuoc"
    r"|tong lien doan|ban bi thu|ban to chuc tw|tw|thanh tra chinh phu|nha nuoc)(?![a-z])"
)


def organiser(letter: Letter, reading: Reading) -> tuple[str, Level, Spot] | None:
    """Who invites, their level and where it stands."""
    bodies = _letterhead(reading)
    if bodies:
        names = [one[0] for one in bodies]
        name, start, end = bodies[-1]
        return (
            _placed(_as_written(reading, name), names) + _above(reading, name, names),
            level_of(*reversed(names)),
            reading.spot(start, end),
        )
    return _inviting(reading) or _hosting(reading) or _sending(letter)


def _placed(name: str, names: list[str]) -> str:
    """`Tỉnh ủy` under `ĐẢNG BỘ TỈNH …` is that province's."""
    if plain(name) not in {
        "tinh uy",
        "thanh uy",
        "dang uy",
        "uy ban nhan dan",
        "hoi dong nhan dan",
    }:
        return name
    unit = next((found for one in names if (found := _UNIT.search(one))), None)
    if unit is None:
        return name
    place = " ".join(word.capitalize() for word in unit["name"].split())
    return f"{name} {place}" if name.endswith("ủy") else f"{name} {unit['unit'].lower()} {place}"


def _above(reading: Reading, name: str, names: list[str]) -> str:
    """Whose office it is, where the letterhead has that in the line above."""
    is_nobodys = plain(name) == "van phong" and len(names) > 1
    return f" {_as_written(reading, names[-2])}" if is_nobodys else ""


def level_of(*names: str) -> Level:
    """The level of a body: of its own name, else of the body above it."""
    for name in names:
        bare = plain(name)
        for pattern, level in (
            (_COMMUNE, "commune"),
            (_PROVINCE, "province"),
            (_CENTRAL, "central"),
        ):
            if pattern.search(bare):
                return level  # type: ignore[return-value]
    return "other" if any(names) else ""


def _letterhead(reading: Reading) -> list[tuple[str, int, int]]:
    """The bodies of the letterhead from the highest to the one that issues."""
    found: list[tuple[str, int, int]] = []
    place, quiet = 0, 0
    for line in reading.text[:_HEAD].split("\n")[:_HEAD_LINES]:
        if _ENDS.match(plain(line).strip()):
            break
        before = list(found)
        for part, start in _cells(line):
            _take(found, part, place + start, is_near=quiet <= _GAP_LINES)
        quiet = 0 if found != before else quiet + 1
        place += len(line) + 1
    return found


def _cells(line: str) -> list[tuple[str, int]]:
    cells, start = [], 0
    for gap in [*_PARTS.finditer(line), None]:
        end = gap.start() if gap else len(line)
        cells.append((line[start:end], start))
        start = gap.end() if gap else end
    return cells


def _take(found: list[tuple[str, int, int]], part: str, start: int, *, is_near: bool) -> None:
    words = " ".join(part.split()).strip("*_ -")
    if len(words) < 3 or not words.isupper() or any(one.isdigit() for one in words[:3]):
        return
    bare = plain(words)
    if _NOT_BODIES.match(bare) or len(words) > 90:
        return
    if _BEGINS.match(bare) and not (found and found[-1][0].endswith((" VÀ", " CỦA"))):
        found.append((words, start, start + len(part)))
    elif found and is_near and len(found[-1][0]) < 120:
        name, first, _ = found[-1]
        found[-1] = (f"{name} {words}", first, start + len(part))


def _as_written(reading: Reading, name: str) -> str:
    """The name in the case it has in the letter's sentences, else in a sentence's case."""
    bare = plain(name)
    start = 0
    while (at := reading.plain.find(bare, start)) >= 0:
        written = reading.text[at : at + len(bare)]
        if not written.isupper() and written[:1].isupper():
            return written
        start = at + len(bare)
    return _in_sentence_case(name)


def _in_sentence_case(name: str) -> str:
    """The name as a sentence writes it, where all of it is known; else as the letterhead does."""
    words = name.lower().split()
    cased: list[str] = []
    at, is_place = 0, False
    while at < len(words):
        known = next(
            (one for one in NAMES if one.lower().split() == words[at : at + len(one.split())]), None
        )
        if known is not None:
            cased.append(known)
            at += len(known.split())
            is_place = known.split()[-1] in UNITS or known in UNITS
        elif is_place or words[at] in {"và", "-", "–", "của", "với"}:
            cased.append(words[at].capitalize() if is_place else words[at])
            at += 1
        else:
            return name
    words_cased = " ".join(cased)
    return words_cased[:1].upper() + words_cased[1:]


def _inviting(reading: Reading) -> tuple[str, Level, Spot] | None:
    for found in _INVITES.finditer(reading.plain, 0, 20_000):
        if _BEGINS.match(found["who"]) is None:
            continue
        start, end = found.span("who")
        name = " ".join(reading.text[start:end].split())
        return name, level_of(name), reading.spot(start, end)
    return None


def _hosting(reading: Reading) -> tuple[str, Level, Spot] | None:
    found = _HOST.search(reading.plain, 0, 20_000)
    if found is None:
        return None
    start, end = found.span("who" if found["who"] else "host")
    name = " ".join(reading.text[start:end].split())
    return name, level_of(name), reading.spot(start, end)


def _sending(letter: Letter) -> tuple[str, Level, Spot] | None:
    sender = " ".join(letter.sender.split())[:200]
    if not sender:
        return None
    named = _NAMED.match(sender)
    name = named["name"].strip() if named else sender
    return name, level_of(name), Spot(page=None, text=sender)
