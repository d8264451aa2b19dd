"""Outlook's messages become letters: each kind of body, appointments, what is enclosed."""

import struct
from datetime import UTC, datetime

import pytest
from made_compound import compound, message, names
from old_encodings import windows_1258
from outlook_message import outlook_message

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter
from meetingroom.invitations.files import read_letter_bytes
from meetingroom.invitations.files.rtf import unpacked

WORDS = "Kính mời đồng chí dự họp trực tuyến lúc 8 giờ"
SUBJECT, BODY, HTML, RTF, KIND, SENDER = 0x37, 0x1000, 0x1013, 0x1009, 0x1A, 0x0C1A


def read(tree: dict | bytes) -> Letter:
    data = tree if isinstance(tree, bytes) else compound(tree)
    return read_letter_bytes("a.msg", data, None)


def texts(letter: Letter) -> list[str]:
    return [part.text.strip() for part in letter.parts if part.how != "link"]


def filetime(moment: datetime) -> bytes:
    since = moment - datetime(1601, 1, 1, tzinfo=UTC)
    return struct.pack("<Q", int(since.total_seconds()) * 10_000_000)


def test_a_plain_message_says_who_what_and_when():
    letter = read(
        message(
            {SUBJECT: "Giấy mời", BODY: WORDS, SENDER: "Sở Nội vụ", 0x5D01: "so@laocai.gov.vn"},
            fixed={0x00390040: filetime(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))},
        )
    )
    assert (letter.subject, letter.sender) == ("Giấy mời", "Sở Nội vụ <so@laocai.gov.vn>")
    assert letter.sent_at == "2026-11-23T09:00:00+07:00"
    assert texts(letter) == [WORDS]


def test_a_message_of_another_maker_is_read():
    letter = read(outlook_message({"Subject": "Giấy mời", "From": "Sở"}, WORDS))
    assert (letter.subject, letter.sender, texts(letter)) == ("Giấy mời", "Sở", [WORDS])


def test_of_html_and_plain_text_html_is_taken_with_what_is_behind_words():
    html = f"<html><p>{WORDS}</p><a href='https://zoom.us/j/1'>Vào</a></html>".encode()
    letter = read(
        message({BODY: WORDS}, data={HTML: html}, fixed={0x3FDE0003: b"\xe9\xfd" + bytes(6)})
    )
    assert texts(letter) == [f"{WORDS}\nVào"]
    assert letter.parts[-1].text == "https://zoom.us/j/1"


def test_a_body_that_is_only_rtf_is_read():
    rtf = (
        rb"{\rtf1\ansi\ansicpg1258{\fonttbl{\f0 Arial;}}H\u7885?p l\'fac 8 gi\u7901? {\field"
        rb'{\*\fldinst HYPERLINK "https://zoom.us/j/1"}{\fldrslt v\'e0o}}\par}'
    )
    packed = struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf
    letter = read(message({SUBJECT: "x"}, data={RTF: packed}))
    assert texts(letter) == ["Họp lúc 8 giờ vào"]
    assert (letter.parts[-1].text, letter.parts[-1].shown) == ("https://zoom.us/j/1", "vào")


def test_packed_rtf_is_unpacked():
    """The example of the format's own description."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af320"
        "68656c0900206277 05b06c647d0a800fa0"
    )
    assert unpacked(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpacked(packed[:15]) == b""


def test_old_texts_are_read_by_their_codepage():
    tree = message({SUBJECT: "x"}, fixed={0x3FFD0003: struct.pack("<II", 1258, 0)})
    tree["__substg1.0_1000001E"] = windows_1258(WORDS)
    assert texts(read(tree)) == [WORDS]


def test_a_meeting_request_is_an_event():
    letter = read(
        message(
            {SUBJECT: "Họp trực tuyến", KIND: "IPM.Schedule.Meeting.Request", BODY: WORDS,
             0x8001: "Phòng họp số 1", 0x8002: "https://teams.microsoft.com/l/meetup-join/x"},
            fixed={0x80030040: filetime(datetime(2026, 12, 1, 1, 0, tzinfo=UTC)),
                   0x80040040: filetime(datetime(2026, 12, 1, 3, 0, tzinfo=UTC))},
            storages=names({0x8208: 0x8001, 0x820D: 0x8003, 0x820E: 0x8004}),
        )
    )  # fmt: skip
    (event,) = letter.events
    assert event.starts_at == "2026-12-01T08:00:00+07:00"
    assert event.ends_at == "2026-12-01T10:00:00+07:00"
    assert (event.place, event.title) == ("Phòng họp số 1", "Họp trực tuyến")
    assert event.url == "https://teams.microsoft.com/l/meetup-join/x"


def test_enclosed_files_and_messages_are_read():
    inner = message({SUBJECT: "Trong", BODY: WORDS}, head=24)
    file = message({0x3707: "a.txt"}, data={0x3701: "Mã họp: 123".encode()}, head=8)
    letter = read(
        message(
            {SUBJECT: "Ngoài", BODY: "Xem kèm theo"},
            storages={
                "__attach_version1.0_#00000000": file,
                "__attach_version1.0_#00000001": message({}, head=8)
                | {"__substg1.0_3701000D": inner},
            },
        )
    )
    assert letter.subject == "Ngoài"
    assert texts(letter) == ["Xem kèm theo", "Mã họp: 123", WORDS]


def test_messages_deep_within_each_other_end():
    inner = message({BODY: WORDS}, head=24)
    for _ in range(20):
        inner = message(
            {BODY: "lớp"}, head=24,
            storages={"__attach_version1.0_#0": {"__substg1.0_3701000D": inner}},
        )  # fmt: skip
    assert texts(read(inner | {"__properties_version1.0": bytes(32)}))[0] == "lớp"


def answer(data: bytes) -> str:
    """The code of the known error; nothing where it was read."""
    try:
        read(data)
    except PaperError as error:
        return error.code
    return ""


@pytest.mark.parametrize("part", range(1, 20))
def test_a_message_cut_off_is_read_or_damaged(part: int):
    data = compound(message({SUBJECT: "x", BODY: WORDS * 200}))
    code = answer(data[: len(data) * part // 20])
    assert code in ("", "paper.damaged", "letter.unknown_kind", "letter.no_words")


@pytest.mark.parametrize("right", [0, 1, 2, 3, 0x7FFFFFFF])
def test_a_directory_that_goes_in_a_circle_ends(right: int):
    data = bytearray(compound(message({SUBJECT: "x", BODY: WORDS})))
    place = data.index("__substg1.0_1000001F".encode("utf-16-le"))
    data[place + 72 : place + 76] = struct.pack("<I", right)
    assert answer(bytes(data)) in ("", "paper.damaged", "letter.no_words", "letter.unsafe")
