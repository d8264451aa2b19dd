"""An opinion from the reading room to the console, before the room, and back with its answer."""

import pytest
from room_parts import console_list, part_of, press

from meetingroom.domain.ids import CHAIR
from meetingroom.ui.chair.opinions import Opinions, heard_count
from meetingroom.ui.controls import Chip
from meetingroom.ui.opinion_list import AnswerCard, Row
from meetingroom.ui.reader.opinion_form import AUDIENCES
from meetingroom.ui.reader.opinion_strip import OpinionStrip

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def member(office):
    """A member of an open meeting, with its only paper."""
    meeting = office.issued()
    office.secretary.leading.open_meeting(meeting).result(10)
    context = office.join("person-b")
    office.wait(lambda: meeting in context.desk.meetings)
    office.wait(lambda: context.desk.meeting(meeting).is_running)
    return context


@pytest.fixture
def meeting(member):
    return next(iter(member.desk.meetings))


def strip_of(context, meeting, qtbot):
    """The strip of a reading room on this computer."""
    return part_of(context, meeting, OpinionStrip, qtbot)


@pytest.fixture
def console(office, meeting, qtbot):
    """The secretary's list, shown anew at each change."""
    with console_list(Opinions, office.secretary, meeting, qtbot) as made:
        yield made


def say(strip, member, meeting, words):
    """Write an opinion on the second page of the paper, and send it."""
    paper = next(iter(member.desk.meeting(meeting).papers))
    strip.entry.click()
    strip.show_place(paper, 1)
    strip.form.words.setPlainText(words)
    strip.form.on_send()


def test_an_opinion_is_sent_shown_answered_and_taken_off(office, member, meeting, console, qtbot):
    strip = strip_of(member, meeting, qtbot)
    say(strip, member, meeting, "Nên bổ sung số liệu thôn Lũng Pô")
    desk = office.secretary.desk
    office.wait(lambda: heard_count(desk.meeting(meeting)) == "1")
    given = next(iter(desk.meeting(meeting).opinions.given.values()))
    assert (given.given.page, given.author) == (1, "person-b")
    press(office, console, "Show on the display")
    office.wait(lambda: member.desk.meeting(meeting).scene.scene == "opinion")
    assert member.desk.meeting(meeting).opinions.shown[given.id].fact.person == "person-b"
    press(office, console, "Answer…")
    console.list.answering.words.setPlainText("Phòng Kinh tế bổ sung")
    press(office, console.list.answering, "Accepted")
    office.wait(lambda: given.id in member.desk.meeting(meeting).opinions.answers)
    press(office, console, "Take off the display")
    office.wait(lambda: not member.desk.meeting(meeting).opinions.shown)
    chips = strip.findChildren(Chip)
    assert [chip.text() for chip in chips if not chip.isHidden()] == ["Accepted"]


def test_what_is_written_and_not_sent_is_there_when_the_room_is_opened_again(
    office, member, meeting, qtbot
):
    strip = strip_of(member, meeting, qtbot)
    strip.entry.click()
    strip.form.audience.setCurrentIndex(AUDIENCES.index((CHAIR,)))
    with qtbot.waitSignal(strip.form.changed, timeout=20_000):
        strip.form.words.setPlainText("Đang viết dở")
    member.desk.run(lambda: None).result(10)
    again = strip_of(member, meeting, qtbot)
    office.wait(lambda: again.form.words.words() == "Đang viết dở")
    assert again.form.unsent().audience == (CHAIR,)


def test_words_stay_about_the_page_they_were_begun_on(office, member, meeting, qtbot):
    strip = strip_of(member, meeting, qtbot)
    paper = next(iter(member.desk.meeting(meeting).papers))
    strip.entry.click()
    strip.show_place(paper, 1)
    strip.form.words.setPlainText("Về trang hai")
    strip.show_place(paper, 2)
    assert strip.form.unsent().page == 1


def test_an_answer_that_is_being_written_outlives_new_opinions(
    office, member, meeting, console, qtbot
):
    strip = strip_of(member, meeting, qtbot)
    say(strip, member, meeting, "Một")
    press(office, console, "Answer…")
    console.list.answering.words.setPlainText("Đang trả lời")
    office.wait(lambda: not strip.form.words.words())
    strip.form.words.setPlainText("Hai")
    strip.form.on_send()
    office.wait(lambda: heard_count(office.secretary.desk.meeting(meeting)) == "2")
    office.wait(lambda: len(console.list.rows.rows()) == 2)
    assert console.list.answering.words.words() == "Đang trả lời"


def test_an_answer_that_was_begun_or_did_not_go_is_there_to_go_on_with(qtbot):
    sent = []
    card = AnswerCard(lambda *said: sent.append(said))
    qtbot.addWidget(card)
    one, two = (
        Row(opinion=name, author="", second="", text="", answer="", answer_text="", is_shown=False,
            may_show=True, is_late=False)
        for name in ("one", "two")
    )  # fmt: skip
    card.begin(one)
    card.words.setPlainText("Đang viết")
    card.begin(two)
    assert card.words.words() == ""
    card.begin(one)
    assert card.words.words() == "Đang viết"
    card._on_answer("noted")
    assert sent == [("one", "noted", "Đang viết")]
    card.begin(one)  # it was refused: nothing of it is in the log
    assert card.words.words() == "Đang viết"
    card.leave()
    card.begin(one)
    assert card.words.words() == ""


def test_the_last_letters_are_kept_when_the_window_is_closed(office, member, meeting, qtbot):
    strip = strip_of(member, meeting, qtbot)
    strip.kept_with.show()
    strip.entry.click()
    strip.form.words.setPlainText("Chữ cuối cùng")
    strip.kept_with.close()
    assert member.opinions.unsent(meeting).result(10).text == "Chữ cuối cùng"


def test_what_is_written_while_an_opinion_goes_stays(office, member, meeting, qtbot):
    strip = strip_of(member, meeting, qtbot)
    say(strip, member, meeting, "Ý thứ nhất")
    strip.form.words.setPlainText("Ý thứ hai")
    office.wait(lambda: member.desk.meeting(meeting).opinions.of("person-b"))
    office.wait(lambda: member.opinions.unsent(meeting).result(10).text == "Ý thứ hai")
    assert strip.form.words.words() == "Ý thứ hai"
