"""A letter of a higher level is dropped or pasted, checked, and becomes a meeting."""

import gc
import os
from datetime import timedelta
from email.message import EmailMessage

import msgspec
import office_on_screen
import pytest
import zxingcpp
from interface_guard import guarded
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from meetingroom.domain.entrance import read_entrance
from meetingroom.domain.errors import StoreError
from meetingroom.resources import resource
from meetingroom.services.inviting import Handed
from meetingroom.ui.secretary.desk import SecretaryDesk
from meetingroom.ui.stage.moments import now

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PASSCODE = "654321"


@pytest.fixture
def office(tmp_path, qapp, qtbot, crew):
    """A hub and its secretary; the letter's pages are drawn."""
    with office_on_screen.office(tmp_path, qapp, qtbot, crew) as made:
        yield made
        # Pictures lie in the workers' memory: they go before the workers do.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()


@pytest.fixture
def desk(office, qtbot):
    """The secretary's desk, shown."""
    made = SecretaryDesk(office.secretary)
    qtbot.addWidget(made)
    made.resize(1150, 768)
    made.show()
    return made


def letter_words(**lines: str):
    """A message as it comes over Zalo, for tomorrow."""
    day = now() + timedelta(days=1)
    said = {
        "when": f"Thời gian: 08 giờ 00', ngày {day:%d/%m/%Y}",
        "link": "https://us02web.zoom.us/j/81234567890",
        "number": "Meeting ID: 812 3456 7890",
        "passcode": f"Mật khẩu: {PASSCODE}",
        **lines,
    }
    return "\n".join(line for line in said.values() if line)


def drop(widget, data):
    """Drop something on a widget."""
    place, copy = widget.rect().center(), Qt.DropAction.CopyAction
    QApplication.sendEvent(widget, QDragEnterEvent(place, copy, data, LEFT, NONE))
    QApplication.sendEvent(widget, QDropEvent(QPointF(place), copy, data, LEFT, NONE))


def words_of(text, html=""):
    """Words as a browser or Zalo copies them."""
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    return data


def dropped(office, desk, data):
    """The form with what a letter proposes."""
    drop(desk.list, data)
    room = desk.letters.room
    office.wait(lambda: room.stack.currentWidget() is room.form)
    return room.form


def press(desk, words):
    """Press the visible button with these words."""
    button = next(
        one for one in desk.findChildren(QPushButton) if one.text() == words and one.isVisible()
    )
    button.click()


def made_of(office, desk):
    """The draft that was made, open at its steps."""
    office.wait(lambda: desk.meeting_id)
    return office.secretary.drafting.draft(desk.meeting_id)


def test_a_dropped_file_becomes_an_issued_meeting_with_its_passcode_apart(office, desk, tmp_path):
    letter = tmp_path / "Giấy mời.txt"
    letter.write_text(letter_words(), encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(letter))])
    form = dropped(office, desk, data)
    form.title.setText("Hội nghị trực tuyến tỉnh")
    press(desk, "Make the meeting")
    draft = made_of(office, desk)
    assert (draft.title, draft.starts_at) == ("Hội nghị trực tuyến tỉnh", form.starts.moment)
    assert PASSCODE.encode() not in msgspec.json.encode(draft)
    drafting = office.secretary.drafting
    ready = msgspec.structs.replace(draft, chair="person-a", members=("person-a",))
    drafting.adopt(ready).result(10)
    office.secretary.issuing.issue(draft.meeting).result(30)
    office.wait(lambda: office.secretary.desk.meeting(draft.meeting).issued)
    link = office.secretary.desk.meeting(draft.meeting).issued.links[0]
    assert (link.url, link.service) == ("https://us02web.zoom.us/j/81234567890", "zoom")
    told = office.secretary.desk.ask("secret.get", {"name": link.secret}).result(10)
    assert read_entrance(told["secret"], "").passcode == PASSCODE


def test_pasted_words_are_read_from_the_list(office, desk, qtbot):
    QGuiApplication.clipboard().setText(letter_words())
    desk.letters.on_paste()
    room = desk.letters.room
    office.wait(lambda: room.stack.currentWidget() is room.form)
    assert room.form.link.number.text() == "812 3456 7890"
    assert room.form.link.passcode.line.echoMode() == room.form.link.passcode.line.EchoMode.Password
    assert PASSCODE not in room.form.link.fields["passcode"].source.text()


