"""The list of marks under people's hands: chosen, answered, shared, changed, taken away, hidden."""

import pytest
from marks_in_a_list import many_marks, put_in
from one_desk import CHAIR, ME, MEETING, OTHER
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meetingroom.domain.geometry import Point, Rect
from meetingroom.domain.marks import Note
from meetingroom.domain.paper import FileAnnotation
from meetingroom.services.hidden_people import HiddenPeople
from meetingroom.services.marking import Content
from meetingroom.services.news import PaperGone
from meetingroom.services.unsent_words import UnsentWords
from meetingroom.ui.reader.pack import Place
from meetingroom.wording import tr

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "Mouse event occurs outside")
LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key
A_BOX = Rect(10, 10, 60, 30)


@pytest.fixture
def panel(room, desk, qtbot):
    """The list beside the page, with marks of three people."""
    many_marks(desk)
    room._show_marks()
    room.notes.refresh()
    return room.notes


def listed(panel) -> list[str]:
    return [row.key for row in panel.rows.rows.rows if row.mark is not None]


def own(desk, text="nguyên văn", audience=("me",)) -> str:
    """A real own mark, on the disk."""
    paper = desk.desk.meeting(MEETING).papers["paper-Một"]
    content = Content(shape=Note(at=Point(50, 50)), text=text, audience=audience)
    put = desk.context.marking.put(MEETING, paper.paper, paper.current.blob, 0, content)
    return put.result(30)


@pytest.fixture
def mine(room, desk, qtbot):
    """A real own mark, chosen in the list."""
    mark = own(desk)
    qtbot.waitUntil(lambda: mark in listed(room.notes))
    room.notes.show_mark(mark)
    return mark


# --- going --------------------------------------------------------------------------------------


def test_enter_goes_to_the_page_of_the_chosen_mark_and_shows_it_there(panel, room):
    panel.rows.choose("chairs")
    QTest.keyClick(panel.rows, KEY.Key_Return)
    assert (room.place.paper, room.place.page) == ("paper-Một", 1)
    assert room.view.signs.pointed == "chairs"


def test_a_click_goes_there_too(panel, room):
    index = panel.rows.rows.index(panel.rows.rows.row_of("chairs"))
    QTest.mouseClick(panel.rows.viewport(), LEFT, pos=panel.rows.visualRect(index).center())
    assert room.place.page == 1 and panel.card.mark.id == "chairs"


def test_arrows_choose_without_turning_the_page(panel, room):
    panel.rows.choose("quote")
    for _ in range(2):
        QTest.keyClick(panel.rows, KEY.Key_Down)
    assert panel.card.mark.id == "chairs" and room.place.page == 0


def test_escape_goes_back_to_the_page(panel, room):
    panel.rows.setFocus()
    QTest.keyClick(panel.rows, KEY.Key_Escape)
    assert room.view.hasFocus()


def test_a_mark_chosen_on_the_page_is_chosen_in_the_list(panel, room):
    room.on_mark_chosen("chairs")
    assert panel.rows.chosen.key == "chairs"


def test_a_mark_chosen_on_the_page_is_found_though_the_list_shows_something_else(panel, room):
    panel.finding.look_for(person=OTHER, scope="page")
    room.on_mark_chosen("other-paper")
    assert panel.rows.chosen.key == "other-paper"
    assert not panel.wish.is_filtered and panel.wish.scope == "meeting"


def test_the_list_of_a_page_follows_the_page(panel, room, qtbot):
    panel.finding.look_for(scope="page")
    assert listed(panel) == ["quote", "answer"]
    room.go(Place(paper="paper-Một", page=1))
    qtbot.waitUntil(lambda: listed(panel) == ["chairs"])


# --- replies ------------------------------------------------------------------------------------


def test_a_reply_is_written_under_its_mark(mine, room, desk, qtbot):
    card = room.notes.card
    card.start_reply()
    QTest.keyClicks(card.field, "nho hoi them")
    QTest.keyClick(card.field, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(desk.marks) == 2)
    reply = next(mark for mark in desk.marks if mark.reply_to)
    assert (reply.reply_to, reply.text, reply.audience) == (mine, "nho hoi them", ("me",))
    qtbot.waitUntil(lambda: listed(room.notes) == [mine, reply.id])
    assert card.field.words() == ""


