"""The data file of services: what it names, whose a link is, how it is opened."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from meetingroom.domain.invitation import Letter, Part
from meetingroom.invitations.online_services import online_services
from meetingroom.invitations.reading import read_letter

with Path(__file__).with_name("service_links.tsv").open(encoding="utf-8") as _file:
    LINKS = [(row["service"], row["url"]) for row in csv.DictReader(_file, delimiter="\t")]

PROGRAM = [
    (
        "https://us02web.zoom.us/j/81234567890?pwd=abc.1",
        "zoommtg://us02web.zoom.us/join?action=join&confno=81234567890&pwd=abc.1",
    ),
    ("https://zoom.us/j/81234567890", "zoommtg://zoom.us/join?action=join&confno=81234567890"),
    ("https://zoom.us/my/ubndxa", None),
    ("https://teams.microsoft.com/l/meetup-join/19%3ax/0?context=y",
     "msteams:/l/meetup-join/19%3ax/0?context=y"),
    ("https://events.teams.microsoft.com/event/aa@bb", None),
    ("https://meet.google.com/abc-defg-hij", None),
    ("https://meet.jit.si/Room", "jitsi-meet://meet.jit.si/Room"),
    ("https://meet.lync.com/org/user/ABC123",
     "lync15:confjoin?url=https%3A%2F%2Fmeet.lync.com%2Forg%2Fuser%2FABC123"),
    ("https://trueconf.tinh.gov.vn/c/123456", r"trueconf:\c\123456@trueconf.tinh.gov.vn"),
    ("https://gomeeting.vnpt.vn/app/#/join/8f60?accessCode=B3",
     "gomeet://gomeeting.vnpt.vn/?url=https://gomeeting.vnpt.vn/app/#/join/8f60?accessCode=B3"),
    ("https://example.com/zoom", None),
]  # fmt: skip


def test_every_pattern_of_the_file_is_a_pattern():
    for row in online_services().service:
        for text in (*row.paths, *row.later):
            re.compile(text)


def test_every_place_of_a_template_is_one_that_can_be_filled():
    for row in online_services().service:
        for text in (*row.native, row.web, row.by_id):
            known = {"url", "quoted", "host", "tail", "id", "token"}
            assert set(re.findall(r"\{(\w+)\}", text)) <= known, row.name


def test_the_services_that_were_asked_for_are_named():
    names = {row.name for row in online_services().service} | {online_services().other.name}
    assert names >= {
        "zoom", "zoom_native", "zoomgov", "google_meet", "teams", "webex", "jitsi",
        "eight_x_eight", "bigbluebutton", "gotomeeting", "trueconf", "skype4biz",
        "skype4biz_selfhosted", "zavi", "vnpt_gomeeting", "vnpt_meeting", "viettel_meeting",
        "comeet", "lark", "other",
    }  # fmt: skip


def test_every_service_of_the_corpus_list_is_named(corpus):
    with (corpus / "invitations" / "services.tsv").open(encoding="utf-8") as file:
        rows = [row["service"] for row in csv.DictReader(file, delimiter="\t")]
    names = {row.name for row in online_services().service}
    as_found = {"meet": "google_meet"}
    snakes = [re.sub(r"(?<=[a-z])([A-Z])", lambda m: "_" + m[1].lower(), row) for row in rows]
    assert [one for one in snakes if as_found.get(one, one) not in names] == []


@pytest.mark.parametrize(("link", "opened"), PROGRAM)
def test_a_link_opens_in_the_services_own_program(link, opened):
    assert online_services().native(link) == opened


def test_a_program_link_has_a_page_for_the_browser():
    link = "zoommtg://zoom.us/join?confno=123456789&pwd=xxxx&zc=0"
    assert online_services().in_browser(link) == "https://zoom.us/wc/join/123456789?pwd=xxxx"
    assert online_services().in_browser("msteams:/l/meetup-join/abc") == (
        "https://teams.microsoft.com/l/meetup-join/abc"
    )


def test_a_meeting_told_by_its_id_alone_has_a_link():
    services = online_services()
    assert services.by_id("zoom", "812 3456 7890") == "https://zoom.us/j/81234567890"
    assert services.by_id("webex", "2550 123 4567") is None


def test_no_host_of_a_service_is_told_by_its_end_alone():
    for link in (
        "https://zoom.us.evil.com/j/123456789",
        "https://evilzoom.us/j/123456789",
        "https://zoom.us@evil.com/j/123456789",
        "https://meet.google.com.evil.com/abc-defg-hij",
        "zoommtg://evil.com/join?confno=123456789",
    ):
        assert online_services().match(link) is None, link


@pytest.mark.parametrize(("service", "url"), LINKS)
def test_a_link_alone_is_its_services_without_a_warning(service, url):
    found = read_letter(Letter(parts=(Part(text=url),)), date(2026, 11, 25))
    ways = [(one.service, one.url, one.warnings) for one in found]
    assert ways == ([] if service == "none" else [(service, url, ())])
