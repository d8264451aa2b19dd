"""Touch buttons: icons as large on a dense screen as on any other, the chosen one marked."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap

from meetingroom.ui.display.touch import TouchButton, _with_gap


def test_an_icon_keeps_its_size_and_its_gap_on_a_dense_screen(qapp):
    picture = QPixmap(80, 80)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.white)
    wider = _with_gap(picture, 10)
    assert wider.deviceIndependentSize().toSize() == QSize(50, 40)
    assert wider.toImage().pixelColor(79, 79).alpha() == 255
    assert wider.toImage().pixelColor(85, 79).alpha() == 0


def test_what_the_room_sees_now_is_marked_at_once(qtbot):
    button = TouchButton("Lobby")
    qtbot.addWidget(button)
    before = button.styleSheet()
    button.set_chosen(True)
    assert button.styleSheet() != before
    button.set_chosen(False)
    assert button.styleSheet() == before
