"""The hub is lost: by one press of the chair another computer goes on with the same state."""

import signal
from pathlib import Path

import pytest
from lost_hubs import a_losing_office, stop_hub, votes

from meetingroom.assembly import RunningHub, restore
from meetingroom.domain.errors import CallError
from meetingroom.exports import check_data
from real_office import SECRETARY, has_papers, note, texts, wait_until


def test_the_display_goes_on_as_the_hub_by_one_press_of_the_chair(tmp_path: Path) -> None:
    with a_losing_office(tmp_path) as office:
        note(office.official, office.meeting, "trước", ("chair",))
        wait_until(lambda: texts(office.chair, office.meeting) == ["trước"])
        office.wait_for_standbys(office.display)
        with pytest.raises(CallError, match="hub_there"):
            office.press(office.display)
        office.lose()
        note(office.official, office.meeting, "khi vắng máy chủ", ("chair",))
        office.press(office.display)
        for home in (office.chair, office.official, office.display):
            wait_until(lambda home=home: home.desk.link_state.state == "online")
        wait_until(lambda: texts(office.chair, office.meeting) == ["khi vắng máy chủ", "trước"])
        wait_until(lambda: office.official.desk.waiting() == 0)
    assert check_data(tmp_path / "display") == []


def test_the_old_hub_hands_in_what_it_alone_had_and_serves_nobody(tmp_path: Path) -> None:
    with a_losing_office(tmp_path) as office:
        office.wait_for_standbys(office.chair)
        for home in (office.chair, office.official, office.display):
            office.close_desk(home)
        note(office.secretary, office.meeting, "chỉ máy chủ cũ có", ("everyone",))
        wait_until(lambda: office.secretary.desk.waiting() == 0)
        office.hub.kill()
        office.close_desk(office.secretary)
        office.chair, office.official = office.open("chair"), office.open("official")
        office.press(office.chair)
        wait_until(lambda: office.official.desk.link_state.state == "online")
        assert texts(office.official, office.meeting) == []
        office.hub.start()
        office.secretary = office.office.desk()
        wait_until(lambda: texts(office.official, office.meeting) == ["chỉ máy chủ cũ có"])
        note(office.official, office.meeting, "sau đó", ("everyone",))
        wait_until(lambda: len(texts(office.secretary, office.meeting)) == 2)
        wait_until((office.office.data / "hub" / "fenced").is_file)
    assert check_data(tmp_path / "chair") == []


def test_a_secret_vote_cut_off_is_held_again_and_an_open_one_goes_on(tmp_path: Path) -> None:
    with a_losing_office(tmp_path) as office:
        meeting, chair, official = office.meeting, office.chair, office.official
        office.open_meeting()
        secret = office.vote("Kín", is_secret=True)
        official.voting.cast(meeting, secret, "Đồng ý").result(20)
        wait_until(lambda: votes(chair, meeting)[secret].voted)
        office.wait_for_standbys(office.display)
        office.lose()
        office.press(office.display)
        wait_until(lambda: votes(official, meeting)[secret].cancelled == "taken_over")
        wait_until(lambda: chair.desk.link_state.state == "online")
        again = office.vote("Kín, lần nữa", is_secret=True)
        wait_until(lambda: again in votes(official, meeting))
        official.voting.cast(meeting, again, "Đồng ý").result(20)
        chair.voting.close(meeting, again).result(30)
        wait_until(lambda: votes(official, meeting)[again].result)
        assert sum(votes(official, meeting)[again].result.counts) == 1


def test_a_hub_killed_during_an_open_vote_loses_and_doubles_no_ballot(tmp_path: Path) -> None:
    with a_losing_office(tmp_path) as office:
        meeting, chair, official = office.meeting, office.chair, office.official
        office.open_meeting()
        vote = office.vote("Mở", is_secret=False)
        wait_until(lambda: vote in votes(official, meeting))
        official.voting.cast(meeting, vote, "Đồng ý").result(20)
        wait_until(lambda: "person-o" in votes(chair, meeting)[vote].voted)
        office.wait_for_standbys(office.chair)
        office.lose()
        chair.voting.cast(meeting, vote, "Đồng ý").result(20)
        official.voting.cast(meeting, vote, "Không đồng ý").result(20)
        office.press(chair)
        wait_until(lambda: chair.desk.waiting() + official.desk.waiting() == 0)
        chair.voting.close(meeting, vote).result(30)
        wait_until(lambda: votes(official, meeting)[vote].result)
        assert votes(official, meeting)[vote].result.counts == (1, 1, 0)


def test_a_backup_restored_after_a_takeover_is_followed_and_gets_everything(
    tmp_path: Path,
) -> None:
    with a_losing_office(tmp_path) as office:
        meeting, official = office.meeting, office.official
        backup = Path(office.secretary.desk.ask("backup.make", {}, 60).result(60)["file"])
        office.wait_for_standbys(office.display)
        office.lose()
        office.press(office.display)
        note(official, meeting, "sau khi tiếp quản", ("everyone",))
        wait_until(lambda: texts(office.chair, meeting) == ["sau khi tiếp quản"])
        stop_hub(tmp_path / "display", signal.SIGKILL)
        office.close_desk(office.display)
        restore(tmp_path / "new", backup, office.office.recovery)
        hub = RunningHub(tmp_path / "new", announces=False)
        hub.start()
        wait_until(lambda: official.desk.link_state.state == "online")
        assert hub.office.certificate.epoch >= 2
        wait_until(lambda: hub.office.meeting(meeting).marks)
        office.secretary = office.office.desk()
        wait_until(lambda: office.secretary.hub_watch.condition.restoring)
        office.secretary.hub_watch.go_on().result(20)
        wait_until(lambda: texts(office.secretary, meeting) == ["sau khi tiếp quản"])
        office.office.close()
        hub.stop()
    assert check_data(tmp_path / "new") == []


def test_two_people_who_press_at_once_end_at_one_hub_with_everything(tmp_path: Path) -> None:
    with a_losing_office(tmp_path) as office:
        meeting = office.meeting
        second = office.newcomer(SECRETARY, "second")
        wait_until(lambda: has_papers(second, meeting))
        office.wait_for_standbys(office.chair, office.display)
        display = office.display.desk.profile.device
        there = second.standing_by.taking_over
        wait_until(lambda: display in {row.device for row in there.targets().result(20)})
        office.wait_for_the_copies()
        office.lose()
        wait_until(lambda: second.desk.link_state.state != "online")
        mine = office.chair.standing_by.taking_over.take_over(office.chair.desk.profile.device)
        theirs = there.take_over(display)
        assert mine.result(60) and theirs.result(60)
        homes = (office.chair, office.official, office.display, second)
        for number, home in enumerate(homes):
            note(home, meeting, f"{number}", ("everyone",)) if home is not office.display else None
        said = lambda home: [text for text in texts(home, meeting) if text.isdigit()]  # noqa: E731
        wait_until(lambda: all(said(home) == ["0", "1", "3"] for home in homes), 90)
        wait_until(lambda: len({home.desk.followed() for home in homes}) == 1)
        assert [home.desk.waiting() for home in homes] == [0] * 4
