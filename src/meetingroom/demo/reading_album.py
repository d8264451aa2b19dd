"""The chapter of the album about reading and marking: real papers, several people's marks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from meetingroom.demo.story import APPENDIX, PLAN, REPORT
from meetingroom.resources import resource

DEPUTY, CHAIR, ECONOMY = "Nông Thị Hiền", "Hoàng Văn Páo", "Lý A Sùng"
PAGE, LAST = 3, 48  # of the report: where everybody marks, and what will change
# Who marks the report: role, page, kind, for whom, at which shares of the page, words.
OTHERS: tuple[tuple[str, int, str, str, tuple[float, float], str], ...] = (
    ("economy", PAGE, "underline", "everyone", (0.3, 0.22), ""),
    ("economy", PAGE, "note", "everyone", (0.925, 0.225),
     "Số liệu này lấy theo báo cáo của thôn ngày 15/11, Phòng đang đối chiếu lại."),
    ("economy", 4, "highlight", "me", (0.3, 0.3), ""),
    ("economy", 4, "note", "me", (0.925, 0.3), "Chuẩn bị số liệu trả lời nếu được hỏi."),
    ("economy", LAST, "note", "everyone", (0.925, 0.3), "Bổ sung số đến ngày 24/11."),
    ("chair", PAGE, "note", "everyone", (0.05, 0.5), "Đồng chí nào phụ trách phải nêu rõ tên."),
    ("chair", 2, "strikeout", "everyone", (0.3, 0.3), ""),
    ("chair", LAST, "highlight", "everyone", (0.3, 0.585), ""),
)  # fmt: skip
OWN: tuple[tuple[str, str, tuple[float, float], str], ...] = (
    ("highlight", "everyone", (0.3, 0.30), ""),
    ("note", "me", (0.925, 0.43), "Hỏi lại chị Quỳnh trước phiên họp."),
    ("text", "secretary", (0.17, 0.93), "Đề nghị nêu rõ nguồn số liệu."),
)

Do = Callable[..., Any]
Shoot = Callable[..., None]


class ReadingChapter:
    """`do` has a computer act, `shoot` takes a picture; files go under `folder`."""

    def __init__(self, do: Do, shoot: Shoot, folder: Path, number: int) -> None:
        self._do, self._shoot = do, shoot
        self._folder, self._number = folder / str(number), number
        self._second = resource("sample", "meeting-2")

    def take(self) -> None:
        """All screens of a reader, up to the new version that is accepted."""
        self._at_home()
        self._others_mark()
        self._marking()
        self._tools()
        self._list_of_marks()
        self._ways_to_look()
        self._papers_beside()
        self._searching()
        self._in_and_out()
        self._new_version()

    def _at_home(self) -> None:
        do, shoot = self._do, self._shoot
        do("deputy", "see_calendar")
        shoot("deputy", "calendar")
        do("deputy", "see_protected",
           file=str(resource("sample", "protected") / "Kế hoạch có mật khẩu.pdf"))  # fmt: skip
        shoot("deputy", "reader-password", is_small=True)
        do("deputy", "close_window")

    def _others_mark(self) -> None:
        do = self._do
        for key in ("economy", "chair"):
            do(key, "open_papers")
            for who, page, kind, audience, at, words in OTHERS:
                if who == key:
                    do(key, "read", number=REPORT, page=page)
                    do(key, "mark", kind=kind, audience=audience, at=at, words=words)
            do(key, "sent")

    def _marking(self) -> None:
        do = self._do
        do("deputy", "open_papers")
        do("deputy", "read", number=REPORT, page=LAST)
        do("deputy", "draw", kind="box", audience="everyone", start=(0.15, 0.4), end=(0.86, 0.475))
        do("deputy", "read", number=REPORT, page=PAGE)
        for kind, audience, at, words in OWN:
            do("deputy", "mark", kind=kind, audience=audience, at=at, words=words)
        do("deputy", "ring", audience="secretary", at=(0.62, 0.145), size=(0.16, 0.03))
        do("deputy", "handwrite", audience="secretary", at=(0.915, 0.115), size=(0.075, 0.045))
        do("deputy", "sent")
        self._shoot("deputy", "reader")

    def _tools(self) -> None:
        do, shoot = self._do, self._shoot
        do("deputy", "draw", kind="box", audience="everyone", start=(0.12, 0.505), end=(0.9, 0.615))
        do("deputy", "draw", kind="arrow", audience="everyone", start=(0.75, 0.72), end=(0.6, 0.63))
        do("deputy", "draw", kind="line", audience="everyone", start=(0.14, 0.80), end=(0.5, 0.80))
        do("deputy", "stamp", audience="everyone", at=(0.76, 0.745), which=2)
        do("deputy", "sent")
        do("deputy", "choose_tool", kind="box")
        do("deputy", "scroll", pages=0.25)
        shoot("deputy", "reader-marking")
        do("deputy", "pick", kinds=["box"])
        shoot("deputy", "reader-picked")
        do("deputy", "pick", kinds=["box", "arrow", "stamp", "ink"])
        shoot("deputy", "reader-picked-several", is_small=True)
        do("deputy", "leave_marks")
        shoot("deputy", "reader-stamps", over="stamps", is_small=True)
        do("deputy", "leave_marks")

    def _list_of_marks(self) -> None:
        do, shoot = self._do, self._shoot
        do("deputy", "reply", to=CHAIR, words="Báo cáo đồng chí: Phòng Kinh tế, đồng chí Sùng.")
        do("deputy", "sent")
        do("economy", "reply", to=CHAIR, words="Phòng sẽ bổ sung trước ngày 25/11.")
        do("economy", "sent")
        do("deputy", "write_to_a_stranger", at=(0.55, 0.93), words="Nhờ bác xem giúp số của thôn.")
        do("deputy", "read", number=REPORT, page=PAGE)
        do("deputy", "see_refused")
        shoot("deputy", "reader-refused", is_small=True)
        do("deputy", "see_mark", name=CHAIR)
        shoot("deputy", "reader-notes")
        do("deputy", "see_people_of_marks", is_open=True)
        do("deputy", "leave_mark")
        shoot("deputy", "reader-notes-people", is_small=True)
        do("deputy", "see_people_of_marks", is_open=False)

    def _ways_to_look(self) -> None:
        do, shoot = self._do, self._shoot
        do("deputy", "scroll", pages=0.55)
        shoot("deputy", "reader-flow")
        do("deputy", "read", number=REPORT, page=PAGE)
        do("deputy", "write_beside", at=(1.04, 0.2),
           words="Thôn Bản Pảng: ba số liệu khác nhau, phải hỏi lại.")  # fmt: skip
        shoot("deputy", "reader-room-beside")
        do("deputy", "no_room_beside")
        do("deputy", "show_pages", look="two")
        do("deputy", "read", number=REPORT, page=PAGE - 1)
        shoot("deputy", "reader-two-pages")
        shoot("deputy", "reader-pages-menu", over="pages", is_small=True)
        do("deputy", "show_pages", look="one")

    def _papers_beside(self) -> None:
        do, shoot = self._do, self._shoot
        do("deputy", "side_by_side", papers=[[REPORT, PAGE], [APPENDIX, 2]])
        shoot("deputy", "reader-side-by-side")
        do("deputy", "side_by_side", papers=[[REPORT, PAGE], [APPENDIX, 2], [PLAN, 1]])
        shoot("deputy", "reader-three-papers")
        do("deputy", "side_by_side", papers=[[REPORT, PAGE]])

    def _searching(self) -> None:
        do, shoot = self._do, self._shoot
        do("deputy", "search", words="khuoi lay")
        shoot("deputy", "reader-search")
        do("deputy", "leave_search")
        do("deputy", "read", number=REPORT, page=PAGE)
        do("deputy", "see_contents", tab="pages")
        shoot("deputy", "reader-pages")
        do("deputy", "see_contents", tab="agenda")

    def _in_and_out(self) -> None:
        do, shoot = self._do, self._shoot
        shoot("deputy", "reader-print", over="print")
        shoot("deputy", "reader-paper-menu", over="paper", is_small=True)
        copy = str(self._folder / "2.1 Báo cáo (có ghi chú của Phòng Kinh tế).pdf")
        do("economy", "keep_marked_copy", number=REPORT, file=copy)
        do("deputy", "take_marks_of", file=copy)
        shoot("deputy", "reader-import")
        do("deputy", "told")
        do("deputy", "back_up", folder=str(self._folder / "USB"))
        shoot("deputy", "settings")
        shoot("deputy", "settings-passphrase", over="passphrase", is_small=True)

    def _new_version(self) -> None:
        do, shoot, second = self._do, self._shoot, self._second
        do("deputy", "open_papers")
        do("deputy", "read", number=REPORT, page=PAGE)
        do(
            "secretary", "change", number=REPORT,
            file=str(second / "2.1 Báo cáo kinh tế - xã hội.pdf"),
            title="Công tác tiêm phòng bổ sung", new=str(second / "5.1 Công tác tiêm phòng.pdf"),
        )  # fmt: skip
        do("secretary", "see_effect")
        shoot("secretary", "secretary-version")
        do("secretary", "issue")
        do("deputy", "receive", revision=2)
        do("deputy", "changes")
        shoot("deputy", "reader-changes")
        do("deputy", "accept_changes")
        do("deputy", "carried")
        shoot("deputy", "reader-carried")
        do("deputy", "see_carried")
        shoot("deputy", "reader-carried-list")
        do("deputy", "put_again")
        shoot("deputy", "reader-put-again")
        do("deputy", "leave_carried")
        do("deputy", "compare", number=REPORT, page=1)
        shoot("deputy", "reader-compare")
        do("deputy", "end_comparison")
