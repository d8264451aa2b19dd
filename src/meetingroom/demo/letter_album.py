"""The chapter of the album about letters of higher levels: from the letter to the meeting."""

from collections.abc import Callable
from typing import Any

from meetingroom.demo.letter_acts import BROKEN

ONLINE = "Giấy mời hội nghị trực tuyến.pdf"
OWN_SYSTEM = "Giấy mời giao ban qua cầu truyền hình.pdf"
ORDINARY = "Thông báo tiết kiệm điện.pdf"
TWO_LINKS, STRANGE = "Tin nhắn có hai đường dẫn.txt", "Tin nhắn đáng ngờ.txt"
PICTURES: tuple[tuple[str, list[str], str, str], ...] = (
    ("found", [ONLINE], "form", "starts_at"),
    ("found-link", [ONLINE], "form", "meeting_id"),
    ("two-links", [TWO_LINKS], "form", "url"),
    ("warning", [STRANGE], "form", "url"),
    ("no-link", [OWN_SYSTEM], "form", "site"),
    ("nothing", [ORDINARY], "nothing", ""),
    ("unreadable", [BROKEN], "nothing", ""),
    ("several", [OWN_SYSTEM, STRANGE, ONLINE], "choice", ""),
)


class LettersChapter:
    """`do` has a computer act, `shoot` takes a picture."""

    def __init__(self, do: Callable[..., Any], shoot: Callable[..., None]) -> None:
        self._do, self._shoot = do, shoot

    def take(self) -> None:
        """All pictures of letters."""
        self._do("secretary", "see_letter_start")
        self._shoot("secretary", "letter-start")
        self._do("secretary", "see_letter_being_read")
        self._shoot("secretary", "letter-reading")
        for screen, names, page, part in PICTURES:
            self._do("secretary", "see_letter", names=names, page=page, part=part)
            self._shoot("secretary", f"letter-{screen}")
        self._do("secretary", "see_letter_again", name=ONLINE)
        self._shoot("secretary", "letter-known")
        self._do("secretary", "leave_letters")
