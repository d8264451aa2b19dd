"""Votes and page-turning from the panel on the display, on a real hub."""

import pytest

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def made(office, display):
    """An unlocked display at item 2, which person-b presents."""
    shown = display()
    meeting = shown.canvas.meeting_id
    office.secretary.leading.go_to_item(meeting, "item-2").result(10)
    office.wait(lambda: shown.canvas.meeting.current_item == "item-2")
    shown.open_panel()
    return shown


def offered(made, group):
    """What the second touch offers, by its words."""
    button = made.panel.scenes[group]
    if made.panel.choices.kind != group:
        button.click()
    return {one.accessibleName(): one for one in made.panel.choices.buttons}


def is_offered(made, group):
    return made.panel.scenes[group].isEnabled()


def folded(made):
    return made.canvas.meeting


def test_a_prepared_motion_is_opened_closed_and_its_result_shown(office, made):
    assert not is_offered(made, "votes")
    meeting = made.canvas.meeting_id
    office.secretary.voting.put_motion(meeting, "Thông qua?", item="item-2").result(10)
    office.wait(lambda: is_offered(made, "votes"))
    assert list(offered(made, "votes")) == ["Put to the vote"]
    offered(made, "votes")["Put to the vote"].click()
    office.wait(lambda: folded(made).scene.scene == "vote" and folded(made).voting.open)
    offered(made, "votes")["Close the vote"].click()
    office.wait(lambda: folded(made).scene.scene == "result" and folded(made).voting.last.result)
    assert folded(made).voting.last.result.counts == (0, 0, 0)
    office.secretary.leading.show_scene(meeting, "item").result(10)
    office.wait(lambda: folded(made).scene.scene == "item")
    offered(made, "votes")["Result of the vote"].click()
    office.wait(lambda: folded(made).scene.vote == folded(made).voting.last.id)


def test_a_vote_by_hands_is_not_closed_from_the_display(office, made):
    meeting = made.canvas.meeting_id
    office.secretary.voting.put_motion(meeting, "Giơ tay?", way="hands").result(10)
    office.wait(lambda: is_offered(made, "votes"))
    offered(made, "votes")["Put to the vote"].click()
    office.wait(lambda: folded(made).voting.open)
    office.wait(lambda: not is_offered(made, "votes"))


def test_the_pages_go_to_the_presenter_and_back(office, made):
    office.wait(lambda: folded(made).state == "open")
    offered(made, "speakers")["Pages to the presenter"].click()
    office.wait(lambda: office.secretary.desk.meeting(made.canvas.meeting_id).turner == "person-b")
    office.wait(lambda: folded(made).turner)
    offered(made, "speakers")["Take the pages back"].click()
    office.wait(lambda: not office.secretary.desk.meeting(made.canvas.meeting_id).turner)


def test_a_second_press_on_the_group_takes_the_choices_away(office, made):
    assert offered(made, "speakers")
    made.panel.scenes["speakers"].click()
    assert made.panel.choices.kind == "" and made.panel.list.isVisible()
