"""Vietnamese as offices wrote it before Unicode: the same words in older bytes."""

import unicodedata

_TONE_MARKS = "̣̀́̃̉"
_TCVN3 = {
    "ăâêôơưđ": "a8a9aaabacadae", "àảãáạ": "b5b6b7b8b9", "ằẳẵắặ": "bbbcbdbec6",
    "ầẩẫấậ": "c7c8c9cacb", "èẻẽéẹ": "cccecfd0d1", "ềểễếệ": "d2d3d4d5d6", "ìỉĩíị": "d7d8dcddde",
    "òỏõóọ": "dfe1e2e3e4", "ồổỗốộ": "e5e6e7e8e9", "ờởỡớợ": "eaebecedee", "ùủũúụ": "eff1f2f3f4",
    "ừửữứự": "f5f6f7f8f9", "ỳỷỹýỵ": "fafbfcfdfe", "ĂÂÊÔƠƯĐ": "a1a2a3a4a5a6a7",
}  # fmt: skip
_VNI_TONES = {"̀": "ø", "́": "ù", "̉": "û", "̃": "õ", "̣": "ï"}
_VNI_HAT_TONES = {"̀": "à", "́": "á", "̉": "å", "̃": "ã", "̣": "ä"}
_VNI_BREVE_TONES = {"̀": "è", "́": "é", "̉": "ú", "̃": "ü", "̣": "ë"}
_VNI_ALONE = {"ỉ": "æ", "ĩ": "ó", "ị": "ò", "ì": "ì", "í": "í", "đ": "ñ", "ỵ": "î"}


def tcvn3(text: str) -> bytes:
    """Capitals with a tone have no byte of their own there: they are written small."""
    table = {
        letter: bytes.fromhex(codes)[at]
        for letters, codes in _TCVN3.items()
        for at, letter in enumerate(letters)
    }
    out = bytearray()
    for letter in unicodedata.normalize("NFC", text):
        code = table.get(letter, table.get(letter.lower()))
        out += bytes([code]) if code else letter.encode("ascii", "replace")
    return bytes(out)


def vni(text: str) -> bytes:
    """A letter, then a byte for its hat and tone together."""
    return "".join(map(_vni_letter, unicodedata.normalize("NFC", text))).encode("cp1252", "replace")


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    found = _VNI_ALONE[small] if small in _VNI_ALONE else _vni_parts(small)
    return found.upper() if letter != small else found


def _vni_parts(letter: str) -> str:
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in _TONE_MARKS), "")
    if "̂" in marks:
        return base + (_VNI_HAT_TONES[tone] if tone else "â")
    if "̆" in marks:
        return base + (_VNI_BREVE_TONES[tone] if tone else "ê")
    if "̛" in marks:
        base = {"o": "ô", "u": "ö"}[base]
    return base + (_VNI_TONES[tone] if tone else "")


def windows_1258(text: str) -> bytes:
    """Letters with their hats whole, the tone as a sign behind."""
    out = bytearray()
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = "".join(mark for mark in parts if mark in _TONE_MARKS)
            rest = "".join(mark for mark in parts if mark not in _TONE_MARKS)
            out += (unicodedata.normalize("NFC", rest) + tone).encode("cp1258", "replace")
    return bytes(out)
