"""A secretary prepares a meeting: what is shown is kept, what is lost comes back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from meetingroom.ui.controls.grip import MIME
from meetingroom.ui.secretary.agenda_edits import by_item, without_item
from meetingroom.ui.secretary.desk import SecretaryDesk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(office, qtbot):
    """The secretary's desk, shown."""
    made = SecretaryDesk(office.secretary)
    qtbot.addWidget(made)
    made.resize(1150, 768)
    made.show()
    return made


def open_agenda(office, desk):
    """The agenda of a draft with two items, all cards made."""
    draft = office.draft()
    desk.open_meeting(draft.meeting)
    desk.go("agenda")
    office.wait(desk.pages["agenda"].is_filled)
    return draft.meeting


def drop(widget, data, at=None):
    """Drop something on a widget."""
    place = at or widget.rect().center()
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(widget, QDragEnterEvent(place, copy, data, LEFT, NONE))
    QApplication.sendEvent(widget, QDropEvent(QPointF(place), copy, data, LEFT, NONE))


def urls(*files: Path) -> QMimeData:
    """Files as a file manager drags them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def titles(office, meeting):
    """The papers' titles of each item."""
    draft = office.secretary.drafting.draft(meeting)
    return [[paper.title for paper in row.papers] for row in draft.items]


def test_what_a_new_meeting_shows_is_also_kept(office, desk):
    desk.on_new()
    office.wait(lambda: desk.meeting_id)
    draft = office.secretary.drafting.draft(desk.meeting_id)
    page = desk.pages["info"]
    assert draft.starts_at[:10] == page.date.date().toString("yyyy-MM-dd")
    assert (draft.kind, draft.place) == (page.kind.currentData(), page.place.text())
    assert not desk.undo.isEnabled()


def test_numbered_files_land_on_their_items_wherever_they_are_dropped(office, desk):
    meeting = open_agenda(office, desk)
    names = ("2.2 Phụ lục.pdf", "Thư.pdf", "2.1 Báo cáo.pdf", "1.1 Chương trình.pdf")
    files = [office.paper(name) for name in names]
    drop(desk.pages["agenda"].cards()[0], urls(*files))
    office.wait(lambda: sum(map(len, titles(office, meeting))) == 4)
    assert titles(office, meeting) == [["Chương trình", "Thư"], ["Báo cáo", "Phụ lục"]]


def test_a_file_numbered_beyond_the_agenda_stays_where_it_fell(office, tmp_path):
    draft = office.draft()
    assert by_item(draft, [tmp_path / "7.1 x.pdf"], "item-1") == [
        ("item-1", [tmp_path / "7.1 x.pdf"])
    ]


def test_a_refused_file_is_told_without_its_name(office, desk):
    open_agenda(office, desk)
    desk.add_files("item-1", [office.paper("secret plan.pdf")])
    office.wait(desk.info.isVisible)
    assert "secrecy stamp" in desk.info.advice_label.text()
    assert "plan" not in desk.info.advice_label.text()


def test_a_card_stays_under_the_cursor_while_its_item_changes(office, desk):
    meeting = open_agenda(office, desk)
    card = desk.pages["agenda"].cards()[1]
    card.title.setFocus()
    card.title.setText("Báo cáo tháng")
    card.presenter.setFocus()
    office.wait(lambda: office.secretary.drafting.draft(meeting).items[1].title == "Báo cáo tháng")
    office.wait(lambda: desk._draft.items[1].title == "Báo cáo tháng")
    assert desk.pages["agenda"].cards()[1] is card
    assert card.presenter.hasFocus()


def test_an_arrow_key_on_the_grip_moves_an_item(office, desk):
    meeting = open_agenda(office, desk)
    QTest.keyClick(desk.pages["agenda"].cards()[0].grip, Qt.Key.Key_Down)
    office.wait(
        lambda: (
            [row.item for row in office.secretary.drafting.draft(meeting).items]
            == ["item-2", "item-1"]
        )
    )
    office.wait(
        lambda: [card.item for card in desk.pages["agenda"].cards()] == ["item-2", "item-1"]
    )
    assert desk.pages["agenda"].cards()[0].number.text() == "1"


