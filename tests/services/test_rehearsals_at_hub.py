"""Fifty computers answer a rehearsal at the hub; who is too old is not asked."""

import msgspec
import pytest
from quiet_office import QuietOffice

from meetingroom.domain import facts
from meetingroom.domain.errors import CallError
from meetingroom.domain.ids import OFFICE
from meetingroom.domain.rehearsal import Rehearsal, RehearsalReport, is_over
from meetingroom.services.doors import RehearsalCalled, Session
from meetingroom.services.rehearsing_hub import LARGEST_REPORT

MANY = 50
DONE = RehearsalReport(step=2, program="1", papers=1, is_done=True)


def crowd(office: QuietOffice, program: str = "1") -> list[Session]:
    """As many devices of one official, all on line."""
    sessions = []
    for number in range(MANY):
        name = f"device-{number}"
        fact = facts.DeviceEnrolled(device=name, principal="person-a", public_key="00")
        office.hub.say(OFFICE, fact)
        sessions.append(Session(device=name, principal="person-a", program=program))
        office.hub.came(sessions[-1])
    return sessions


def looked(office: QuietOffice) -> Rehearsal:
    answer = office.hub.ask(office.secretary.session, "rehearsal.look", {"meeting": office.meeting})
    return msgspec.convert(answer["rehearsal"], Rehearsal)


def test_fifty_computers_are_asked_at_once_and_all_stand_on_the_list(office: QuietOffice) -> None:
    sessions, heard = crowd(office), []
    office.hub.subscribe(lambda event: heard.append(event))  # noqa: PLW0108
    body = {"meeting": office.meeting}
    name = office.hub.ask(office.secretary.session, "rehearsal.start", body)["rehearsal"]
    called = [event for event in heard if isinstance(event, RehearsalCalled)]
    asked = set().union(*(event.devices for event in called))
    assert asked == {session.device for session in sessions}
    report = msgspec.to_builtins(DONE)
    for session in sessions:
        office.hub.ask(session, "rehearsal.tell", {"rehearsal": name, "report": report})
    found = looked(office)
    assert sum(row.report == DONE for row in found.rows) == MANY and is_over(found)


def test_a_report_that_was_overtaken_changes_nothing(office: QuietOffice) -> None:
    session = crowd(office)[0]
    body = {"meeting": office.meeting}
    name = office.hub.ask(office.secretary.session, "rehearsal.start", body)["rehearsal"]
    for report in (DONE, RehearsalReport(step=1, program="1")):
        told = {"rehearsal": name, "report": msgspec.to_builtins(report)}
        office.hub.ask(session, "rehearsal.tell", told)
    row = next(row for row in looked(office).rows if row.device == session.device)
    assert row.report == DONE


def test_a_report_too_large_for_the_list_is_refused(office: QuietOffice) -> None:
    session = crowd(office)[0]
    body = {"meeting": office.meeting}
    name = office.hub.ask(office.secretary.session, "rehearsal.start", body)["rehearsal"]
    huge = RehearsalReport(step=1, program="x" * LARGEST_REPORT)
    told = {"rehearsal": name, "report": msgspec.to_builtins(huge)}
    with pytest.raises(CallError, match="malformed"):
        office.hub.ask(session, "rehearsal.tell", told)


def test_a_program_that_does_not_know_the_question_is_not_asked(office: QuietOffice) -> None:
    crowd(office, program="")
    heard = []
    office.hub.subscribe(lambda event: heard.append(event))  # noqa: PLW0108
    body = {"meeting": office.meeting}
    office.hub.ask(office.secretary.session, "rehearsal.start", body)
    assert not any(isinstance(event, RehearsalCalled) for event in heard)
    rows = [row for row in looked(office).rows if row.principal == "person-a"]
    assert {(row.is_online, row.is_called) for row in rows} == {(True, False)}


def test_the_last_list_outlives_the_hub(office: QuietOffice) -> None:
    crowd(office)
    body = {"meeting": office.meeting}
    name = office.hub.ask(office.secretary.session, "rehearsal.start", body)["rehearsal"]
    office.restart_hub()
    found = looked(office)
    assert (found.rehearsal, found.by) == (name, "person-s")
