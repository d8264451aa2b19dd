"""What a person does with the controls, and what they tell."""

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from meetingroom.ui.controls import (
    Button,
    CodeField,
    ElidedLabel,
    Field,
    IconButton,
    InfoBar,
    Label,
    MinutesStepper,
    ProgressRow,
    SearchField,
    Segmented,
    SideBar,
    StatusLine,
    StepBar,
    TabRow,
    UndoToast,
    initials_of,
)
from meetingroom.ui.focus_ring import FocusRing
from meetingroom.ui.icons import pixmap
from meetingroom.ui.qt_words import speak_qt_words
from meetingroom.ui.theme import apply_theme, load_theme

# The offscreen platform says this of every window that is shown.
pytestmark = [
    pytest.mark.usefixtures("theme"),
    pytest.mark.qt_log_ignore("propagateSizeHints"),
]


def test_a_pasted_code_fills_the_boxes_whatever_its_dashes(qtbot):
    field = CodeField()
    qtbot.addWidget(field)
    QApplication.clipboard().setText(" h7km-4p2x\n")
    with qtbot.waitSignal(field.completed) as told:
        QTest.keySequence(field, "Ctrl+V")
    assert told.args == ["H7KM4P2X"]


def test_a_typed_code_takes_capitals_and_can_be_corrected(qtbot):
    field = CodeField()
    qtbot.addWidget(field)
    QTest.keyClicks(field, "h7-k?")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, "m")
    assert field.code() == "H7M"


