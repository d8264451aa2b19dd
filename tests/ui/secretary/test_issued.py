"""What a secretary sees of an issued meeting: changes, who has what, shared marks."""

import msgspec
import pytest

from meetingroom.domain.geometry import Point
from meetingroom.domain.marks import Note
from meetingroom.services.marking import Content
from meetingroom.ui.secretary.desk import DRAFT_STEPS, SecretaryDesk
from meetingroom.ui.secretary.draft_changes import changes_in_words

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def desk(office, qtbot):
    """The secretary's desk, shown."""
    made = SecretaryDesk(office.secretary)
    qtbot.addWidget(made)
    made.resize(1150, 768)
    made.show()
    return made


def share_a_note(office, context, meeting, text="Nêu rõ nguồn"):
    """An official shares a note on the only paper with the secretary."""
    paper = next(iter(context.desk.meeting(meeting).papers.values()))
    content = Content(shape=Note(at=Point(90, 90)), text=text, audience=("secretary",))
    context.marking.put(meeting, paper.paper, paper.current.blob, 0, content).result(10)
    office.wait(lambda: office.secretary.desk.meeting(meeting).marks)


def test_the_follow_up_tells_apart_who_has_a_paper_and_who_has_not(office, desk):
    official = office.join("person-b")
    meeting = office.issued()
    paper = next(iter(office.secretary.desk.meeting(meeting).papers.values()))
    office.wait(lambda: official.desk.paper_path(paper.current.blob))
    desk.open_meeting(meeting)
    board = desk.pages["follow"].board
    office.wait(lambda: board.rowCount() == 3 and board.cell(2, 0).words == "on the laptop")
    assert board.cell(1, 0).words == "not reached"
    assert "no computer" in board.headerData(
        1, desk.pages["follow"].table.verticalHeader().orientation(), 257
    )


def test_the_follow_up_lists_only_who_waits(office, desk):
    office.join("person-b")
    meeting = office.issued()
    desk.open_meeting(meeting)
    page = desk.pages["follow"]
    office.wait(lambda: page.whole.number.text().startswith("2/"))
    page.who.choose("waits")
    shown = [
        page.board.headerData(row, page.table.verticalHeader().orientation())
        for row in range(page.board.rowCount())
    ]
    assert "Nông Thị Hiền" not in shown
    assert "Hoàng Văn Páo" in shown


def test_the_steps_of_an_issued_meeting_are_ticked(office, desk):
    desk.open_meeting(office.issued())
    told = {key: desk.steps._buttons[key].accessibleDescription() for key in DRAFT_STEPS}
    assert set(told.values()) == {"done"}


def test_issuing_again_tells_what_changes_with_counts_of_shared_marks_only(office, desk):
    official = office.join("person-b")
    meeting = office.issued()
    office.wait(lambda: official.desk.meeting(meeting))
    share_a_note(office, official, meeting)
    drafting = office.secretary.drafting
    draft = drafting.revise(meeting).result(10)
    paper = draft.papers[0]
    drafting.add_files(meeting, "item-2", [office.paper("2.1 mới.pdf")], paper.paper).result(10)
    drafting.edit(meeting, lambda d: msgspec.structs.replace(d, place="Phòng 3")).result(10)
    words = changes_in_words(
        drafting.draft(meeting),
        office.secretary.desk.meeting(meeting),
        office.secretary.desk.directory,
    )
    assert "Another place: Phòng 3" in words
    assert "1 people have 1 shared marks on it, which go along" in words[-1]
    assert "Nêu rõ nguồn" not in " ".join(words)


def test_issuing_ends_at_the_follow_up_with_the_new_revision(office, desk):
    desk.open_meeting(office.draft().meeting)
    desk.go("issue")
    desk.issue_button.click()
    office.wait(lambda: desk.steps.current_key() == "follow")
    office.wait(lambda: "Revision 1 is issued" in desk.info.title_label.text())
    assert not desk.pages["issue"].progress.isVisibleTo(desk)


def test_collected_marks_say_for_whom_in_words(office, desk):
    official = office.join("person-b")
    meeting = office.issued()
    office.wait(lambda: official.desk.meeting(meeting))
    share_a_note(office, official, meeting)
    desk.open_meeting(meeting)
    desk.go("collect")
    table = desk.pages["collect"].table
    assert [table.item(0, column).text() for column in (2, 3, 4, 5)] == [
        "Nông Thị Hiền", "Sticky note", "Nêu rõ nguồn", "The secretary",
    ]  # fmt: skip


def test_answers_stand_under_their_marks_and_say_whose_they_answer(office, desk):
    official = office.join("person-b")
    meeting = office.issued()
    office.wait(lambda: official.desk.meeting(meeting))
    share_a_note(office, official, meeting)
    mark = next(iter(office.secretary.desk.meeting(meeting).marks))
    office.secretary.marking.reply(meeting, mark, "Đã bổ sung").result(10)
    office.wait(lambda: len(official.desk.meeting(meeting).marks) == 2)
    desk.open_meeting(meeting)
    desk.go("collect")
    table = desk.pages["collect"].table
    assert [table.item(row, 3).text() for row in range(2)] == ["Sticky note", "Reply"]
    assert table.item(1, 4).text() == "↳ Đã bổ sung   (Nông Thị Hiền: Nêu rõ nguồn)"


def test_no_marks_yet_is_an_advice_not_an_empty_table(office, desk):
    desk.open_meeting(office.issued())
    desk.go("collect")
    assert desk.pages["collect"].stack.currentIndex() == 0


def test_exported_files_are_named_with_their_folder(office, desk, tmp_path):
    official = office.join("person-b")
    meeting = office.issued()
    office.wait(lambda: official.desk.meeting(meeting))
    share_a_note(office, official, meeting)
    desk.open_meeting(meeting)
    desk.go("collect")
    desk.on_export(tmp_path / "out", {"csv"})
    office.wait(lambda: desk.pages["collect"].files)
    assert len(list((tmp_path / "out").iterdir())) == 1
    assert desk.pages["collect"].open.isVisibleTo(desk)
    assert "One file" in desk.pages["collect"].written.text()


def test_the_list_puts_drafts_before_what_is_issued(office, desk):
    issued = office.issued()
    draft = office.draft(title="").meeting
    desk.show_list()
    rows = [row.key for row in desk.list._all]
    assert set(rows) == {issued, draft}
    assert [row.title for row in desk.list._all if row.is_draft] == ["Without a title"]
