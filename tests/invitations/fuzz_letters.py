"""Fuzzes the reading of letters: `python tests/invitations/fuzz_letters.py --seconds 60 --seed N`.

A letter of every format is changed and read. Fails on an answer that is neither a letter nor a
known error with a sentence, on a bug in the process that reads, and on one that took longer than
the five seconds that are promised. Prints its seed; what failed is kept in --keep.
"""

import argparse
import io
import os
import random
import struct
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

import docx
from made_compound import compound, message
from made_letters import BODY, LINK, code_picture, letter
from old_encodings import tcvn3, windows_1258
from PIL import Image

from meetingroom.domain.errors import PaperError
from meetingroom.domain.invitation_port import LetterReader
from meetingroom.invitations.files import read_letter_bytes
from meetingroom.letter_process import letter_reader
from meetingroom.sentences import sentence_of

SECONDS = 5.0  # what is promised of a malformed file
WORDS = "\n".join(BODY)
NUMBERS = (
    *(struct.pack(form, one) for form in ("<I", ">I", "<H") for one in (0, 1, 0xFFFF, 0x7FFF)),
    b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f",
)  # fmt: skip
TOKENS = (
    b"<", b">", b"&", b'"', b"'", b"--b", b"BEGIN:VEVENT\n", b"END:VCALENDAR\n", b"RRULE:FREQ=",
    b"\\'ff", b"\\u-1?", b"{", b"}", b"\\bin9999999 ", b"PK\x01\x02", b"PK\x05\x06", b"%PDF-",
    b"obj", b"stream", b"<</Length 9999999>>", b"=?utf-8?b?", b"charset=utf-7", b"\n\n",
    b"\0", b"\xff\xfe",
    b"Content-Type: message/rfc822\n\n", b"<!DOCTYPE a [", b"]]>", b"99999999999", b"-1",
)  # fmt: skip


def samples(folder: Path) -> dict[str, bytes]:
    """A letter of each format."""
    pdf = letter(folder / "sample.pdf", pages=2).read_bytes()
    made = {
        "txt": WORDS.encode(),
        "1258.txt": windows_1258(WORDS),
        "tcvn3.txt": tcvn3(WORDS),
        "utf16.txt": WORDS.encode("utf-16"),
        "html": f"<html><body><p>{WORDS}</p><a href='{LINK}'>vào</a></body></html>".encode(),
        "ics": _calendar().encode(),
        "rtf": b"{\\rtf1\\ansi{\\fonttbl{\\f0 .VnTime;}}\\f0 " + tcvn3(WORDS) + b"\\par}",
        "pdf": pdf,
        "png": code_picture(LINK),
        "msg": compound(message({0x37: "x", 0x1000: WORDS}, data={0x1013: WORDS.encode() * 9})),
        "docx": _docx(),
        "zip": _zip({"a.txt": WORDS.encode(), "b.ics": _calendar().encode(), "c.pdf": pdf}),
        "eml": _mail(pdf),
    }
    for kind in ("JPEG", "TIFF", "WEBP", "GIF", "BMP"):
        out = io.BytesIO()
        Image.open(io.BytesIO(code_picture(LINK))).convert("RGB").save(out, kind)
        made[kind.lower()] = out.getvalue()
    with zipfile.ZipFile(out := io.BytesIO(), "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", f"<a xmlns:t='u'><t:p>{WORDS}</t:p></a>")
    return made | {"odt": out.getvalue()}


