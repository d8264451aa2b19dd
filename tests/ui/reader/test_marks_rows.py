"""What the list of marks finds, and in what order."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks_in_a_list import many_marks, put_in
from one_desk import CHAIR, ME, MEETING, OTHER

from meetingroom.domain.geometry import InkPoint
from meetingroom.domain.marks import Ink
from meetingroom.domain.meeting import Meeting
from meetingroom.services.past_shares import Share
from meetingroom.ui.reader.marks_panel.row_words import past_words, row_words
from meetingroom.ui.reader.marks_panel.rows import InFile, Marks, Row, RowMaker
from meetingroom.ui.reader.marks_panel.wish import Here, Wish
from meetingroom.wording import tr

NAMES = {ME: "Tôi", CHAIR: "Trần Thị Chủ", OTHER: "Lê Văn Khác"}


@pytest.fixture
def meeting(desk) -> Meeting:
    many_marks(desk)
    return desk.desk.meeting(MEETING)


def listed(meeting: Meeting, wish: Wish = Wish(), **more: object) -> list[Row]:  # noqa: B008
    here = Here("paper-Một", meeting.papers["paper-Một"].current.blob, 0)
    return RowMaker().rows(Marks(meeting=meeting, me=ME, names=NAMES, **more), here, wish)


def keys(rows: list[Row]) -> list[str]:
    return [row.key for row in rows if row.mark is not None]


def test_replies_stand_under_their_marks_in_the_order_of_pages(meeting) -> None:
    rows = listed(meeting)
    assert keys(rows) == ["quote", "answer", "chairs", "lost", "refused", "private"]
    assert [row.kind for row in rows if row.key == "answer"] == ["reply"]
    assert next(row for row in rows if row.key == "quote").replies == 1


def test_a_thread_whose_mark_is_gone_says_so(meeting) -> None:
    rows = listed(meeting)
    place = next(n for n, row in enumerate(rows) if row.key == "lost")
    assert (rows[place - 1].kind, rows[place - 1].title) == (
        "gone",
        tr("The original note was removed"),
    )


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("page", ["quote", "answer"]),
        ("paper", ["quote", "answer", "chairs", "lost", "refused", "private"]),
        ("meeting", ["quote", "answer", "chairs", "lost", "refused", "private", "other-paper"]),
    ],
)
def test_one_looks_on_the_page_in_the_paper_or_in_the_meeting(meeting, scope, expected) -> None:
    assert keys(listed(meeting, Wish(scope=scope))) == expected


def heads(rows: list[Row]) -> list[tuple[str, int]]:
    return [(row.title, row.count) for row in rows if row.kind == "group"]


def test_groups_by_person_follow_the_protocol_oneself_first(meeting) -> None:
    rows = listed(meeting, Wish(scope="meeting", grouping="person"))
    assert heads(rows) == [("Tôi", 4), ("Trần Thị Chủ", 1), ("Lê Văn Khác", 2)]
    assert keys(rows)[:2] == ["quote", "answer"]


def test_groups_by_kind_put_replies_without_a_mark_last(meeting) -> None:
    rows = listed(meeting, Wish(grouping="kind"))
    assert heads(rows) == [(tr("Highlight"), 2), (tr("Sticky note"), 3), (tr("Reply"), 1)]


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(person=CHAIR), ["chairs"]),
        (Wish(person=OTHER), ["quote", "answer", "lost"]),
        (Wish(kind="highlight"), ["quote", "answer"]),
        (Wish(kind="reply"), ["quote", "answer", "lost"]),
        (Wish(audience="me"), ["private"]),
        (Wish(audience="named"), ["quote", "answer"]),
        (Wish(words="nam chac"), ["quote", "answer"]),
        (Wish(words="DA RO"), ["quote", "answer"]),
        (Wish(words="tran chu"), ["chairs"]),
        (Wish(words="hoi lai", person=CHAIR), []),
    ],
)
def test_marks_are_found_by_person_kind_audience_and_words(meeting, wish, expected) -> None:
    assert keys(listed(meeting, wish)) == expected


def test_of_a_thread_that_is_not_asked_for_only_the_found_answer_and_its_mark_stay(desk, meeting):
    put_in(desk, "second", author=CHAIR, text="cảm ơn", reply_to="quote",
           at="2026-11-25T03:00:00.000Z")  # fmt: skip
    assert keys(listed(meeting, Wish(words="cam on"))) == ["quote", "second"]
    assert keys(listed(meeting, Wish(words="nam chac"))) == ["quote", "answer", "second"]


def test_hidden_people_are_left_out_and_oneself_never(meeting) -> None:
    assert keys(listed(meeting, hidden=frozenset({OTHER}))) == [
        "quote", "chairs", "refused", "private",
    ]  # fmt: skip
    assert keys(listed(meeting, hidden=frozenset({"everyone"}))) == ["quote", "refused", "private"]


def test_the_mark_of_somebody_hidden_stays_where_one_has_answered_it(desk, meeting) -> None:
    put_in(desk, "mine", text="vâng", reply_to="chairs")
    assert keys(listed(meeting, hidden=frozenset({CHAIR})))[2:4] == ["chairs", "mine"]


def test_what_stands_for_a_mark_that_is_gone_has_its_answers(meeting) -> None:
    rows = listed(meeting, stands_for={"gone": "refused"})
    assert keys(rows)[3:5] == ["refused", "lost"]
    assert not [row for row in rows if row.kind == "gone"]


def test_what_is_in_the_file_is_a_group_of_its_own(meeting) -> None:
    blob = meeting.papers["paper-Một"].current.blob
    note = InFile(kind="note", page=0, author="Word", text="nhận xét cũ")
    rows = listed(meeting, in_files={blob: (note,)})
    assert (rows[-2].title, rows[-1].note) == (tr("Already in the file"), note)
    assert not [
        row for row in listed(meeting, Wish(person=ME), in_files={blob: (note,)}) if row.note
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(-1, 8), st.integers(0, 2)), max_size=9),
    st.sampled_from(["page", "person", "kind"]),
)
def test_every_mark_is_listed_once_however_it_is_grouped(drawn, grouping) -> None:
    meeting = a_meeting_of(drawn)
    rows = listed(meeting, Wish(scope="meeting", grouping=grouping))
    assert sorted(keys(rows)) == sorted(meeting.marks)
    assert len({row.key for row in rows}) == len(rows)


def a_meeting_of(drawn: list[tuple[int, int, int]]) -> Meeting:
    """Marks (author, which one it answers, page) on one paper."""
    import msgspec
    from one_desk import issued

    from meetingroom.domain.geometry import Point
    from meetingroom.domain.marks import Mark, Note
    from meetingroom.domain.meeting import Paper, Version

    version = Version(version=1, blob="b", size=1, pages=9, file_name="f")
    paper = Paper(
        paper="paper-Một", item="item-1", place=0, title="T", audience=("everyone",),
        versions=(version,),
    )  # fmt: skip
    marks = {
        f"m{n}": Mark(
            id=f"m{n}", author=(ME, CHAIR, OTHER)[who], paper="paper-Một", blob="b", page=page,
            shape=Note(at=Point(1, 1)), audience=("everyone",), reply_to=f"m{to}" * (to >= 0),
        )
        for n, (who, to, page) in enumerate(drawn)
    }  # fmt: skip
    plain = Meeting(id=MEETING, issued=issued(), papers={"paper-Một": paper}, marks=marks)
    return msgspec.structs.replace(plain)


# --- words --------------------------------------------------------------------------------------


def words_of(meeting: Meeting, key: str):
    rows = {row.key: row for row in listed(meeting, Wish(scope="meeting"))}
    return row_words(rows[key], Marks(meeting=meeting, me=ME, names=NAMES))


def test_a_refused_mark_says_why_and_an_offline_one_says_so(meeting) -> None:
    refused = words_of(meeting, "refused")
    assert refused.state.words == tr("not accepted by the hub")
    assert tr("This paper is not part of the meeting any more.") in refused.warning
    assert words_of(meeting, "chairs").offline == tr("written while away from the hub")
    assert words_of(meeting, "quote").offline == ""


def test_a_late_mark_says_so_and_others_do_not(desk, meeting) -> None:
    put_in(desk, "late", is_late=True)
    late = tr("Came after the meeting was closed.")
    assert late in words_of(meeting, "late").warning
    assert words_of(meeting, "quote").warning == ""


def test_only_ones_own_marks_say_where_they_are(meeting) -> None:
    assert words_of(meeting, "chairs").state is None
    assert words_of(meeting, "private").state.words == tr("on this computer")
    assert words_of(meeting, "quote").state.words == tr("at the hub")


def test_all_a_row_says_is_said_to_a_screen_reader(meeting) -> None:
    spoken = words_of(meeting, "chairs").spoken()
    for part in ("Trần Thị Chủ", "xem kỹ", tr("written while away from the hub")):
        assert part in spoken


def test_a_mark_once_shared_says_with_whom_and_that_it_may_have_been_read(meeting) -> None:
    past = (Share(mark="old", audience=(OTHER,), at="2026-11-25T01:00:00.000Z"),)
    said = past_words(meeting.marks["private"], past, NAMES)
    assert len(said) == 2 and "Lê Văn Khác" in said[0]
    assert past_words(meeting.marks["private"], (), NAMES) == []


def test_a_shared_mark_says_with_whom(meeting) -> None:
    said = past_words(meeting.marks["quote"], (), {**NAMES, "secretary": "Thư ký"})
    assert len(said) == 1 and "Thư ký" in said[0]


def test_strokes_on_the_rooms_screen_are_no_notes_unless_somebody_answers(meeting) -> None:
    ink = Ink(strokes=((InkPoint(1, 1), InkPoint(5, 5)),))
    root = meeting.marks["quote"]
    of_the_screen = msgspec.structs.replace(root, id="stroke", author="room-1", shape=ink)
    answered = msgspec.structs.replace(of_the_screen, id="answered")
    reply = msgspec.structs.replace(root, id="why", author=OTHER, reply_to="answered")
    more = {mark.id: mark for mark in (of_the_screen, answered, reply)}
    there = msgspec.structs.replace(meeting, marks={**meeting.marks, **more})
    found = keys(listed(there))
    assert "stroke" not in found
    assert {"answered", "why"} <= set(found)
