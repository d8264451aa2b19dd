"""Messages become letters: bodies in any charset, alternatives once, what is enclosed too."""

from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation import Letter
from meetingroom.invitations.files import read_letter_bytes

WORDS = "Kính mời đồng chí dự họp trực tuyến lúc 8 giờ"


def read(message: object) -> Letter:
    data = message if isinstance(message, bytes) else message.as_bytes()  # type: ignore[attr-defined]
    return read_letter_bytes("a.eml", data, None)


def words(letter: Letter) -> list[str]:
    return [part.text.strip() for part in letter.parts if part.how != "link"]


def message(body: str = WORDS, subject: str = "Giấy mời họp") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Sở Nội vụ <sonoivu@laocai.gov.vn>"
    made["To"] = "xa@laocai.gov.vn"
    made["Subject"] = subject
    made["Date"] = "Mon, 23 Nov 2026 09:00:00 +0700"
    made.set_content(body)
    return made


def test_a_message_says_who_when_and_what():
    letter = read(message())
    assert letter.subject == "Giấy mời họp"
    assert letter.sender == "Sở Nội vụ <sonoivu@laocai.gov.vn>"
    assert letter.sent_at == "2026-11-23T09:00:00+07:00"
    assert words(letter) == [WORDS]


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
def test_bodies_in_any_charset_and_transfer_are_read(charset: str, transfer: str):
    if (charset, transfer) == ("utf-16", "8bit"):
        pytest.skip("no message can carry UTF-16 bare")
    made = EmailMessage()
    made["Subject"], made["MIME-Version"] = "x", "1.0"
    made.set_content(WORDS.encode(charset), "text", "plain", cte=transfer)
    made.set_param("charset", charset)
    del made["Content-Disposition"]
    assert words(read(made)) == [WORDS]


@pytest.mark.parametrize("named", ["us-ascii", "iso-8859-1", "utf-7", "no-such-charset", ""])
def test_a_body_whose_charset_is_wrong_is_guessed(named: str):
    head = f"MIME-Version: 1.0\nSubject: x\nContent-Type: text/plain; charset={named}\n"
    data = (head + "Content-Transfer-Encoding: 8bit\n\n").encode() + WORDS.encode()
    assert words(read(data)) == [WORDS]


def test_of_alternatives_the_one_with_addresses_behind_words_is_taken():
    made = message()
    made.add_alternative(f"<p>{WORDS}</p><a href='https://zoom.us/j/1'>Vào họp</a>", "html")
    letter = read(made)
    assert words(letter) == [f"{WORDS}\nVào họp"]
    assert letter.parts[-1].text == "https://zoom.us/j/1"


def test_an_empty_html_page_does_not_hide_the_words():
    made = message()
    made.add_alternative("<html><body><br></body></html>", "html")
    assert WORDS in words(read(made))


def test_a_calendar_among_the_alternatives_is_read():
    made = message()
    made.add_alternative(f"<p>{WORDS}</p>", "html")
    made.add_alternative("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Họp\nEND:VEVENT\n", "calendar")
    assert read(made).events[0].title == "Họp"


def test_enclosed_files_are_read_by_what_they_are():
    made = message("Xem kèm theo")
    made.add_attachment("Mã họp: 123".encode(), "application", "octet-stream", filename="a.bin")
    assert words(read(made)) == ["Xem kèm theo", "Mã họp: 123"]


def test_a_message_in_a_message_is_read_but_the_outer_one_says_who_sent_it():
    outer = message("Chuyển tiếp giấy mời", "Fwd: họp")
    outer.add_attachment(message())
    letter = read(outer)
    assert words(letter) == ["Chuyển tiếp giấy mời", WORDS]
    assert letter.subject == "Fwd: họp"


def test_headers_that_carry_bare_bytes_are_read():
    head = "From: Sở Nội vụ <a@b.vn>\nSubject: Họp trực tuyến, điểm cầu\nMIME-Version: 1.0\n\nx"
    assert read(head.encode()).subject == "Họp trực tuyến, điểm cầu"


def test_encoded_words_cut_within_a_letter_are_put_together():
    head = (
        b"Subject: =?utf-8?B?SOG7?=\r\n =?utf-8?B?jXA=?= =?utf-8?Q?_tr=E1=BB=B1c?=\r\n"
        b"MIME-Version: 1.0\r\n\r\nx"
    )
    assert read(head).subject == "Họp trực"


def test_lines_broken_at_a_space_are_whole_again():
    head = "MIME-Version: 1.0\nSubject: x\nContent-Type: text/plain; format=flowed; delsp=yes\n\n"
    assert words(read((head + "https://zoom.us/j/ \n123?pwd=a\nMã: 1\n").encode())) == [
        "https://zoom.us/j/123?pwd=a\nMã: 1"
    ]


def test_messages_deep_within_each_other_are_read_to_a_depth():
    inner = message()
    for _ in range(30):
        outer = message("lớp")
        outer.add_attachment(inner)
        inner = outer
    assert words(read(inner))[0] == "lớp"


def test_parts_deep_within_each_other_end():
    head = b"MIME-Version: 1.0\nSubject: sau\n"
    rows = [b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)]
    with pytest.raises(PaperError, match=r"letter\.unsafe"):
        read(head + b"".join(rows) + b"\nwords")
    assert read(head + b"".join(rows[:100]) + b"\nwords").subject == "sau"


def test_a_secret_enclosure_has_the_whole_refused():
    made = MIMEMultipart()
    made["Subject"] = "Giấy mời"
    made.attach(MIMEText("Kính mời dự họp", _charset="utf-8"))
    enclosed = MIMEApplication("TỈNH ỦY\nTỐI MẬT\nKế hoạch".encode())
    enclosed.add_header("Content-Disposition", "attachment", filename="kh.txt")
    made.attach(enclosed)
    with pytest.raises(PaperError, match=r"paper\.secret"):
        read(made)


def test_a_header_that_cannot_be_decoded_is_shown_as_it_is_written():
    head = b"Subject: =?utf-8?b?a?= hop\r\nMIME-Version: 1.0\r\n\r\nx"
    assert read(head).subject == "=?utf-8?b?a?= hop"
