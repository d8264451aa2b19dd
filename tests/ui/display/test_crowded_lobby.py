"""A lobby with many names: what is said of the online meeting stays whole."""

from typing import Any

import msgspec
import pytest
from PySide6.QtGui import QImage, QPainter
from scene_world import LINK, world

from meetingroom.ui.stage.brush import Brush, rows_of
from meetingroom.ui.stage.scenes import paint_lobby
from meetingroom.ui.theme import load_theme

CODE = ("035406", "http://192.168.1.20:47802")
OWN = msgspec.structs.replace(
    LINK, url="", organiser="UBND tỉnh", site="UBND xã Mẫu Sơn",
    contact="anh Tuấn, tổ kỹ thuật, 0206 3000 111",
)  # fmt: skip


@pytest.fixture
def said(monkeypatch):
    """Every line of words that is painted, also beside the code."""
    lines: list[str] = []
    line = Brush.line

    def noting(brush: Brush, x: float, y: float, text: str, *given: Any, **named: Any) -> float:
        lines.append(text)
        return line(brush, x, y, text, *given, **named)

    monkeypatch.setattr(Brush, "line", noting)
    return lines


@pytest.mark.parametrize("people", [9, 14, 20, 24, 26, 30])
def test_the_site_and_the_technician_are_not_cut_beside_many_names(qapp, said, people):
    meeting, directory = world(people, "Hội nghị trực tuyến tỉnh về phòng, chống đói, rét")
    issued = msgspec.structs.replace(meeting.issued, links=(OWN,))
    image = QImage(1366, 768, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    brush = Brush(painter, load_theme("dark", for_display=True), 1366, 768)
    paint_lobby(brush, msgspec.structs.replace(meeting, issued=issued), directory, CODE)
    painter.end()
    words = " ".join(said)
    assert "UBND xã Mẫu Sơn" in words
    assert "0206 3000 111" in words
    assert words.count("Nguyễn Thị Minh") == people


def test_a_telephone_number_and_a_numbered_floor_stay_in_one_line(qapp):
    font = load_theme("dark", for_display=True).display_font("body", 768)
    words = "Kỹ thuật: anh Tuấn, tổ kỹ thuật tầng 2, 0206 3000 111"
    for room in range(250, 700, 10):
        rows = rows_of(words, font, room)
        assert " ".join(rows) == words
        assert any("0206 3000 111" in row for row in rows)
        assert any("tầng 2" in row for row in rows)
