"""What a meeting's log tells afterwards, in both languages: the whole story in its order."""

import os
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from meetingroom.desk_home import DeskHome
from meetingroom.domain import facts
from real_office import (
    CHAIR,
    OFFICIAL,
    Office,
    an_office,
    has_papers,
    issue,
    meeting_of,
    wait_until,
    write_pdf,
)

TITLE = "Họp thường kỳ tháng 11"


def done(home: DeskHome, act: "Future[Any]") -> Any:
    """An act, at the hub before the next one begins."""
    value = act.result(30)
    wait_until(lambda: home.desk.waiting() == 0)
    return value


def play(office: Office, place: Path) -> None:
    """A short meeting with everything that is told of one."""
    secretary = office.secretary()
    chair = office.newcomer(secretary, CHAIR, place / "chair")
    official = office.newcomer(secretary, OFFICIAL, place / "official")
    meeting = issue(secretary, [write_pdf(place / "a.pdf", "Báo cáo")], title=TITLE)
    for home in (chair, official):
        wait_until(lambda home=home: has_papers(home, meeting))
    issued = meeting_of(chair, meeting).issued
    assert issued is not None
    done(official, official.leading.check_in(meeting, OFFICIAL))
    done(chair, chair.leading.go_to_item(meeting, issued.agenda[0].item))
    speak(chair, official, meeting)
    vote(chair, official, meeting)
    done(chair, chair.leading.show_break(meeting))
    done(secretary, secretary.leading.leave(meeting, OFFICIAL))
    done(chair, chair.leading.close_meeting(meeting))


def speak(chair: DeskHome, official: DeskHome, meeting: str) -> None:
    wait_until(lambda: meeting_of(official, meeting).current_item)  # what one asks to speak on
    done(official, official.speaking.ask(meeting))
    wait_until(lambda: meeting_of(chair, meeting).speaking.waiting)
    done(chair, chair.speaking.call_next(meeting, 180))
    (speech,) = meeting_of(chair, meeting).speaking.speeches
    done(chair, chair.speaking.end(meeting, speech))


def vote(chair: DeskHome, official: DeskHome, meeting: str) -> None:
    motion = facts.MotionPut(motion="motion-1", text="Thông qua báo cáo?", is_secret=True)
    name = done(chair, chair.voting.open(meeting, motion))
    wait_until(lambda: meeting_of(official, meeting).voting.open)
    choice = meeting_of(official, meeting).voting.votes[name].opened.choices[0]
    done(official, official.voting.cast(meeting, name, choice))
    done(chair, chair.voting.close(meeting, name))


def told(office: Office, language: str) -> list[str]:
    """What `meetingroom meeting log` says, without its times."""
    said = subprocess.run(
        [sys.executable, "-m", "meetingroom", "meeting", "log", TITLE, "--data", office.data],
        env={**os.environ, "MEETINGROOM_LANG": language}, capture_output=True, text=True,
        timeout=60, check=True,
    ).stdout  # fmt: skip
    return [line.split("  ", 1)[1] for line in said.splitlines() if line.strip()]


IN_ENGLISH = """\
Hương Giang: issued the meeting “Họp thường kỳ tháng 11”
Nông Thị Hiền: is here
Hoàng Văn Páo: opened the meeting
Hoàng Văn Páo: went to item 1.
Nông Thị Hiền: asks to speak
Hoàng Văn Páo: gave the floor to Nông Thị Hiền for 3 minutes
Hoàng Văn Páo: ended the speech of Nông Thị Hiền
Hoàng Văn Páo: put to the vote, secretly: Thông qua báo cáo?
The hub: the result: Đồng ý 1, Không đồng ý 0, Ý kiến khác 0. Not passed
Hoàng Văn Páo: began a break
Hương Giang: noted that Nông Thị Hiền left
Hoàng Văn Páo: closed the meeting"""
IN_VIETNAMESE = """\
Hương Giang: phát hành cuộc họp “Họp thường kỳ tháng 11”
Nông Thị Hiền: có mặt
Hoàng Văn Páo: khai mạc phiên họp
Hoàng Văn Páo: chuyển sang mục 1.
Nông Thị Hiền: đăng ký phát biểu
Hoàng Văn Páo: mời Nông Thị Hiền phát biểu trong 3 phút
Hoàng Văn Páo: kết thúc phần phát biểu của Nông Thị Hiền
Hoàng Văn Páo: cho bỏ phiếu kín: Thông qua báo cáo?
Máy chủ phòng họp: kết quả: Đồng ý 1, Không đồng ý 0, Ý kiến khác 0. Không thông qua
Hoàng Văn Páo: cho nghỉ giải lao
Hương Giang: ghi Nông Thị Hiền ra về
Hoàng Văn Páo: bế mạc phiên họp"""


def test_the_meetings_log_reads_as_its_story(tmp_path: Path) -> None:
    with an_office(tmp_path / "office") as office:
        hub = office.start_hub()
        play(office, tmp_path)
        secretary = office._homes[0]
        (meeting,) = secretary.desk.meetings
        wait_until(lambda: meeting_of(secretary, meeting).state == "closed")
        office.close()
        hub.stop()
        assert told(office, "en") == IN_ENGLISH.splitlines()
        assert told(office, "vi") == IN_VIETNAMESE.splitlines()
