"""The phrases of letters by which a moment is told from another; all on plain words.

Each looks at one clause of at most some 170 letters, so none can take long.
"""

import re


def any_of(*phrases: str) -> str:
    """One of several phrases."""
    return f"(?:{'|'.join(phrases)})"


def _words(*phrases: str) -> str:
    """One of several phrases, no longer word beginning or ending with it."""
    return rf"(?<![a-z]){any_of(*phrases)}(?![a-z])"


KIND_HEADING = any_of(
    "bao cao",
    "quyet dinh",
    "nghi quyet",
    "to trinh",
    "bien ban",
    "nghi dinh",
    "thong tu",
    "luat",
    "chi thi",
    "quy che",
    "quy dinh",
    "huong dan",
    "hop dong",
    "cong dien",
    "ket luan",
    "thong bao ket luan",
    "phap lenh",
    "bo luat",
    "de an",
    "phuong an",
    "quy trinh",
    "don de nghi",
    "phu luc",
)
PLAN_HEADING = any_of("ke hoach", "chuong trinh")

BREAK = re.compile(
    r"\n\s{0,80}\n|\n\s{0,40}(?=[-+*•●▪➢–]\s|\d{1,2}(?:\.\d{1,2})?[.)]\s|[a-z][a-z /]{1,40}:)"
    r"|[;!?]\s|[a-z)]{2}\.\s(?!\d)"
)

_CHECK = any_of(
    "kiem tra", "thu nghiem", "thu", "van hanh thu", "can chinh", "hieu chinh", "test", "ra soat"
)
_CHECKED = any_of(
    "ky thuat",
    "duong truyen",
    "tin hieu",
    "ket noi",
    "am thanh",
    "hinh anh",
    "thiet bi",
    "he thong",
    "diem cau",
)
TEST = re.compile(
    any_of(
        rf"(?<![a-z]){_CHECK}(?![a-z])[^.;\n:]{{0,40}}?{_CHECKED}",
        "chay thu",
        "ket noi thu",
        r"ket noi[^.;\n]{0,30}kiem tra",
        r"kiem tra(?= (?:luc|vao luc|vao hoi|tu \d))",
        "tong duyet",
        "technical (?:check|test|rehearsal)",
        "test (?:call|session|connection)",
        "sound check",
        "dry run",
        r"(?<![a-z])test(?=[ :])",
    )
)
TEST_AHEAD = re.compile(
    rf"[ :,()-]{{0,6}}{any_of('de', 'tien hanh', 'tham gia', 'thuc hien')}?\s?(?:{TEST.pattern})"
)
HOUR_SOON = re.compile(r"[^.;\n]{0,25}?(?<![0-9])[0-9]{1,2}\s?(?:h|g|:)")  # it has its own hour
HELD_AGAIN = re.compile(
    any_of(
        "khai mac",
        "(?:hoi nghi|cuoc hop)[^,;]{0,20}(?:bat dau|luc|hoi|:)",
        "(?<![a-z])hop (?:luc|tu)",
        "chinh thuc",
    )
)

_NAMES_TIME = any_of(
    "thoi gian",
    r"(?<![a-z])when",
    r"(?<![a-z])time",
    "khi nao",
    r"(?<![a-z])date(?: and time| & time)?",
    "ngay gio",
    "uhrzeit",
    "heure",
    "時刻",
    "时间",
    "時間",
    "시간",
    r"(?<![a-z])starts?",
)
LABEL = re.compile(rf"{_NAMES_TIME}(?![a-z])[^:：\n]{{0,40}}[:：]")
LABEL_OF_HALF = re.compile(
    any_of("khai mac", "bat dau", r"(?<![a-z])gio", r"(?<![a-z])ngay(?: hop)?")
    + r"[^:\n]{0,30}:[^:\n]{0,60}$"
)
CALLS = re.compile(
    any_of("vao", "vao hoi", "vao luc", "hoi", "luc", "bat dau tu", "bat dau", "khai mac", "tu")
    + r"\s{0,2}$"
)
HELD = re.compile(
    any_of(
        "to chuc",
        "hop",
        "hoi nghi",
        "hoi thao",
        "tap huan",
        "giao ban",
        "phien",
        "lam viec",
        r"(?<![a-z])du ",
        "tham du",
        r"(?<![a-z])moi(?![a-z])",
        "dien ra",
        "meeting",
        "invit",
        "webinar",
        "conference",
    )
)

CITED = re.compile(
    r"(?:(?<![a-z])so\s{0,2}:?\s{0,2}[0-9]{0,6}\s{0,2}[-/][a-z0-9./-]{1,40}"
    r"|(?<![0-9])[0-9]{1,5}/(?:[0-9]{4}/)?[a-z]{2}[a-z0-9-]{0,20})[^;\n]{0,90}$"
)
TITLED = re.compile(
    _words(
        "luat",
        "nghi dinh",
        "nghi quyet",
        "quyet dinh",
        "thong tu",
        "chi thi",
        "ke hoach",
        "cong van",
        "thong bao",
        "to trinh",
        "bao cao",
        "cong dien",
        "giay moi",
        "van ban",
        "chuong trinh",
    )
    + r"[^,;:\n]{0,60}$"
)
BASED = re.compile(any_of("can cu", "thuc hien", "theo", "tiep theo", "xet", "phuc dap") + r"\s")

