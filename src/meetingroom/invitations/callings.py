"""Whether a letter calls to a meeting at all, or reports, plans, decides, concludes."""

import re

from meetingroom.domain.invitation import Letter
from meetingroom.invitations.phrases import KIND_HEADING, PLAN_HEADING, any_of
from meetingroom.invitations.plain import Reading, plain
from meetingroom.invitations.weekly import is_week
from meetingroom.invitations.when import Times

_HEAD = 6000
_INVITATION = re.compile(
    r"\n[ *#|]{0,80}(?:giay moi|giay trieu tap|thu moi)(?: hop| du hop)?[ *:|]{0,80}(?:\n|$"
    r"|du |tham du |v/v|ve viec)"
)
_OTHER_KINDS = re.compile(
    rf"\n[ *#|]{{0,80}}{KIND_HEADING}[ *|]{{0,80}}(?:\n|$|[ivx\d]{{1,4}} ?(?:\n|$))"
)
_PLANS = re.compile(rf"\n[ *#|]{{0,80}}{PLAN_HEADING}[ *|]{{0,80}}(?:\n|$)")
_SITE_OF_OURS = re.compile(r"diem cau[^.;\n]{0,60}(?<![a-z])(?:xa(?! hoi)|phuong|co so)(?![a-z])")
_CONCLUDES = re.compile(
    r"thong bao\s{0,80}(?:y kien )?ket luan|ket luan (?:cua|tai)|thong bao ket qua"
)
_ABOUT = re.compile(
    r"(?<![a-z])(?:v/v|ve viec|trich yeu|subject|topic|chu de)[\s:]{0,4}[^.;]{0,60}?"
    + any_of(
        "moi",
        "tham du",
        "du hop",
        "(?<![a-z])du (?:hoi nghi|phien|cuoc|lop|tap huan)",
        "to chuc (?:hop|hoi nghi|cuoc hop|phien)",
        "(?:hop|hoi nghi|giao ban|tap huan) truc tuyen",
        "(?:thay doi|lui|dieu chinh) thoi gian",
    )
)
_INVITES = re.compile(
    any_of(
        "kinh moi",
        "tran trong moi",
        r"(?<![a-z])moi [^.;]{0,160}(?<![a-z])(?:du|hop|tham gia|vao)(?![a-z])",
        r"trieu tap [^.;]{0,100}(?<![a-z])(?:du|hop)(?![a-z])",
        r"de nghi [^.;]{0,200}(?:tham du|du hop|du hoi nghi)",
        "(?<![a-z])du tai (?:cac )?(?:diem cau|phong hop|hoi truong)",
        "is inviting you",
        "invites you",
        "you are invited",
        "you're invited",
        "you have been invited",
        "join (?:the |our |zoom |teams |webex |with )?(?:meeting|us|google)",
        "dang moi ban",
        "moi ban tham gia",
        "tham gia (?:cuoc hop|zoom)",
    )
)
_CALLED = re.compile(
    any_of(
        "(?:tham du|du) (?:hoi nghi|cuoc hop|hop|phien hop|hoi thao|tap huan)",
        "to chuc (?:hoi nghi|cuoc hop|hop|phien hop|hoi thao|buoi lam viec|lop tap huan)",
        "lich hop",
        "thong bao hop",
        "(?<![a-z])hop (?:truc tuyen|online|giao ban|khan)",
    )
)
_TIME, _PLACE = (
    re.compile(r"thoi gian[^:\n]{0,40}:|(?<![a-z])(?:when|time)\s{0,2}:"),
    re.compile(
        r"dia diem[^:\n]{0,30}:|thanh phan[^:\n]{0,40}:|chu tri[^:\n]{0,30}:|(?<![a-z])(?:where"
        r"|location|who)\s{0,2}:"
    ),
)
_ONLINE = re.compile(
    r"truc tuyen|diem cau|online|hoi nghi truyen hinh|truyen hinh|video conference"
    r"|cau truyen hinh|~|zoom|google meet|teams|webex|webinar"
)


def is_meeting(letter: Letter, reading: Reading, times: Times) -> bool:
    """Whether the letter calls to a meeting."""
    if is_week(reading):
        return False
    head = reading.plain[:_HEAD]
    if _INVITATION.search(head):
        return True
    kind = _OTHER_KINDS.search(head)
    is_telegram = kind is not None and "cong dien" in kind[0] and _calls_by_wire(head, times)
    if (kind is not None and not is_telegram) or _CONCLUDES.search(head):
        return False
    if not times.held or not _is_told(times):
        return False
    if _PLANS.search(head):
        is_ours = _SITE_OF_OURS.search(reading.plain) is not None
        return is_ours and _TIME.search(reading.plain) is not None and _is_ahead(times)
    subject = plain(letter.subject[:400])
    about = _ABOUT.search(head) is not None or _ABOUT.search(f"v/v {subject}") is not None
    invites = _INVITES.search(head) is not None or _INVITES.search(subject) is not None
    called = invites or _CALLED.search(head) is not None or _CALLED.search(subject) is not None
    told = (_TIME.search(head) is not None) + (_PLACE.search(head) is not None)
    wanted = invites or _SITE_OF_OURS.search(head) is not None
    return about + called + told + (wanted and _is_ahead(times)) >= 2


def _calls_by_wire(head: str, times: Times) -> bool:
    """Whether a telegram calls to a meeting that is ahead."""
    if _ABOUT.search(head) is not None:
        return True
    return _CALLED.search(head) is not None and bool(times.held) and _is_ahead(times)


def is_online(reading: Reading) -> bool:
    """Whether a meeting's words say that it is held over a distance."""
    return _ONLINE.search(reading.plain) is not None


def _is_ahead(times: Times) -> bool:
    """Whether the hour is said and lies behind the letter's day."""
    main = times.held[0].known
    return main.doubts == () and main.day >= times.written


def _is_told(times: Times) -> bool:
    main = times.held[0]
    return "time_not_said" not in main.known.doubts or main.weight >= 50
