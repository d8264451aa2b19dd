"""A newer letter means a meeting that is here: found by its entry, its file, its link."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from meetingroom.domain.geometry import Point, Quad
from meetingroom.domain.invitation import Finding, Received
from meetingroom.domain.paper import Word
from meetingroom.services.drafting import Draft, DraftLink
from meetingroom.services.inviting import Proposal, changed
from meetingroom.services.known_meetings import Origin, known_meetings, sought
from meetingroom.services.proposals import ReadLetter, link_key, proposals_of
from meetingroom.services.spot_places import words_of_spot

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
SOON, OVER = "2026-11-27T08:00:00+07:00", "2026-11-01T08:00:00+07:00"
LINK = DraftLink(link="link-1", title="Họp", url="https://us02web.zoom.us/j/81234567890",
                 service="zoom", meeting_number="812 3456 7890")  # fmt: skip


def read(name="a.txt", **finding: object):
    """A letter with one finding."""
    received = Received(file=name, findings=(Finding(**finding),))
    return ReadLetter(name=name, file=Path(name), received=received)


def draft(**values: object):
    return Draft(meeting="m1", **{"title": "Họp giao ban", "starts_at": SOON, **values})


def found(letters, drafts=(), origins=None, files=()):
    """Why each known meeting is one."""
    what = sought(proposals_of(letters)[0], files)
    rows = known_meetings(what, {one.meeting: one for one in drafts}, {}, origins or {}, NOW)
    return [row.why for row in rows]


def test_a_calendar_entry_is_known_by_its_uid_whatever_else_it_says():
    letter = read(title="Khác hẳn", uid="abc@tinh", starts_at=SOON)
    origins = {"m1": Origin(uids=("abc@tinh",))}
    assert found([letter], [draft(starts_at=OVER)], origins) == ["uid"]


def test_the_same_link_tells_of_the_same_meeting_until_it_is_over():
    letter = read(service="zoom", url="https://zoom.us/j/81234567890?pwd=x")
    assert found([letter], [draft(links=(LINK,))]) == ["link"]
    assert found([letter], [draft(links=(LINK,), starts_at=OVER)]) == []


def test_a_title_is_the_same_in_any_case_and_spacing():
    assert found([read(title="HỌP  GIAO BAN.")], [draft()]) == ["title"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("zoom", "https://zoom.us/j/812?pwd=1", "812"), ("zoom", "", "812")),
        (("meet", "https://meet.google.com/abc-defg-hij?hs=1", ""),
         ("meet", "https://meet.google.com/abc-defg-hij/", "")),
    ],
)  # fmt: skip
def test_two_writings_of_one_way_in_have_one_key(one, other):
    assert link_key(*one) == link_key(*other) != ""


def test_a_letter_and_its_calendar_file_are_one_meeting():
    letter = read(title="Họp", starts_at=SOON, contact="anh Nam")
    entry = read("b.ics", service="zoom", url=LINK.url, starts_at=SOON, title="Hop")
    (one,) = proposals_of([letter, entry])
    assert (one.value("title"), one.value("contact")) == ("Họp", "anh Nam")
    assert (one.links[0].value("url"), one.letters) == (LINK.url, (0, 1))


def test_two_links_of_one_letter_wait_for_a_choice_and_two_times_are_two_meetings():
    findings = (
        Finding(title="Họp", starts_at=SOON, service="zoom", url="https://zoom.us/j/123456789"),
        Finding(title="Họp", starts_at=SOON, service="meet", url="https://meet.google.com/a-b-c"),
        Finding(title="Tập huấn", starts_at=SOON.replace("08:", "14:")),
    )
    letter = ReadLetter(
        name="a", file=Path("a"), received=Received(file="a", findings=findings)
    )  # fmt: skip
    assert [len(one.links) for one in proposals_of([letter])] == [2, 0]


def test_what_a_newer_letter_does_not_say_stays():
    old = draft(links=(LINK,), place="Hội trường")
    proposal = Proposal(title="Họp giao ban", starts_at="2026-11-28T14:00:00+07:00")
    new = changed(old, proposal, ())
    assert (new.starts_at, new.place, new.links) == (proposal.starts_at, "Hội trường", (LINK,))


def test_another_way_in_forgets_the_passcode_of_the_old_one():
    link = msgspec.structs.replace(LINK, local_secret="old", contact="anh Nam")
    old = draft(links=(link,))
    other = DraftLink(link="x", title="Họp", url="https://meet.google.com/a-b-c", service="meet")
    (link,) = changed(old, Proposal(title="Họp", starts_at=SOON), (other,)).links
    assert (link.link, link.url, link.meeting_number) == ("link-1", other.url, "")
    assert (link.local_secret, link.contact) == (None, "anh Nam")


def test_words_are_found_on_a_page_across_lines_and_signs():
    quad = Quad(*(Point(0, 0) for _ in range(4)))
    page = [
        Word(text, quad, line)
        for line, text in enumerate(["Vào", "hồi", "08", "giờ", "00’,", "ngày", "25/11"])
    ]
    assert words_of_spot(page, "08 giờ 00', \n ngày 25 / 11") == (2, 6)
    assert words_of_spot(page, "09 giờ") is None
