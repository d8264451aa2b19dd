"""Marks of several people on the papers of `one_desk`, written as if they had arrived."""

from one_desk import CHAIR, ME, MEETING, OTHER, OneDesk

from meetingroom.domain.geometry import Point, Quad, Rect
from meetingroom.domain.marks import Mark, Note, TextMark


def put_in(desk: OneDesk, name: str, **values: object) -> Mark:
    """A mark in the folded meeting; on the first paper's first page unless told otherwise."""
    meeting = desk.desk.meeting(MEETING)
    paper = meeting.papers[str(values.pop("paper", "paper-Một"))]
    usual = {
        "id": name, "author": ME, "paper": paper.paper, "blob": paper.current.blob, "page": 0,
        "shape": Note(at=Point(50, 50)), "audience": ("everyone",), "is_at_hub": True,
        "at": "2026-11-25T01:00:00.000Z",
    }  # fmt: skip
    mark = Mark(**{**usual, **values})

    def put() -> None:
        """Also among what the hub numbered: the desk may fold its own records anew."""
        pages = desk.desk._copybook._pages[MEETING]
        pages.numbered.marks[name] = pages.meeting.marks[name] = mark

    desk.desk.run(put).result(30)
    return mark


def quoted(words: str, y: float = 90) -> TextMark:
    return TextMark(quads=(Quad.of(Rect(60, y, 200, y + 16)),), quote=words)


def many_marks(desk: OneDesk) -> None:
    """Three people, two papers, a thread, a thread whose mark is gone, one refused."""
    put_in(desk, "quote", shape=quoted("Nậm Chạc"), text="hỏi lại", audience=("secretary",))
    put_in(desk, "answer", author=OTHER, text="đã rõ", reply_to="quote",
           audience=("secretary", ME), at="2026-11-25T02:00:00.000Z")  # fmt: skip
    put_in(desk, "chairs", author=CHAIR, page=1, text="xem kỹ", was_offline=True)
    put_in(desk, "lost", author=OTHER, page=2, text="đồng ý", reply_to="gone")
    put_in(desk, "other-paper", author=OTHER, paper="paper-Hai", page=1, text="thiếu phụ lục")
    put_in(desk, "refused", page=2, text="hoãn", refusal="unknown_paper", is_at_hub=False)
    put_in(desk, "private", page=2, text="chỉ mình tôi", audience=("me",), is_at_hub=False,
           shape=Note(at=Point(50, 300)))  # fmt: skip
