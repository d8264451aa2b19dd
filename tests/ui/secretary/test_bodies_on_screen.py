"""Bodies and kinds of meeting: set up by the administrator, kept apart at the secretary's desk."""

import pytest
from room_parts import press

from meetingroom.domain.errors import RefusedError
from meetingroom.domain.facts import BodySet
from meetingroom.domain.ids import OFFICE
from meetingroom.ui.controls import Button
from meetingroom.ui.secretary.desk import SecretaryDesk
from meetingroom.ui.settings_room import SettingsRoom

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def settings(office, qtbot):
    """The administrator's settings."""
    made = SettingsRoom(office.secretary)
    qtbot.addWidget(made)
    made.resize(1000, 768)
    made.show()
    return made


@pytest.fixture
def desk(office, qtbot):
    """The secretary's desk, shown."""
    made = SecretaryDesk(office.secretary)
    qtbot.addWidget(made)
    made.resize(1300, 768)
    made.show()
    return made


def set_bodies(office, **secretaries: tuple[str, ...]):
    """Bodies of the office with these secretaries, known at the hub."""
    own = office.secretary.desk
    rows = [
        BodySet(body=key, name=key.upper(), secretaries=who) for key, who in secretaries.items()
    ]
    own.run(lambda: [own.write(OFFICE, row) for row in rows]).result(10)
    office.wait(lambda: own.waiting() == 0 and len(own.directory.bodies) == len(rows))


def test_a_commune_has_its_three_bodies_with_one_press(office, settings):
    settings.bodies.ready.click()
    directory = lambda: office.secretary.desk.directory  # noqa: E731 - it changes
    office.wait(lambda: len(directory().bodies) == 3)
    assert directory().bodies["hdnd"].letterhead == ("HỘI ĐỒNG NHÂN DÂN", "XÃ MẪU")
    office.wait(settings.bodies.ready.isHidden)


def test_a_body_is_given_up_and_taken_back(office, settings):
    set_bodies(office, ubnd=())
    bodies = lambda: office.secretary.desk.directory.bodies  # noqa: E731 - it changes
    press(office, settings.bodies, "Stop using")
    office.wait(lambda: bodies()["ubnd"].is_gone)
    press(office, settings.bodies, "Use again")
    office.wait(lambda: not bodies()["ubnd"].is_gone)


def test_the_rules_of_a_kind_of_meeting_are_typed_in_words(office, settings):
    card = settings.types
    council = next(row for row in card.wanted() if row.key == "hdnd")
    card.change(council.fact)
    card.dialog.days.setValue(7)
    card.dialog.majority.setCurrentIndex(card.dialog.majority.findData("two_thirds_members"))
    card.dialog.choices.setText("Tán thành; Không tán thành")
    card.dialog.on_keep()
    types = lambda: office.secretary.desk.directory.meeting_types  # noqa: E731 - it changes
    office.wait(lambda: "hdnd" in types())
    kept = types()["hdnd"]
    assert (kept.days_before, kept.majority) == (7, "two_thirds_members")
    assert kept.choices == ("Tán thành", "Không tán thành")
    again = next(row for row in card.wanted() if row.key == "hdnd")
    assert "7 days before" in again.second


def test_a_new_meeting_belongs_to_an_own_body_and_has_its_kinds(office, desk):
    set_bodies(office, hdnd=("person-s",), ubnd=("person-a",))
    desk.on_new()
    office.wait(lambda: desk.meeting_id)
    info = desk.pages["info"]
    shown = [info.bodies.itemText(n) for n in range(info.bodies.count())]
    assert shown == ["Choose the body…", "HDND"]
    assert (desk._draft.body, desk._draft.kind) == ("hdnd", "hdnd")
    assert "ubnd_regular" not in [info.kind.itemData(n) for n in range(info.kind.count())]


def test_the_hub_takes_no_meeting_of_a_body_from_a_secretary_of_another(office):
    set_bodies(office, hdnd=("person-b",), ubnd=("person-s",))
    draft = office.draft(body="hdnd", kind="hdnd")
    with pytest.raises(RefusedError, match="no_right"):
        office.secretary.issuing.issue(draft.meeting).result(30)
    assert office.hub.office.meeting(draft.meeting) is None


def test_a_draft_of_another_body_must_be_solved_before_it_is_issued(office, desk):
    set_bodies(office, hdnd=("person-b",), ubnd=("person-s",))
    draft = office.draft(body="hdnd")
    desk.open_meeting(draft.meeting)
    desk.go("issue")
    assert not desk.issue_button.isEnabled()


def test_the_list_is_narrowed_to_a_body(office, desk):
    set_bodies(office, hdnd=("person-s",), ubnd=("person-s",))
    office.draft(title="Kỳ họp thứ nhất", body="hdnd")
    office.draft(title="Phiên họp tháng 11", body="ubnd")
    desk.show_list()
    rows = lambda: [b.accessibleName() for b in desk.list.findChildren(Button)]  # noqa: E731
    assert any("Kỳ họp thứ nhất" in words for words in rows())
    desk.list.choose_body("ubnd")
    office.wait(lambda: not any("Kỳ họp thứ nhất" in words for words in rows()))
    assert any("Phiên họp tháng 11" in words for words in rows())