def test_replies_are_not_drawn_on_the_page(panel, room):
    assert {mark.id for mark in room.view.marks} == {"quote"}


def test_words_that_are_being_written_survive_marks_that_come_and_another_choice(
    panel, desk, qtbot, room
):
    panel.rows.choose("quote")
    panel.card.start_reply()
    QTest.keyClicks(panel.card.field, "dang viet")
    put_in(desk, "new", author=CHAIR, text="mới")
    own(desk)
    qtbot.waitUntil(lambda: "new" in listed(panel))
    assert panel.card.field.words() == "dang viet" and panel.card.mark.id == "quote"
    panel.rows.choose("chairs")
    assert panel.card.field.words() == ""
    panel.rows.choose("quote")
    assert panel.card.field.words() == "dang viet"


def test_words_that_were_not_sent_are_there_after_a_restart(mine, room, make_room, qtbot):
    room.notes.card.start_reply()
    QTest.keyClicks(room.notes.card.field, "chua gui")
    room.notes.hide()
    again = make_room()
    qtbot.waitUntil(lambda: bool(again.notes.card.drafts))
    qtbot.waitUntil(lambda: mine in listed(again.notes))
    again.notes.show_mark(mine)
    assert again.notes.card.field.words() == "chua gui"


def test_words_that_were_sent_are_not_kept_besides(mine, room, desk, qtbot):
    room.notes.card.start_reply()
    QTest.keyClicks(room.notes.card.field, "gui roi")
    room.notes.keep_unsent()
    QTest.mouseClick(room.notes.card.send_button, LEFT)
    qtbot.waitUntil(lambda: len(desk.marks) == 2)
    room.notes.keep_unsent()
    assert UnsentWords(desk.desk).read().result(30) == {}


def test_escape_in_a_reply_throws_it_away_and_then_closes(panel):
    panel.rows.choose("quote")
    panel.card.start_reply()
    QTest.keyClicks(panel.card.field, "doi y")
    QTest.keyClick(panel.card.field, KEY.Key_Escape)
    assert panel.card.field.words() == "" and panel.card.isVisible()
    QTest.keyClick(panel.card.field, KEY.Key_Escape)
    assert not panel.card.isVisible() and panel.rows.hasFocus()


def test_who_will_read_a_reply_stands_beside_it(panel):
    panel.rows.choose("chairs")
    assert tr("Everyone at the meeting") in panel.card.readers.text()


# --- own marks ----------------------------------------------------------------------------------


def actions(panel) -> dict[str, object]:
    menu = panel.card.audience.menu()
    return {action.text(): action for action in menu.actions()}


def test_the_audience_of_an_own_mark_is_changed_and_its_past_is_said(mine, room, desk, qtbot):
    actions(room.notes)[tr("The secretary")].trigger()
    qtbot.waitUntil(lambda: [mark.audience for mark in desk.marks] == [("secretary",)])
    shared = desk.marks[0].id
    qtbot.waitUntil(lambda: shared in listed(room.notes))
    room.notes.show_mark(shared)
    actions(room.notes)[tr("Only me")].trigger()
    qtbot.waitUntil(lambda: desk.marks[0].is_private)
    qtbot.waitUntil(lambda: desk.marks[0].id in listed(room.notes))
    room.notes.show_mark(desk.marks[0].id)
    assert tr("The secretary") in room.notes.card.past.text()


def test_the_card_stays_on_a_mark_that_was_shared_anew(mine, room, desk, qtbot):
    QTest.keyClicks(room.notes.card.field, "viet do")
    actions(room.notes)[tr("The secretary")].trigger()
    qtbot.waitUntil(lambda: desk.marks[0].audience == ("secretary",))
    qtbot.waitUntil(lambda: len(desk.marks) == 1 and room.notes.card.mark.id == desk.marks[0].id)
    assert room.notes.card.field.words() == "viet do"
    assert room.notes.rows.chosen.key == desk.marks[0].id


def test_others_marks_can_be_answered_only(panel):
    panel.rows.choose("chairs")
    card = panel.card
    assert not (card.audience.isVisible() or card.edit.isVisible() or card.drop.isVisible())
    assert card.field.isVisible()


def test_a_reply_may_be_for_oneself_or_for_the_readers_of_its_mark(panel, desk):
    put_in(desk, "mine", text="vâng", reply_to="chairs")
    panel.refresh()
    panel.rows.choose("mine")
    assert list(actions(panel)) == [tr("Only me"), tr("Everyone at the meeting")]