LIMIT = re.compile(
    _words(
        "truoc",
        "cham nhat",
        "muon nhat",
        "han cuoi",
        "han",
        "den het",
        "het",
        "by",
        "before",
        "no later than",
        "deadline",
    )
    + r"\s{0,2}:?\s?(?:la |vao |luc |hoi |trong ){0,2}(?:\d+ ngay )?$"
)
HAND_IN = re.compile(
    _words(
        "gui",
        "dang ky",
        "xac nhan",
        "nop",
        "phan hoi",
        "hoan thanh",
        "tong hop",
        "cung cap",
        "rsvp",
    )
    + r"[^.;\n]{0,120}"
    + _words("truoc", "cham nhat", "den", "trong")
    + r"[^.;\n]{0,30}$"
    r"|(?<![a-z])han (?:cuoi |chot )?(?:gui|nop|dang ky|nhan|xac nhan|bao cao)[^.;\n\d]{0,30}$"
)
SIGNED = re.compile(
    any_of(
        "thoi gian ky",
        "ngay ky",
        "ky ngay",
        r"ky boi[^\n]{0,80}",
        r"signed[^\n]{0,40}",
        "ngay gui",
        "gui luc",
        "da gui",
        r"(?<![a-z])sent",
        "ngay den",
        "ngay nhan",
        "ngay van ban",
        "ngay ban hanh",
        "ngay cong van",
        "ngay phat hanh",
        "han xu ly",
        "created",
        "printed",
    )
    + r"\s{0,3}(?:on|vao|luc)?\s{0,3}:?\s{0,3}$"
)
MAILED = re.compile(r"\n>?\s{0,3}(?:date|ngay)\s{0,2}:\s{0,3}$")
HEADERS = re.compile(
    r"\n>?\s{0,3}(?:from|tu|subject|chu de|to|den)\s{0,2}:(?!\s{0,3}\d{1,2}\s?[hg:])"
)
WROTE = re.compile(r"[^\n]{0,120}\n?[^\n]{0,80}(?:wrote|da viet)\s{0,2}:")
CHANGED_FROM = re.compile(
    any_of(
        "thay cho",
        "thay vi",
        "thay the",
        "hoan",
        "lui",
        r"thay doi[^.;\n]{0,40}(?<![a-z])tu",
        r"chuyen[^.;\n]{0,40}(?<![a-z])tu",
        "thay doi so voi",
    )
    + r"\s[^.;\n]{0,60}$"
)
# "(họp lúc 14h) lùi sang 9h"; on plain words, where "sáng" is to be told apart.
CHANGED_AWAY = re.compile(
    r"[\s,)]{0,4}(?:(?:nay|duoc|se)\s){0,2}"
    r"(?:(?:lui|doi|chuyen|dieu chinh|thay doi)\s(?:lai\s)?(?:den\s|vao\s)?)?"
    r"(?P<to>(?<=den\s)|(?<=vao\s)|sang|qua|thanh)\s?(?:luc |hoi |ngay )?(?=\d)"
)
_WELCOME = any_of("don tiep", "don (?:dai bieu|khach)", "on dinh to chuc", "dang ky dai bieu")
WELCOME = re.compile(_WELCOME + r"[^.;,\n\d]{0,30}$")
WELCOME_AHEAD = re.compile(rf"[\s:,()-]{{0,6}}{_WELCOME}")
DENIED = re.compile(r"(?<![a-z])(?:khong phai|chu khong)(?: la| luc| vao){0,2}\s{0,2}$")
CHANGED_TO = re.compile(_words("sang", "thanh", "den", "lai") + r"[^.;\n]{0,20}$")

OWN_PLACE = re.compile(r"(?:^|[\s|])[^\W\d_]\S*(?: [^\W\d_]\S*){0,5},\s{0,4}$")
OWN_BLANK = re.compile(
    r",\s{0,4}ngay\s{0,20}[._…]{0,8}\s{0,20}thang\s{0,4}(?P<m>1[0-2]|0?[1-9])"
    r"\s{0,4}nam\s{0,4}(?P<y>20[0-9]{2})"
)
_UNIT = any_of("phut", "'", "gio", "tieng", "minutes?", "hours?", "h(?![a-z])")
BEFOREHAND = re.compile(
    r"(?<![a-z])truoc(?![a-z])[^.;\n\d]{0,50}?(?<![0-9a-z])"
    rf"(?P<n>[0-9]{{1,2}}|mot|nua)\s{{0,2}}(?P<u>{_UNIT})(?!\s?[0-9])"
    rf"|(?<![0-9a-z])(?P<n2>[0-9]{{1,2}}|mot)\s{{0,2}}(?P<u2>{_UNIT})\s{{0,2}}(?:truoc|before"
    rf"|earlier)"
)
PLACE_AHEAD = re.compile(r"[\s,).]{0,4}(?:tai|o |at |dia diem)")
