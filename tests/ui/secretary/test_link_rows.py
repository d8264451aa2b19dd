"""The online meetings of a draft are shown and corrected; what opens the door is kept apart."""

import msgspec
import pytest

from meetingroom.ui.secretary.desk import SecretaryDesk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
URL = "https://us02web.zoom.us/j/81234567890?pwd=QWJjMTIz"


@pytest.fixture
def desk(office, qtbot):
    """The secretary's desk, shown."""
    made = SecretaryDesk(office.secretary)
    qtbot.addWidget(made)
    made.resize(1150, 768)
    made.show()
    return made


@pytest.fixture
def row(office, desk):
    """The opened row of a draft's link with token and passcode."""
    draft = office.draft()
    office.secretary.drafting.add_link(draft.meeting, "Hội nghị tỉnh", URL, "654321").result(10)
    desk.open_meeting(draft.meeting)
    (made,) = desk.pages["info"].links.rows.values()
    made.open.click()
    return made


def link_of(office, desk):
    (link,) = office.secretary.drafting.draft(desk.meeting_id).links
    return link


def typed(editor, words):
    """Type over what stands there, and go on."""
    editor.setFocus()
    editor.selectAll()
    editor.insert(words)
    editor.setModified(True)
    editor.editingFinished.emit()


def test_a_typed_site_and_testing_time_are_kept_at_once(office, desk, row):
    typed(row.lines["site"], "Hội trường tầng 2")
    typed(row.test.time, "14h30")
    typed(row.test.date, "27/5/2027")
    office.wait(lambda: link_of(office, desk).test_at)
    link = link_of(office, desk)
    assert (link.site, link.test_at) == ("Hội trường tầng 2", "2027-05-27T14:30:00+07:00")
    office.wait(lambda: "Hội trường tầng 2" in row.second.text())


def test_the_eye_shows_the_passcode_and_hiding_forgets_it(office, desk, row):
    assert row.passcode.text() == ""
    row.passcode.eye.click()
    office.wait(lambda: row.passcode.text() == "654321")
    row.passcode.eye.click()
    assert row.passcode.text() == ""


def test_a_corrected_passcode_leaves_the_exact_address_as_it_is(office, desk, row):
    old = link_of(office, desk)
    typed(row.passcode.line, "999000")
    office.wait(lambda: link_of(office, desk).local_secret != old.local_secret)
    drafting, link = office.secretary.drafting, link_of(office, desk)
    assert b"999000" not in msgspec.json.encode(drafting.draft(desk.meeting_id))
    assert drafting.passcode(link) == "999000"
    assert URL in drafting.kept_secret(link)
    drafting.undo(desk.meeting_id).result(10)
    assert drafting.passcode(link_of(office, desk)) == "654321"


def test_another_address_is_judged_and_split(office, desk, row):
    typed(row.lines["url"], "http://zoom.us/j/1")
    assert "https" in row.url_field.below.text()
    typed(row.lines["url"], "https://zoom.us/j/99999999999?pwd=neu")
    office.wait(lambda: link_of(office, desk).url == "https://zoom.us/j/99999999999")
    assert "neu" in office.secretary.drafting.kept_secret(link_of(office, desk))


def test_a_meeting_over_the_provinces_own_system_needs_no_address(office, desk):
    draft = office.draft()
    desk.open_meeting(draft.meeting)
    page = desk.pages["info"]
    page.link_title.setText("Giao ban tỉnh")
    page.add_link.click()
    office.wait(lambda: office.secretary.drafting.draft(draft.meeting).links)
    office.wait(lambda: page.links.rows)
    (row,) = page.links.rows.values()
    assert "own video system" in row.words.text()