def test_the_words_of_an_own_mark_are_changed(mine, room, desk, qtbot):
    room.notes.rows.setFocus()
    QTest.keyClick(room.notes.rows, KEY.Key_F2)
    card = room.notes.card
    assert card.field.words() == "nguyên văn"
    QTest.keyClicks(card.field, " moi")
    QTest.mouseClick(card.send_button, LEFT)
    qtbot.waitUntil(lambda: desk.marks[0].text == "nguyên văn moi")


def test_delete_takes_an_own_mark_away_and_undo_brings_it_back(mine, room, desk, qtbot):
    QTest.keyClick(room.notes.rows, KEY.Key_Delete)
    qtbot.waitUntil(lambda: not desk.marks and room.toast.isVisible())
    QTest.mouseClick(room.toast.button, LEFT)
    qtbot.waitUntil(lambda: [mark.id for mark in desk.marks] == [mine])


def test_delete_leaves_the_marks_of_others_alone(panel, room, qtbot):
    panel.rows.choose("chairs")
    with qtbot.assertNotEmitted(panel.remove_requested):
        QTest.keyClick(panel.rows, KEY.Key_Delete)


def test_the_menu_of_a_row_has_all_that_keys_and_buttons_do(panel, mine, desk):
    panel.rows.choose(mine)
    said = [action.text() for action in panel.menu().actions()]
    assert said == [
        tr("Go to the page"), tr("Reply"), tr("Change the words"), tr("Who may see it"),
        tr("Remove this mark"),
    ]  # fmt: skip
    panel.rows.choose("chairs")
    assert len(panel.menu().actions()) == 2


def test_what_the_hub_refused_can_be_saved_with_the_reason(panel, desk, tmp_path, qtbot):
    panel.rows.choose("refused")
    assert panel.card.save.isVisible() and not panel.card.field.isVisible()
    target = tmp_path / "kept.txt"
    panel.save("refused", target)
    qtbot.waitUntil(lambda: target.exists() and target.stat().st_size > 20)
    text = target.read_text(encoding="utf-8-sig")
    assert "hoãn" in text and tr("This paper is not part of the meeting any more.") in text


def test_a_folder_that_takes_nothing_is_told(panel, tmp_path, qtbot):
    with qtbot.waitSignal(panel.failed) as told:
        panel.save("refused", tmp_path / "nowhere" / "kept.txt")
    assert told.args[0].code == "store.unwritable"


# --- finding ------------------------------------------------------------------------------------


def test_words_typed_are_found_and_all_is_shown_again(panel, qtbot):
    QTest.keyClicks(panel.finding.search, "nam chac")
    qtbot.waitUntil(lambda: listed(panel) == ["quote", "answer"])
    assert panel.finding.told.isVisible()
    QTest.mouseClick(panel.finding.all, LEFT)
    assert len(listed(panel)) == 6 and panel.finding.search.text() == ""


def test_what_is_left_out_is_said_in_words(panel):
    panel.finding.look_for(person=CHAIR, kind="note")
    assert panel.finding.told.text() == tr("Only: {0}").format(f"Trần Thị Chủ, {tr('Sticky note')}")


def test_the_menu_offers_the_people_who_wrote(panel):
    panel.finding.menu.aboutToShow.emit()
    people = next(a.menu() for a in panel.finding.menu.actions() if a.text() == tr("Person"))
    said = [action.text() for action in people.actions()]
    assert said == [tr("Everybody's"), tr("Me", "author"), "Trần Thị Chủ", "Lê Văn Khác"]
    people.actions()[2].trigger()
    assert listed(panel) == ["chairs"]


def test_an_empty_list_says_what_to_do(room, panel):
    panel.finding.look_for(words="không có đâu")
    assert panel.advice.isVisible() and not panel.rows.isVisible()


# --- people -------------------------------------------------------------------------------------


def test_the_marks_of_one_person_are_hidden_here_on_the_page_and_after_a_restart(
    panel, room, desk, qtbot, make_room
):
    put_in(desk, "on-page", author=OTHER)
    panel.refresh()
    rows = panel.legend.people
    item = next(rows.item(n) for n in range(rows.count()) if "Lê Văn Khác" in rows.item(n).text())
    item.setCheckState(Qt.CheckState.Unchecked)
    assert "on-page" not in listed(panel)
    assert "on-page" not in {mark.id for mark in room.view.marks}
    kept = HiddenPeople(desk.desk).read().result(30)
    assert kept == {OTHER}
    again = make_room()
    qtbot.waitUntil(lambda: again.notes.hidden == {OTHER})