def test_what_is_missing_is_asked_for_and_nothing_is_made(office, desk):
    form = dropped(office, desk, words_of(letter_words(when="")))
    press(desk, "Make the meeting")
    assert "needs a title" in form.fields["title"].field.below.text()
    form.title.setText("Họp")
    press(desk, "Make the meeting")
    assert "day and a time" in form.fields["starts_at"].field.below.text()
    assert office.secretary.drafting.drafts == {}
    form.starts.time.setText("8h")
    form.starts.date.setText("25/11")
    press(desk, "Make the meeting")
    assert made_of(office, desk).starts_at.endswith("-11-25T08:00:00+07:00")


def test_an_ordinary_letter_leads_to_a_meeting_by_hand(office, desk):
    drop(desk.list, words_of("Báo cáo tình hình thu ngân sách tháng 11."))
    room = desk.letters.room
    office.wait(lambda: room.stack.currentWidget() is room.nothing)
    assert room.nothing.title.text() == "No meeting was found in it"
    press(desk, "Make a meeting by hand")
    assert room.stack.currentWidget() is room.form


def test_a_meeting_that_was_made_is_taken_back_with_its_passcode(office, desk):
    form = dropped(office, desk, words_of(letter_words()))
    form.title.setText("Họp")
    press(desk, "Make the meeting")
    draft = made_of(office, desk)
    assert office.secretary.drafting.passcode(draft.links[0]) == PASSCODE
    desk.letters.toast.undo()
    office.wait(lambda: office.secretary.drafting.drafts == {})
    office.wait(lambda: office.secretary.drafting.passcode(draft.links[0]) is None)
    assert desk.letters.room.form.title.text() == "Họp"


def made_from(office, desk, text, title="Họp"):
    """The draft of a letter that was taken as it is."""
    form = dropped(office, desk, words_of(text))
    form.title.setText(title)
    press(desk, "Make the meeting")
    draft = made_of(office, desk)
    desk.show_list()
    return draft


def test_a_newer_letter_changes_the_meeting_that_is_here_and_can_be_taken_back(office, desk):
    draft = made_from(office, desk, letter_words())
    later = letter_words(when=f"Thời gian: 14 giờ 30', ngày {now() + timedelta(days=1):%d/%m/%Y}")
    form = dropped(office, desk, words_of(later))
    office.wait(form.known.isVisible)
    assert form.known.way == "change"
    assert form.make.text() == "Change the meeting"
    form.title.setText("Họp")
    press(desk, "Change the meeting")
    office.wait(lambda: desk.meeting_id == draft.meeting)
    drafting = office.secretary.drafting
    assert drafting.draft(draft.meeting).starts_at[11:16] == "14:30"
    assert list(drafting.drafts) == [draft.meeting]
    for _step in range(3):
        drafting.undo(draft.meeting).result(10)
    assert drafting.draft(draft.meeting).starts_at == draft.starts_at


def test_one_may_make_another_meeting_with_the_same_link(office, desk):
    made_from(office, desk, letter_words())
    form = dropped(office, desk, words_of(letter_words()))
    office.wait(form.known.isVisible)
    form.known.choice.choose("new")
    form.known.choice.choice_changed.emit("new")
    form.title.setText("Họp khác")
    press(desk, "Make the meeting")
    made_of(office, desk)
    assert len(office.secretary.drafting.drafts) == 2


