"""A question in writing, from the secretary's desk to a laptop and back, before the meeting."""

import pytest
from room_parts import press

from meetingroom.ui.reader.consultation_strip import ConsultationStrip
from meetingroom.ui.reader.taking_part import TakingPart
from meetingroom.ui.secretary.desk import SecretaryDesk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def meeting(office):
    """Issued, not open yet."""
    return office.issued(kind="ubnd_regular")


@pytest.fixture
def member(office, meeting):
    context = office.join("person-b")
    office.wait(lambda: meeting in context.desk.meetings)
    return context


@pytest.fixture
def asking(office, meeting, member, qtbot):
    """The secretary's list of questions."""
    desk = SecretaryDesk(office.secretary)
    qtbot.addWidget(desk)
    desk.resize(1300, 768)
    desk.show()
    desk.open_meeting(meeting)
    desk.go("collect")
    page = desk.pages["collect"]
    page.tabs.choose("asked")
    page.kept_with = desk
    return page.asked


def strip_of(context, meeting, qtbot):
    """The strip of a reading room."""
    parts = TakingPart(context)
    for widget in (parts, *parts.entries):
        qtbot.addWidget(widget)
    parts.open_meeting(meeting)
    strip = next(part for part in parts.parts if isinstance(part, ConsultationStrip))
    strip.kept_with = parts
    return strip


def ask(asking, question="Có thống nhất dự thảo?"):
    asking.new.click()
    asking.dialog.question.setPlainText(question)
    asking.dialog.on_send()


def known(context, meeting):
    return next(iter(context.desk.meeting(meeting).opinions.consultations.values()), None)


def test_members_are_asked_with_the_types_choices_and_one_answers(
    office, meeting, asking, member, qtbot
):
    strip = strip_of(member, meeting, qtbot)
    ask(asking)
    office.wait(lambda: not strip.isHidden())
    assert [b.text() for b in strip.choices] == ["Đồng ý", "Không đồng ý", "Ý kiến khác"]
    assert strip.state.text() == "Not answered yet"
    strip.open.click()
    strip.choices[0].click()
    strip.words.setPlainText("Bổ sung phụ lục")
    strip.on_send()
    office.wait(lambda: known(office.secretary, meeting).tally() == (1, 0, 0))
    assert known(office.secretary, meeting).waits_for == ("person-a",)
    office.wait(lambda: strip.state.text() == "Đồng ý")


def test_who_has_not_answered_is_reminded_and_sees_it(office, meeting, asking, member, qtbot):
    strip = strip_of(member, meeting, qtbot)
    ask(asking)
    press(office, asking, "Remind 2 people")
    office.wait(lambda: strip.state.text() == "The secretary reminds you")


def test_the_follow_up_tells_how_many_have_answered(office, meeting, asking, member, qtbot):
    strip = strip_of(member, meeting, qtbot)
    ask(asking)
    office.wait(lambda: not strip.isHidden())
    desk = asking.window()
    desk.go("follow")
    summary = desk.pages["follow"].summary
    office.wait(lambda: "answers in writing: 0 of 2" in summary.text())
    strip.open.setChecked(True)
    strip.choices[0].click()
    strip.on_send()
    office.wait(lambda: "answers in writing: 1 of 2" in summary.text())


def test_an_answer_is_changed_until_the_question_is_closed(office, meeting, asking, member, qtbot):
    strip = strip_of(member, meeting, qtbot)
    ask(asking)
    office.wait(lambda: not strip.isHidden())
    for place in (0, 1):
        strip.open.setChecked(True)
        strip.choices[place].click()
        strip.on_send()
        wanted = tuple(int(n == place) for n in range(3))
        office.wait(lambda wanted=wanted: known(office.secretary, meeting).tally() == wanted)
    press(office, asking, "Close the question")
    office.wait(strip.isHidden)


def test_an_answer_that_is_being_written_is_there_when_the_room_is_opened_again(
    office, meeting, asking, member, qtbot
):
    strip = strip_of(member, meeting, qtbot)
    ask(asking)
    office.wait(lambda: not strip.isHidden())
    strip.open.click()
    strip.choices[1].click()
    strip.words.setPlainText("Vì chưa đủ số liệu")
    strip.flush()
    member.desk.run(lambda: None).result(10)
    again = strip_of(member, meeting, qtbot)
    office.wait(lambda: again.words.words() == "Vì chưa đủ số liệu")
    assert again.send.isEnabled()


def test_the_last_letters_of_an_answer_are_kept_when_the_window_is_closed(
    office, meeting, asking, member, qtbot
):
    strip = strip_of(member, meeting, qtbot)
    ask(asking)
    office.wait(lambda: not strip.isHidden())
    strip.kept_with.show()
    strip.open.click()
    strip.words.setPlainText("Chữ cuối")
    strip.kept_with.close()
    asked = known(member, meeting).id
    assert member.opinions.unsent(meeting, asked).result(10).text == "Chữ cuối"


def test_what_is_missing_is_said_before_a_question_is_put(office, meeting, asking):
    asking.new.click()
    dialog = asking.dialog
    assert not dialog.send.isEnabled()
    dialog.question.setPlainText("Có nên?")
    assert dialog.send.isEnabled()
    dialog.choices.setText("Có")
    assert not dialog.send.isEnabled()
    assert "One choice" in dialog.trouble.text()
    dialog.reject()