def test_all_others_are_hidden_also_who_writes_later(panel, room, desk):
    QTest.mouseClick(panel.finding.people, LEFT)
    QTest.mouseClick(panel.legend.everybody, LEFT)
    put_in(desk, "late-comer", author=CHAIR)
    panel.refresh()
    assert all(desk.desk.meeting(MEETING).marks[key].author == ME for key in listed(panel))
    QTest.mouseClick(panel.legend.everybody, LEFT)
    assert "late-comer" in listed(panel)


def test_a_mark_of_somebody_else_says_on_the_page_who_wrote_it(panel, room, desk):
    put_in(desk, "on-page", author=CHAIR, text="xem kỹ")
    room._show_marks()
    mark = next(one for one in room.view.marks if one.id == "on-page")
    assert room.view.signs.tip(mark) == "Trần Thị Chủ\nxem kỹ"
    assert room.view.signs.initials_of(CHAIR) == "TC"
    assert (
        room.view.signs.tip(next(one for one in room.view.marks if one.author == ME)) == "hỏi lại"
    )


def test_initials_are_painted_beside_a_mark_and_not_beside_ones_own(room, desk, qtbot):
    def dark_pixels() -> int:
        image = room.view.grab(room.view.rect()).toImage()
        ink = [(image.pixelColor(x, y).lightness()) for x in range(60, 300, 2)
               for y in range(40, 300, 2)]  # fmt: skip
        return sum(lightness < 120 for lightness in ink)

    qtbot.waitUntil(lambda: room.view.pages.is_sharp(room.view.blob, 0, room.view.width_of(
        room.view.pages.size(room.view.blob, 0))))  # fmt: skip
    room.view.set_marks([put_in(desk, "x", author=ME, shape=Note(at=Point(100, 100)))])
    own_ink = dark_pixels()
    room.view.set_marks([put_in(desk, "y", author=CHAIR, shape=Note(at=Point(100, 100)))])
    assert dark_pixels() > own_ink + 10


def test_thousands_of_marks_are_listed_and_the_last_is_chosen(panel, desk):
    for n in range(3000):
        put_in(desk, f"many-{n:04}", author=CHAIR, page=n % 3, text="chữ " * (n % 30))
    panel.refresh()
    last = listed(panel)[-1]
    assert panel.rows.choose(last)
    index = panel.rows.rows.index(panel.rows.rows.row_of(last))
    assert panel.rows.viewport().rect().intersects(panel.rows.visualRect(index))
    assert panel.card.mark.id == last


# --- in the file --------------------------------------------------------------------------------


def test_what_others_wrote_in_the_file_is_listed_with_its_author(desk, make_room, qtbot):
    blob = desk.desk.meeting(MEETING).papers["paper-Một"].current.blob
    note = FileAnnotation(kind="note", page=2, box=A_BOX, author="Phòng Tài chính", text="xem lại")
    desk.pages.in_files[blob] = (note, FileAnnotation(kind="caret", page=0, box=A_BOX))
    room = make_room()
    rows = room.notes.rows.rows
    qtbot.waitUntil(lambda: [row.kind for row in rows.rows] == ["group", "file", "file"])
    said = rows.words(rows.rows[1])
    assert (said.author, said.words) == ("Phòng Tài chính", "xem lại")
    room.notes.rows.choose(rows.rows[1].key)
    QTest.keyClick(room.notes.rows, KEY.Key_Return)
    assert room.place.page == 2 and not room.notes.card.isVisible()


def test_what_was_in_a_file_that_went_is_forgotten(desk, make_room, qtbot):
    blob = desk.desk.meeting(MEETING).papers["paper-Một"].current.blob
    desk.pages.in_files[blob] = (FileAnnotation(kind="note", page=0, box=A_BOX, text="mật"),)
    room = make_room()
    qtbot.waitUntil(lambda: bool(room.notes.file_notes.known))
    with qtbot.waitSignal(desk.context.bridge.paper_gone):
        desk.desk.announce(PaperGone(blob=blob))
    assert not room.notes.file_notes.known
