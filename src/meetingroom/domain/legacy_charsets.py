"""Vietnamese before Unicode: fonts whose Latin letters look like Vietnamese ones.

TCVN3 (ABC) has a code for each lower-case letter and draws capitals with fonts of their
own (".VnTimeH"); VNI writes a mark as a code after its letter. Both are told by a font's
name, their codes seen as the Latin-1 characters a PDF takes them for.
"""

import re
import unicodedata
from typing import NamedTuple

# Latin-1 characters of TCVN3 with the letters they stand for, in pairs. \xad is ư.
_TCVN3 = (
    "µà¸á¶ả·ã¹ạ¨ă»ằ¾ắ¼ẳ½ẵÆặ©âÇầÊấÈẩÉẫËậ®đÌèÐéÎẻÏẽÑẹªêÒềÕếÓểÔễÖệ×ìÝíØỉÜĩÞịßòãóáỏâõäọ«ôåồèốæổçỗéộ"
    "¬ơêờíớëởìỡîợïùóúñủòũôụ\xadưõừøứöử÷ữùựúỳýýûỷüỹþỵ¡Ă¢Â§Đ£Ê¤Ô¥Ơ¦Ư"
)
TCVN3 = dict(zip(_TCVN3[::2], _TCVN3[1::2], strict=True))
# VNI: letters of their own, then marks after a letter, as combining marks.
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_ROOF, _BREVE = "\u0302", "\u0306"
_VNI = "ôơöưñđæỉóĩòịîỵììíí"
VNI = dict(zip(_VNI[::2], _VNI[1::2], strict=True))
VNI |= {one.upper(): letter.upper() for one, letter in VNI.items()}
_MARKS = {
    "ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT, "â": _ROOF,
    "à": _ROOF + _GRAVE, "á": _ROOF + _ACUTE, "å": _ROOF + _HOOK, "ã": _ROOF + _TILDE,
    "ä": _ROOF + _DOT, "ê": _BREVE, "è": _BREVE + _GRAVE, "é": _BREVE + _ACUTE,
    "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
_MARKS |= {one.upper(): mark for one, mark in _MARKS.items()}
# A mark of its own would be taken for one without width, and a space seen behind it: the
# engine is told of private characters, and its text is brought to letters afterwards.
PRIVATE = 0xF8A0
_STAND_INS = {one: chr(PRIVATE + number) for number, one in enumerate(_MARKS)}
_LETTERS = {ord(_STAND_INS[one]): mark for one, mark in _MARKS.items()}
_HAS_STAND_IN = re.compile(f"[{chr(PRIVATE)}-{chr(PRIVATE + len(_MARKS) - 1)}]")

_TCVN3_NAMES = (
    "arial|aristote|avant|bahamas|blackh|bodoni|book|brush|clarendon|commercial|cooper|courier"
    "|exotic|free|gothic|helvet|island|linus|lucida|memorandum|monotype|mystical|park|present"
    "|revue|shelley|southern|stamp|teknical|tifani|time|univers|vogue"
)
_TCVN3_FONT = re.compile(rf"\.vn\w|vn(?:{_TCVN3_NAMES})", re.IGNORECASE)
_VNI_FONT = re.compile(r"VNI[-_ ]\w|VNI(?=[A-Z][a-z])|vni[-_ ]\w")
_STYLE = re.compile(
    r"[,\- ]*(?:bold|italic|oblique|regular|normal|roman|ps|mt)+\s*$|[,\- ]+$", re.IGNORECASE
)


class Charset(NamedTuple):
    """How to read a font: Latin-1 characters → letters (or stand-ins for marks)."""

    letters: dict[str, str]
    is_capital: bool = False

    def letter(self, latin: str) -> str:
        """What a Latin-1 character of the font shows."""
        shown = self.letters.get(latin, latin)
        return shown.upper() if self.is_capital else shown


_VNI_LETTERS = VNI | _STAND_INS


def charset_of(font: str) -> Charset | None:
    """The charset that a font's name speaks of; None for any other font."""
    name = font.rpartition("+")[2].strip()
    if _VNI_FONT.match(name):
        return Charset(_VNI_LETTERS)
    if not _TCVN3_FONT.match(name):
        return None
    family = _STYLE.sub("", _STYLE.sub("", name))
    return Charset(TCVN3, is_capital=family.endswith(("H", "-h")))


def real_letters(text: str) -> str:
    """Text as the engine gives it, as NFC Vietnamese."""
    if _HAS_STAND_IN.search(text):
        text = text.translate(_LETTERS)
    return unicodedata.normalize("NFC", text)


_FROM_TCVN3 = str.maketrans(TCVN3)
_FROM_VNI = str.maketrans(VNI | _MARKS)


def from_tcvn3(latin: str) -> str:
    """A text of TCVN3 codes taken for Latin-1, as Vietnamese."""
    return latin.translate(_FROM_TCVN3)


def from_vni(latin: str) -> str:
    """A text of VNI codes taken for Latin-1, as Vietnamese."""
    return unicodedata.normalize("NFC", latin.translate(_FROM_VNI))