def test_the_undo_toast_asks_once_and_leaves(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    toast = UndoToast(host)
    toast.tell("Đã xóa mục 5", "item-5")
    with qtbot.waitSignal(toast.undo_requested) as told:
        toast.button.click()
    assert told.args == ["item-5"]
    assert toast.isHidden()


def test_the_undo_toast_leaves_after_its_time_but_not_while_focused(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    toast = UndoToast(host)
    host.show()
    toast.tell("Đã xóa")
    toast.button.setFocus()
    qtbot.waitUntil(toast.button.hasFocus)
    for _ in range(100):
        toast._tick()
    assert toast.isVisible()
    toast.button.clearFocus()
    for _ in range(100):
        toast._tick()
    assert toast.isHidden()


def test_the_info_bar_answers_with_the_key_of_its_button(qtbot):
    bar = InfoBar()
    qtbot.addWidget(bar)
    bar.tell("attention", "Chủ tọa mời xem trang 15", actions=(("Xem", "see"), ("Để sau", "later")))
    later = next(each for each in bar.findChildren(Button) if each.text() == "Để sau")
    with qtbot.waitSignal(bar.action_requested) as told:
        later.click()
    assert told.args == ["later"]
    bar.withdraw()
    assert bar.isHidden()


def test_minutes_step_by_keys_and_buttons(qtbot):
    stepper = MinutesStepper(40)
    qtbot.addWidget(stepper)
    told: list[int] = []
    stepper.minutes_changed.connect(told.append)
    QTest.keyClick(stepper.box, Qt.Key.Key_Up)
    stepper.findChildren(IconButton)[0].click()
    stepper.set_minutes(10)
    assert told == [45, 40]
    assert stepper.box.text() == "10 phút"


def test_the_text_of_the_minutes_has_room(qtbot):
    stepper = MinutesStepper(40)
    qtbot.addWidget(stepper)
    stepper.show()
    editor = stepper.box.findChild(QLineEdit)
    assert editor.width() >= editor.fontMetrics().horizontalAdvance("40 phút")


def test_the_side_bar_tells_the_chosen_place_and_keeps_names_when_folded(qtbot):
    bar = SideBar("Bàn thư ký", "UBND xã", (("a", "calendar", "Lịch họp"), ("b", "search", "Tìm")))
    qtbot.addWidget(bar)
    bar.show()
    with qtbot.waitSignal(bar.place_changed) as told:
        bar.findChildren(Button)[1].click()
    bar.set_folded(True)
    button = bar.findChildren(Button)[0]
    assert told.args == ["b"]
    assert (button.text(), button.toolTip(), button.accessibleName()) == (
        "",
        "Lịch họp",
        "Lịch họp",
    )


def test_the_side_bar_marks_a_place_it_was_told_of_without_asking_for_it(qtbot):
    bar = SideBar("Bàn thư ký", "UBND xã", (("a", "calendar", "Lịch họp"), ("b", "search", "Tìm")))
    qtbot.addWidget(bar)
    told: list[str] = []
    bar.place_changed.connect(told.append)
    bar.choose("b")
    bar.choose("room of no entry")
    assert (bar.current_key(), told) == ("b", [])


def test_a_step_asks_and_the_screen_decides(qtbot):
    bar = StepBar((("facts", "Thông tin"), ("check", "Kiểm tra")), "Các bước")
    qtbot.addWidget(bar)
    bar.set_state("check", "missing", 2)
    step = bar._buttons["check"]
    with qtbot.waitSignal(bar.step_requested) as told:
        step.click()
    assert told.args == ["check"]
    assert bar.current_key() == "facts"
    assert step.accessibleName() == "Kiểm tra (2)"


def test_narrow_steps_keep_only_the_words_of_the_current_one(qtbot):
    desk = QWidget()
    qtbot.addWidget(desk)
    bar = StepBar((("facts", "Thông tin"), ("check", "Kiểm tra")), "Các bước", desk)
    bar.resize(150, 52)
    desk.show()
    current, other = bar._buttons["facts"], bar._buttons["check"]
    assert current.sizeHint().width() == current.width_with_words()
    assert other.sizeHint().width() < other.width_with_words()


def test_tabs_tell_their_key_and_show_counts(qtbot):
    tabs = TabRow((("notes", "Ghi chú"), ("talk", "Phát biểu")), "Bảng")
    qtbot.addWidget(tabs)
    tabs.set_count("talk", 3)
    with qtbot.waitSignal(tabs.tab_changed) as told:
        QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert told.args == ["talk"]
    assert tabs.tabText(1) == "Phát biểu 3"


def test_one_segment_is_chosen_at_a_time(qtbot):
    segments = Segmented((("one", "square", "Một"), ("two", "columns-2", "Hai")), "Trang")
    qtbot.addWidget(segments)
    with qtbot.waitSignal(segments.choice_changed) as told:
        segments._buttons["two"].click()
    assert told.args == ["two"]
    assert segments.current_key() == "two"


def test_a_search_is_asked_at_once_on_enter(qtbot):
    field = SearchField("Tìm")
    qtbot.addWidget(field)
    field.setText("ngân sách ")
    with qtbot.waitSignal(field.search_requested, timeout=100) as told:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.args == ["ngân sách"]


def test_a_field_says_its_error_and_then_its_hint_again(qtbot):
    field = Field("Tên", QLineEdit(), "Như trong quyết định")
    qtbot.addWidget(field)
    field.set_error("Tên này đã có.")
    assert field.below.text() == field.editor.accessibleDescription() == "Tên này đã có."
    field.set_error("")
    assert field.below.text() == "Như trong quyết định"


def test_a_status_segment_is_replaced_in_its_place(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    line.set_segment("hub", "wifi", "đã kết nối")
    line.set_segment("hub", "wifi-off", "mất kết nối", "attention")
    assert line.words_of("hub") == "mất kết nối"


def test_work_in_progress_can_be_stopped(qtbot):
    row = ProgressRow("Đang nhận tài liệu")
    qtbot.addWidget(row)
    row.set_progress(31, 46, "31/46 MB")
    with qtbot.waitSignal(row.stop_requested):
        row.stop_button.click()
    assert row.bar.value() == 674


def test_initials_are_of_the_first_and_last_word():
    assert [initials_of(name) for name in ("Nông Thị Hiền", "Điệp", "")] == ["NH", "Đ", ""]


def test_a_wrapping_label_makes_room_for_all_its_lines(qtbot):
    label = Label("Bạn vẫn đọc và ghi chú được. 2 ý kiến sẽ gửi khi có mạng.", wraps=True)
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert label.height() >= label.heightForWidth(120)


def test_an_icon_has_the_device_pixels_of_its_screen_and_the_colour_of_its_role(theme):
    drawn = pixmap("check", "good", 20, ratio=2.0)
    image: QImage = drawn.toImage()
    solid = [
        image.pixelColor(x, y)
        for x in range(40)
        for y in range(40)
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert (drawn.width(), drawn.devicePixelRatio()) == (40, 2.0)
    assert theme.colour("good") in solid


def test_an_icon_that_is_not_bundled_is_an_error():
    with pytest.raises(KeyError):
        pixmap("no-such-icon")


def test_buttons_grow_with_the_text(qtbot, qapp):
    button = Button("Thêm tài liệu", "primary", "plus")
    qtbot.addWidget(button)
    button.show()
    small = button.sizeHint()
    apply_theme(qapp, load_theme(text_scale=2.0, less_motion=True))
    assert button.sizeHint().height() == 2 * small.height() == 72
    assert button.sizeHint().width() > 1.6 * small.width()


@pytest.fixture
def two_buttons(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    buttons = (Button("Một"), Button("Hai"))
    for button in buttons:
        row.addWidget(button)
    window.show()
    qtbot.waitActive(window)
    buttons[0].setFocus()
    return window, buttons


def test_the_focus_ring_shows_after_a_key_and_goes_with_the_pointer(qapp, two_buttons):
    window, buttons = two_buttons
    ring = FocusRing(qapp)
    assert ring.shown_around().isEmpty()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    assert ring.shown_around() == buttons[1].geometry().adjusted(-5, -5, 5, 5)
    place = buttons[0].geometry().center()
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
    assert ring.shown_around().isEmpty()
    ring.deleteLater()


def test_qt_speaks_vietnamese_on_its_own_buttons_and_menus(qapp):
    words = speak_qt_words(qapp)
    assert qapp.translate("QPlatformTheme", "Cancel") == "Hủy"
    assert qapp.translate("QLineEdit", "&Undo") == "Hoàn tác"
    qapp.removeTranslator(words)


def test_short_good_news_goes_by_itself_and_what_asks_something_stays(qtbot):
    bar = InfoBar()
    qtbot.addWidget(bar)
    bar.tell("good", "Issued")
    assert bar.staying.isActive()
    bar.staying.timeout.emit()
    assert bar.isHidden()
    bar.tell("good", "Join?", "", (("Join", "join"),))
    assert not bar.staying.isActive()


@pytest.mark.parametrize(
    "words", ['<img src="file://host/share/x.png">', "<b>Đồng ý</b>\ntất cả", "a < b"]
)
def test_a_tool_tip_shows_the_words_of_others_as_they_are(qtbot, words):
    label = ElidedLabel(words)
    qtbot.addWidget(label)
    label.resize(20, 20)
    label.show()
    page, tip = QTextDocument(), label.toolTip()
    is_page = QtGui.Qt.mightBeRichText(tip)  # as Qt judges when it shows one
    (page.setHtml if is_page else page.setPlainText)(tip)
    assert page.toPlainText().replace("\u2028", "\n") == words