def test_a_paper_is_dragged_to_another_item(office, desk):
    meeting = open_agenda(office, desk)
    desk.add_files("item-1", [office.paper("Báo cáo.pdf")])
    office.wait(lambda: titles(office, meeting)[0])
    data = QMimeData()
    paper = office.secretary.drafting.draft(meeting).papers[0].paper
    data.setData(MIME + "paper", paper.encode())
    drop(desk.pages["agenda"].cards()[1], data)
    office.wait(lambda: titles(office, meeting) == [[], ["Báo cáo"]])


def test_an_item_taken_out_comes_back_from_the_toast(office, desk):
    meeting = open_agenda(office, desk)
    desk.edit(without_item("item-1"))
    office.wait(desk.toast.isVisible)
    assert "Khai mạc" in desk.toast.label.text()
    desk.toast.button.click()
    office.wait(lambda: len(office.secretary.drafting.draft(meeting).items) == 2)


def test_redo_makes_an_undone_change_again(office, desk):
    meeting = open_agenda(office, desk)
    desk.edit(without_item("item-1"))
    office.wait(desk.undo.isEnabled)
    desk.undo.click()
    office.wait(desk.redo.isEnabled)
    desk.redo.click()
    office.wait(lambda: len(office.secretary.drafting.draft(meeting).items) == 1)


def test_a_draft_given_up_can_be_taken_back(office, desk):
    meeting = office.draft().meeting
    desk.show_list()
    desk.on_discard(meeting)
    office.wait(desk.toast.isVisible)
    assert office.secretary.drafting.draft(meeting) is None
    desk.toast.button.click()
    office.wait(lambda: office.secretary.drafting.draft(meeting) is not None)


def test_the_check_list_leads_to_what_is_missing(office, desk):
    desk.open_meeting(office.draft(chair="").meeting)
    desk.go("check")
    button = next(
        one
        for one in desk.pages["check"].findChildren(QPushButton)
        if "still needs a chair" in one.accessibleName()
    )
    button.click()
    assert desk.steps.current_key() == "people"


def test_nothing_is_issued_while_something_must_be_solved(office, desk):
    desk.open_meeting(office.draft(title="").meeting)
    desk.go("issue")
    assert not desk.issue_button.isEnabled()
    desk.pages["issue"].missing.click()
    assert desk.steps.current_key() == "check"


def test_only_https_addresses_become_links_and_the_field_says_so(office, desk):
    meeting = office.draft().meeting
    desk.open_meeting(meeting)
    page = desk.pages["info"]
    page.link_url.setText("http://zoom.us/j/1")
    page.add_link.click()
    assert "https://" in page.link_field.below.text()
    page.link_url.setText("https://zoom.us/j/1?pwd=abc")
    page.add_link.click()
    office.wait(lambda: office.secretary.drafting.draft(meeting).links)
    assert office.secretary.drafting.draft(meeting).links[0].url == "https://zoom.us/j/1"


def test_people_are_found_without_marks(office, desk):
    desk.open_meeting(office.draft().meeting)
    desk.go("people")
    page = desk.pages["people"]
    page._filter("hoang pao")
    shown = [row for row in range(page.table.rowCount()) if not page.table.isRowHidden(row)]
    assert [page.table.item(row, 0).text() for row in shown] == ["Hoàng Văn Páo"]


def test_every_field_and_button_of_the_agenda_is_reached_by_tab_and_has_a_name(office, desk):
    meeting = open_agenda(office, desk)
    desk.add_files("item-1", [office.paper("Báo cáo.pdf")])
    office.wait(lambda: titles(office, meeting)[0] and desk.pages["agenda"].cards()[0].papers)
    card = desk.pages["agenda"].cards()[0]

    def pressed():
        return [one for one in card.findChildren(QAbstractButton) if one.isVisibleTo(desk)]

    office.wait(lambda: len(pressed()) >= 8)
    for button in pressed():
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert button.accessibleName()
    assert card.title.accessibleName() == "Title of item 1"
