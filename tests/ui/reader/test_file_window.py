"""One PDF in a window of its own, read with the real crew."""

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from meetingroom.documents.crew import Crew
from meetingroom.domain.paper import ALONE
from meetingroom.ui.reader.file_window import FileWindow

SECRET = "mở"


@pytest.fixture
def crew():
    made = Crew(workers=1)
    yield made
    made.close()


@pytest.fixture
def open_window(tmp_path, qtbot, crew):
    """A window on a paper of three pages, saved as asked."""
    windows = []

    def make(**saving: object):
        path = tmp_path / "giấy.pdf"
        with pymupdf.open() as document:
            for number in range(3):
                document.new_page(width=595, height=842).insert_text((80, 90), f"Trang {number}")
            uri = {
                "kind": pymupdf.LINK_URI,
                "from": pymupdf.Rect(80, 200, 300, 230),
                "uri": "https://a.vn/b",
            }
            document[0].insert_link(uri)
            document.save(path, **saving)
        window = FileWindow(path, crew)
        qtbot.addWidget(window)
        window.resize(900, 700)
        window.show()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()


def test_it_shows_the_first_page_and_turns(open_window, qtbot):
    window = open_window()
    with qtbot.waitSignal(window.view.painted, timeout=30_000):
        pass
    QTest.keyClick(window.view, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: window.view.page == 2)
    assert "3" in window.windowTitle() and "giấy.pdf" in window.windowTitle()


def test_it_asks_for_a_password(open_window, qtbot):
    window = open_window(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=SECRET, owner_pw="chủ")
    sheet = window.view.password_sheet
    qtbot.waitUntil(sheet.isVisible, timeout=30_000)
    sheet.password.insert(SECRET)
    with qtbot.waitSignal(window.view.painted, timeout=30_000):
        QTest.keyClick(sheet.password, Qt.Key.Key_Return)
    assert window.view.pages.shape(ALONE) is not None and not sheet.isVisible()


def test_an_outside_link_asks_first(open_window, qtbot):
    window = open_window()
    with qtbot.waitSignal(window.view.painted, timeout=30_000):
        pass
    window.view.outside_link_touched.emit("https://a.vn/b")
    assert window.info.isVisible() and "https://a.vn/b" in window.info.advice_label.text()


def test_a_file_that_is_no_pdf_says_so_where_the_page_would_be(tmp_path, qtbot, crew):
    path = tmp_path / "thư.pdf"
    path.write_bytes(b"PK\x03\x04 not a paper")
    window = FileWindow(path, crew)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.view.pages.failure(ALONE, 0) is not None, timeout=30_000)
    assert window.view.pages.failure(ALONE, 0).code == "paper.not_pdf"
    window.close()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "smb://evil.example/a", "zoommtg://x"])
def test_a_link_of_the_file_opens_neither_files_nor_programs(open_window, monkeypatch, address):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    window = open_window()
    for touched in (address, "https://a.vn/b"):
        window.on_outside_link(touched)
        window.on_action("link")
    assert opened == ["https://a.vn/b"]