def _calendar() -> str:
    return (
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\n"
        "DTSTART:20000101T000000\r\nTZOFFSETFROM:+0700\r\nTZOFFSETTO:+0700\r\nEND:STANDARD\r\n"
        "END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=X:20260106T080000\r\n"
        "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=300\r\nEXDATE;TZID=X:20261201T080000\r\n"
        f"SUMMARY:Họp\r\nDESCRIPTION:{LINK}\r\nORGANIZER;CN=A:mailto:a@b.vn\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )


def _docx() -> bytes:
    made, out = docx.Document(), io.BytesIO()
    made.add_table(rows=1, cols=2).cell(0, 0).text = "UBND"
    for row in BODY:
        made.add_paragraph(row)
    made.add_picture(io.BytesIO(code_picture(LINK)))
    made.save(out)
    return out.getvalue()


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def _mail(pdf: bytes) -> bytes:
    from email.message import EmailMessage

    made = EmailMessage()
    made["Subject"], made["From"], made["MIME-Version"] = "Giấy mời", "a@b.vn", "1.0"
    made.set_content(WORDS)
    made.add_alternative(f"<p>{WORDS}</p>", "html")
    made.add_attachment(pdf, "application", "pdf", filename="a.pdf")
    return made.as_bytes()


class Fuzz:
    """One run: letters in, changed letters through a reader."""

    def __init__(self, letters: dict[str, bytes], seed: int, reader: LetterReader) -> None:
        self._letters, self._reader = letters, reader
        self._dice = random.Random(seed)  # noqa: S311 - no secrets here
        self.met: Counter[str] = Counter()
        self.failures: list[tuple[str, str, bytes]] = []
        self.slowest = 0.0
        self.patience = SECONDS

    def run(self, seconds: float, most: int = 1 << 30) -> int:
        """Letters tried until the time is over, or so many."""
        end, number = time.monotonic() + seconds, 0
        while time.monotonic() < end and number < most:
            number += 1
            kind = self._dice.choice(list(self._letters))
            self.read(kind, self._changed(kind))
        return number

    def read(self, kind: str, data: bytes) -> None:
        """Whatever the file says, the answer is a letter or a sentence, in time."""
        start = time.monotonic()
        problem, answer = "", "read"
        try:
            read_letter_bytes(f"thu.{kind}", data, self._reader)
        except PaperError as error:
            answer = error.code
            if error.code == "letter.unreadable":
                problem = "a bug"
            elif f"({error.code})" in sentence_of(error):
                problem = f"no sentence for {error.code}"
        took = time.monotonic() - start
        if took > self.patience and not problem:
            problem = f"took {took:.1f} s"
        self.slowest = max(self.slowest, took)
        self.met[answer] += 1
        if problem:
            self.failures.append((problem, kind, data))

    # --- changing -------------------------------------------------------------------------

    def _changed(self, kind: str) -> bytes:
        data = self._letters[kind]
        if kind in ("docx", "odt", "zip") and self._dice.random() < 0.6:
            return self._changed_within(data)
        changed = bytearray(data)
        for _ in range(self._dice.choice((1, 1, 2, 4, 16))):
            if changed:
                self._change(changed)
        return bytes(changed)

    def _changed_within(self, data: bytes) -> bytes:
        """One member of a zip changed, so that the zip itself stays whole."""
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            members = {name: file.read(name) for name in file.namelist()}
        name = self._dice.choice(list(members))
        changed = bytearray(members[name])
        for _ in range(self._dice.choice((1, 2, 8))):
            if changed:
                self._change(changed)
        return _zip(members | {name: bytes(changed)})

    def _change(self, data: bytearray) -> None:
        dice, place = self._dice, self._dice.randrange(len(data))
        match dice.randrange(8):
            case 0:
                data[place] ^= 1 << dice.randrange(8)
            case 1:
                del data[place : place + dice.choice((1, 4, 64, 4096))]
            case 2:
                data[place:place] = dice.randbytes(dice.choice((1, 4, 64)))
            case 3:
                data[place : place + 4] = dice.choice(NUMBERS)
            case 4:
                data[place:place] = dice.choice(TOKENS) * dice.choice((1, 1, 3, 500))
            case 5:
                data[place:place] = data[place : place + dice.choice((4, 64, 4096))]
            case 6:
                other = self._letters[dice.choice(list(self._letters))]
                data[place:] = other[min(place, len(other) - 1) :]
            case _:
                del data[place:]


def main() -> int:
    from meetingroom.documents import letter_hand

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    parser.add_argument("--keep", type=Path, default=Path("fuzzed-letters"))
    parser.add_argument("--scans", action="store_true", help="Read words off pictures too: slow.")
    told = parser.parse_args()
    if not told.scans:
        letter_hand.scan_data = lambda: None
    told.keep.mkdir(parents=True, exist_ok=True)
    reader = letter_reader()
    fuzz = Fuzz(samples(told.keep), told.seed, reader)
    read_letter_bytes("a.ics", _calendar().encode(), reader)
    tried = fuzz.run(told.seconds)
    reader.close()
    for number, (problem, kind, data) in enumerate(fuzz.failures):
        (told.keep / f"{told.seed}-{number}.{kind}").write_bytes(data)
        print(problem, f"{told.seed}-{number}.{kind}")
    print(f"seed {told.seed}: {tried} letters, slowest {fuzz.slowest:.2f} s, {dict(fuzz.met)}")
    return 1 if fuzz.failures else 0


if __name__ == "__main__":
    sys.exit(main())