ENTRY = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:{method}
BEGIN:VEVENT
UID:hop-tinh-1@tinh.example
DTSTART:{day:%Y%m%d}T010000Z
DTEND:{day:%Y%m%d}T033000Z
SUMMARY:Hội nghị trực tuyến tỉnh
{more}
END:VEVENT
END:VCALENDAR
"""


def entry(tmp_path, *, method="REQUEST", more="LOCATION:https://zoom.us/j/81234567890", days=1):
    """A calendar file as a mail program drags it."""
    file = tmp_path / f"{method}.ics"
    words = ENTRY.format(method=method, more=more, day=now() + timedelta(days=days))
    file.write_text(words.replace("\n", "\r\n"), encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    return data


def test_a_calendar_entry_that_moves_is_the_same_meeting_by_its_uid(office, desk, tmp_path):
    dropped(office, desk, entry(tmp_path))
    press(desk, "Make the meeting")
    draft = made_of(office, desk)
    assert (draft.starts_at[11:16], draft.items[0].minutes) == ("08:00", 150)
    desk.show_list()
    form = dropped(office, desk, entry(tmp_path, days=2, more="LOCATION:Phòng họp 2"))
    office.wait(form.known.isVisible)
    assert form.known.known.why == "uid"
    press(desk, "Change the meeting")
    office.wait(lambda: desk.meeting_id == draft.meeting)
    changed = office.secretary.drafting.draft(draft.meeting)
    assert changed.starts_at[:10] == f"{now() + timedelta(days=2):%Y-%m-%d}"
    assert changed.links[0].url == "https://zoom.us/j/81234567890"


def test_an_entry_that_is_called_off_gives_the_draft_up_with_undo(office, desk, tmp_path):
    dropped(office, desk, entry(tmp_path))
    press(desk, "Make the meeting")
    draft = made_of(office, desk)
    desk.show_list()
    off = entry(tmp_path, method="CANCEL", more="STATUS:CANCELLED")
    form = dropped(office, desk, off)
    office.wait(form.known.isVisible)
    press(desk, "Call the meeting off")
    drafting = office.secretary.drafting
    office.wait(lambda: drafting.drafts == {})
    office.wait(desk.toast.isVisible)
    desk.toast.undo()
    office.wait(lambda: list(drafting.drafts) == [draft.meeting])


def test_an_issued_meeting_is_called_off_for_everybody_and_issued_again(office, desk, tmp_path):
    dropped(office, desk, entry(tmp_path))
    press(desk, "Make the meeting")
    draft = made_of(office, desk)
    drafting, context = office.secretary.drafting, office.secretary
    ready = msgspec.structs.replace(draft, chair="person-a", members=("person-a",))
    drafting.adopt(ready).result(10)
    context.issuing.issue(draft.meeting).result(30)
    office.wait(lambda: context.desk.meeting(draft.meeting))
    desk.show_list()
    off = entry(tmp_path, method="CANCEL", more="STATUS:CANCELLED")
    form = dropped(office, desk, off)
    office.wait(form.known.isVisible)
    press(desk, "Call the meeting off")
    office.wait(lambda: context.desk.meeting(draft.meeting).state == "cancelled")
    office.wait(lambda: "called off" in desk.letters.toast.label.text())
    desk.letters.toast.undo()
    office.wait(lambda: context.desk.meeting(draft.meeting).state == "issued")


def test_the_address_behind_copied_words_of_a_mail_is_found(office, desk):
    link = "<a href='https://meet.google.com/abc-defg-hij'>Vào họp</a>"
    html = f"<p>{letter_words(link='', number='')}</p>{link}"
    form = dropped(office, desk, words_of("Vào họp", html))
    assert form.link.url.text() == "https://meet.google.com/abc-defg-hij"
    assert form.link.service.currentData() == "google_meet"


def test_a_copied_picture_of_a_code_is_read(office, desk):
    address = "https://meet.google.com/abc-defg-hij"
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode)
    pixels = code.to_image(scale=8)
    height, width = pixels.shape
    image = QImage(bytes(pixels), width, height, width, QImage.Format.Format_Grayscale8).copy()
    data = QMimeData()
    data.setImageData(image)
    form = dropped(office, desk, data)
    assert form.link.url.text() == "https://meet.google.com/abc-defg-hij"
    assert form.letter.has_pages


def test_a_letter_with_a_warning_is_made_without_its_address_unless_accepted(office, desk):
    strange = letter_words(link="Link Zoom: https://zoom.us.hop.example/j/81234567890")
    form = dropped(office, desk, words_of(strange))
    assert form.link.warning.isVisibleTo(form)
    assert "left out" in form.missing.text()
    assert form.link.links("", "")[0].url == ""
    form.link.warning.accept.click()
    assert form.missing.text() == ""
    assert form.link.links("", "")[0].url.startswith("https://zoom.us.hop.example/")


def test_of_two_links_one_is_chosen_before_anything_is_made(office, desk):
    link = "https://meet.google.com/abc-defg-hij hoặc https://us02web.zoom.us/j/81234567890"
    two = letter_words(link=link)
    form = dropped(office, desk, words_of(two))
    form.title.setText("Họp")
    press(desk, "Make the meeting")
    assert "Choose one" in form.link.choice_error.text()
    assert office.secretary.drafting.drafts == {}
    form.link.group.buttons()[0].click()
    press(desk, "Make the meeting")
    assert made_of(office, desk).links[0].url == "https://meet.google.com/abc-defg-hij"


def test_a_secret_letter_leaves_nothing_not_even_its_name(office, desk, tmp_path):
    secret = office.paper("secret plan.pdf")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(secret))])
    drop(desk.list, data)
    room = desk.letters.room
    office.wait(lambda: room.stack.currentWidget() is room.nothing)
    said = " ".join(one.text() for one in room.nothing.findChildren(QLabel))
    assert "secrecy stamp" in said
    assert "plan" not in said
    assert not room.nothing.put_card.isVisible()


def test_of_secret_words_neither_a_file_nor_a_page_stays(office):
    inviting = office.secretary.inviting
    words = "Giấy mời họp ngày mai\n\n" + "Kính gửi các đồng chí\n" * 9 + "TỐI MẬT"
    pasted = Handed(name="Nội dung.txt", content=words.encode)
    (letter,) = inviting.read([pasted]).result(60)
    assert (letter.received.problem, letter.name, letter.pages) == ("paper.secret", "", None)
    assert [one for one in inviting._folder.rglob("*") if one.is_file()] == []


def test_pasted_words_lie_where_nobody_else_looks_and_a_bad_disk_is_a_known_error(office):
    inviting = office.secretary.inviting
    pasted = Handed(name="Nội dung.txt", content=letter_words().encode)
    inviting.read([pasted]).result(60)
    assert os.name != "posix" or inviting._folder.stat().st_mode & 0o077 == 0
    inviting._tidy()
    inviting._folder.write_bytes(b"")
    with pytest.raises(StoreError, match=r"store\.unwritable"):
        inviting.read([pasted]).result(60)
    inviting._folder.unlink()


def test_an_ordinary_letter_is_put_with_a_meeting_as_a_paper(office, desk):
    draft = office.draft()
    drop(desk.list, words_of("Báo cáo tình hình thu ngân sách tháng 11."))
    room = desk.letters.room
    office.wait(lambda: room.stack.currentWidget() is room.nothing)
    press(desk, "Put it there")
    drafting = office.secretary.drafting
    office.wait(lambda: drafting.draft(draft.meeting).papers)
    assert drafting.draft(draft.meeting).items[0].papers[0].title == "Pasted words"


def test_a_week_is_ticked_and_made_at_once(office, desk):
    week = resource("sample", "letters") / "Lịch công tác tuần.txt"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(week))])
    drop(desk.list, data)
    room = desk.letters.room
    office.wait(lambda: room.stack.currentWidget() is room.choice)
    ready = [box for box in room.choice.boxes if box.isEnabled()]
    for box in ready[:2]:
        box.setChecked(True)
    press(desk, "Make 2 meetings")
    drafting = office.secretary.drafting
    office.wait(lambda: len(drafting.drafts) == 2)
    assert all(draft.title and draft.starts_at for draft in drafting.drafts.values())


def test_reading_can_be_stopped_and_nothing_of_it_stays(office, desk):
    desk.letters.begin()
    room = desk.letters.room
    room.take_data(words_of(letter_words()))
    room.stop()
    assert room.stack.currentWidget() is room.start
    inviting = office.secretary.inviting
    inviting.services().result(10)
    assert not inviting._folder.exists()


def test_a_letter_is_taken_without_work_on_the_interfaces_thread(office, desk, monkeypatch):
    with guarded(monkeypatch) as guard:
        form = dropped(office, desk, words_of(letter_words()))
        form.title.setText("Họp")
        press(desk, "Make the meeting")
        made_of(office, desk)
    assert guard.violations == []


def test_a_message_with_the_link_joins_the_letter_and_what_was_typed_stays(office, desk):
    letter = letter_words(link="Mời dự Hội nghị trực tuyến tổng kết.", number="", passcode="")
    form = dropped(office, desk, words_of(letter))
    form.title.setText("Hội nghị tỉnh")
    drop(desk.letters.room, words_of(letter_words(when="")))
    office.wait(lambda: form.link.number.text() == "812 3456 7890")
    assert (form.title.text(), form.starts.time.text()) == ("Hội nghị tỉnh", "08:00")
    press(desk, "Make the meeting")
    draft = made_of(office, desk)
    assert (draft.title, len(draft.items[0].papers)) == ("Hội nghị tỉnh", 2)


def test_an_e_mail_is_looked_at_beside_the_form_and_kept_as_its_words(office, desk, tmp_path):
    mail = EmailMessage()
    mail["Subject"] = "Mời họp trực tuyến"
    mail["From"] = "vanphong@tinh.example"
    filler = "Kính gửi các xã. " * 900
    mail.set_content(f"{filler}\n{letter_words()}")
    file = tmp_path / "mời họp.eml"
    file.write_bytes(mail.as_bytes())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    form = dropped(office, desk, data)
    assert form.letter.has_pages
    form.link.fields["meeting_id"].look.click()
    office.wait(lambda: form.letter.view.page > 0)
    form.title.setText("Họp")
    press(desk, "Make the meeting")
    (paper,) = made_of(office, desk).items[0].papers
    assert (paper.title, paper.file_name) == ("mời họp", "mời họp.pdf")


def test_an_address_of_zooms_own_program_becomes_one_for_a_browser(office, desk):
    own = letter_words(link="zoommtg://zoom.us/join?confno=81234567890&pwd=abc")
    form = dropped(office, desk, words_of(own))
    assert form.link.url.text().startswith("https://zoom.us/")
    assert form.link.service.currentData() == "zoom"


def test_where_there_is_no_room_beside_the_fields_a_press_shows_the_letter(office, desk):
    form = dropped(office, desk, words_of(letter_words()))
    desk.resize(760, 700)
    office.wait(lambda: not form.letter.isVisible())
    form.link.fields["meeting_id"].look.click()
    assert (form.letter.isVisible(), form.left.isVisible()) == (True, False)
    form.letter.back.click()
    assert (form.letter.isVisible(), form.left.isVisible()) == (False, True)


def test_nothing_pasted_stays_on_the_disk_when_the_program_ends(office, desk):
    dropped(office, desk, words_of(letter_words()))
    folder = office.secretary.inviting._folder
    assert folder.is_dir()
    office.secretary.inviting._close()
    assert not folder.exists()


def test_the_telephone_number_of_a_long_contact_is_seen_below_its_field(office, desk, qtbot):
    told = "Trung tâm Công nghệ thông tin tỉnh, đồng chí Bế Văn Lực, điện thoại 0987 654 321"
    form = dropped(office, desk, words_of(letter_words(contact=f"Đầu mối kỹ thuật: {told}")))
    source = form.link.fields["contact"].source
    assert "0987 654 321" in source.text()
    qtbot.waitUntil(lambda: source.height() >= source.heightForWidth(source.width()) > 0)


def test_an_end_before_the_beginning_is_told_at_once_and_taken_back(office, desk):
    form = dropped(office, desk, words_of(letter_words()))
    day = form.starts.date.text()
    below = form.fields["ends_at"].field.below
    form.ends.time.setText("07:30")
    form.ends.date.setText(day)
    assert "ends before it begins" in below.text()
    form.starts.time.setText("07:00")
    assert "ends before it begins" not in below.text()


def test_meetings_of_several_letters_stand_in_the_order_of_their_days(office, desk, tmp_path):
    data, files = QMimeData(), []
    for name, days in (("a", 9), ("b", 2), ("c", 5)):
        when = f"Thời gian: 08 giờ 00, ngày {now() + timedelta(days=days):%d/%m/%Y}"
        letter = tmp_path / f"{name}.txt"
        link = f"https://us02web.zoom.us/j/8123456789{days}"
        words = letter_words(when=when, link=link, number="")
        letter.write_text(words, encoding="utf-8")
        files.append(QUrl.fromLocalFile(str(letter)))
    data.setUrls(files)
    drop(desk.list, data)
    room = desk.letters.room
    office.wait(lambda: room.stack.currentWidget() is room.choice)
    days = [one.value("starts_at") for one in room._meetings]
    assert len(days) == 3
    assert days == sorted(days)
