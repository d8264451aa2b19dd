"""The beats of the session: what happens from half past seven to the close, in order."""

from collections.abc import Callable

from meetingroom.demo.hands import StoryError
from meetingroom.demo.session import READERS, Session

Beat = Callable[[Session], None]
LATE, ABSENT, ONLINE = "Đặng Văn Thắng", "Giàng A Chống", "Lê Thanh Bình"
BY_PHONE = "Tẩn Mùi Phin"
YES, NO, OTHER = 0, 1, 2
BUDGET_MOTION = "Thông qua dự toán thu, chi ngân sách năm 2027"
PLAN_MOTION = "Thông qua kế hoạch phòng, chống đói, rét"
STAFF_MOTION = "Nhân sự Ban chỉ đạo phòng, chống rét"
SPEAKERS_ON_REPORT = ("Phùng Chẳn Lìn", "Tẩn Mùi Phin", "Hoàng Thị Nhung", "Vàng Seo Dín")
ASKERS_ON_BUDGET = ("Vi Thị Lan", "Lương Văn Kiên", "Đỗ Thúy Quỳnh")
SPEAKERS_ON_PLAN = ("Cư A Tủa", "Lò Thị Ươm")
MEMBERS_OF_CROWD = (
    "Triệu Tiến Sơn", "Nguyễn Thị Minh Thu", "Dương Quang Huy", "Đặng Văn Thắng", "Bàn Tiến Lương",
)  # fmt: skip


def rehearsal(on: Session) -> None:
    """Half an hour before: every laptop and the display are asked whether they are ready."""
    on.at("07:30")
    on.do("chair", "lead")
    levels = on.do("chair", "rehearse")
    if len(levels) < len(on.crowd):
        raise StoryError(f"only {len(levels)} computers told whether they are ready")
    on.see("chair", "console-rehearsal")


def people_come(on: Session) -> None:
    """The lobby fills; one is excused, one joins from outside."""
    on.at("07:48")
    on.all("open_papers")
    on.do("chair", "open_papers")
    on.unlock()
    on.of_crowd(ABSENT, "excuse", reason="Đi tập huấn ở tỉnh")
    for name in on.crowd:
        if name not in (LATE, ABSENT, BY_PHONE):
            on.of_crowd(name, "check_in", way="online" if name == ONLINE else "room")
    on.check_in_by_phone(BY_PHONE)
    on.all("here")
    on.do("chair", "call_roll", names=["Hoàng Văn Páo"])
    on.see("display", "lobby")
    on.see("chair", "console-roll")
    on.see("deputy", "reader-before")


def opening(on: Session) -> None:
    """Eight o'clock: the meeting opens, its agenda is agreed to."""
    on.at("08:00")
    on.do("chair", "open_meeting")
    on.do("chair", "go_to_item", number=1)
    on.do("chair", "show_paper", number="1.1")
    on.do("display", "display_at", scene="paper", number="1.1", page=1)
    on.see("display", "paper")
    on.do("chair", "prepare_motion", text=BUDGET_MOTION)
    on.at("08:07")
    on.of_crowd(LATE, "check_in")


def report(on: Session) -> None:
    """The presenter turns the pages and everyone follows; five speak."""
    on.at("08:09")
    on.do("chair", "go_to_item", number=2)
    on.do("display", "display_at", scene="item")
    on.later(2)
    on.see("display", "item")
    on.do("chair", "show_paper", number="2.1")
    on.all("follow", ("deputy", "culture"), following=True)
    on.do("chair", "let_presenter_turn")
    page = 1
    for _ in range(3):
        on.later(2)
        page = on.do("economy", "turn_for_all")
        on.all("at_page", ("deputy", "culture"), number="2.1", page=page)
    on.do("display", "display_at", scene="paper", number="2.1", page=page)
    on.see("economy", "reader-presenting")
    on.see("deputy", "reader-following")
    on.see("chair", "console-agenda")
    on.do("economy", "give_back")
    on.at("08:18")
    for name in SPEAKERS_ON_REPORT:
        on.of_crowd(name, "ask_to_speak", item=2)
    on.do("chair", "waiting", count=4)
    on.do("deputy", "ask_to_speak")
    on.do("chair", "waiting", count=5)
    on.do("chair", "see_console", tab="speakers")
    on.see("chair", "console-queue")
    on.see("deputy", "reader-asked")
    on.do("chair", "show_scene", scene="item")
    for minutes in (4, 3, 5.5, 2):
        on.do("chair", "call_next")
        on.do("display", "display_at", scene="speaker")
        on.later(minutes - 1)
        if minutes == 3:
            on.see("display", "speaker")
            on.see("chair", "console-speaker")
        if minutes == 5.5:
            on.later(1)
            on.see("display", "speaker-over")
        on.do("chair", "end_speech")
    on.do("chair", "call_next")
    on.later(4.5)
    on.see("deputy", "reader-speaking")
    on.do("deputy", "finish")


def budget(on: Session) -> None:
    """Questions and opinions; an open vote on the motion that was prepared."""
    on.at("08:44")
    on.do("chair", "go_to_item", number=3)
    on.do("chair", "show_paper", number="3.1")
    for name in ASKERS_ON_BUDGET:
        on.of_crowd(name, "ask_to_speak", item=3, is_question=True)
    on.of_crowd("Cư A Tủa", "think", text="Đề nghị tăng dự phòng cho thôn vùng cao.",
                paper="3.1", page=0)  # fmt: skip
    on.do("chair", "waiting", count=3)
    on.do("chair", "show_scene", scene="item")
    for _ in ASKERS_ON_BUDGET:
        on.do("chair", "call_next")
        on.later(2)
        on.do("chair", "end_speech")
    on.do("chair", "show_opinion")
    on.do("display", "display_at", scene="opinion")
    on.see("display", "opinion")
    on.see("chair", "console-opinions")
    on.see("culture", "reader-opinion")
    on.at("08:55")
    on.do("chair", "put_prepared")
    on.do("display", "display_at", scene="vote")
    on.see("deputy", "reader-vote")
    for reader in READERS:
        on.do(reader, "vote", choice=YES)
    for name in MEMBERS_OF_CROWD:
        on.of_crowd(name, "vote", choice=OTHER if name == LATE else YES)
    on.do("chair", "voted", count=8)
    on.see("display", "vote")
    on.see("chair", "console-vote")
    _expect(on.do("chair", "close_vote"), [7, 0, 1])
    on.do("display", "display_at", scene="result")
    on.see("display", "result")
    on.see("culture", "reader-result")


def pause(on: Session) -> None:
    """A quarter of an hour."""
    on.at("09:00")
    on.do("display", "take_a_break", minutes=15)
    on.do("display", "display_at", scene="break")
    on.later(4)
    on.see("display", "break")


def plan(on: Session) -> None:
    """The plan: the hub is lost while the vote runs."""
    on.at("09:16")
    on.do("chair", "go_to_item", number=4)
    on.do("chair", "show_paper", number="4.1")
    on.do("display", "display_at", scene="paper", number="4.1", page=1)
    on.do("chair", "write_for_all")
    on.do("chair", "point")
    on.see("display", "paper-ink")
    on.see("deputy", "reader-laser")
    on.do("chair", "stop_pointing")
    on.do("chair", "summon")
    on.do("economy", "is_summoned")
    on.see("economy", "reader-summoned")
    speak_each(on, 4, SPEAKERS_ON_PLAN, 3)
    on.at("09:30")
    on.do("chair", "put_to_the_vote", text=PLAN_MOTION)
    for reader in READERS:
        on.do(reader, "vote", choice=YES)
    on.of_crowd("Triệu Tiến Sơn", "vote", choice=YES)
    on.do("chair", "has_standbys", count=2)
    on.lose_hub()
    on.do("chair", "may_take_over")
    on.see("chair", "console-hub-away")
    on.see("deputy", "reader-hub-away")
    on.see("display", "hub-away")
    on.take_over()
    on.see("chair", "console-taken-over")
    for name in MEMBERS_OF_CROWD[1:]:
        on.of_crowd(name, "vote", choice=YES)
    on.do("chair", "voted", count=8)
    _expect(on.do("chair", "close_vote"), [8, 0, 0])
    on.old_hub_returns()
    on.agree()


def staff(on: Session) -> None:
    """People are chosen by a show of hands, counted by two."""
    on.at("09:41")
    on.do("chair", "go_to_item", number=5)
    on.do("chair", "put_to_the_vote", text=STAFF_MOTION, way="hands")
    on.do("display", "display_at", scene="vote")
    on.see("display", "vote-hands")
    on.do("chair", "count_hands", counts=[8, 0, 0])
    on.do("secretary", "lead")
    on.do("secretary", "count_hands", counts=[8, 0, 0])
    _expect(on.do("chair", "result"), [8, 0, 0])


def speak_each(on: Session, item: int, names: tuple[str, ...], minutes: float) -> None:
    """People of the crowd ask, are called one after another, and are ended."""
    for name in names:
        on.of_crowd(name, "ask_to_speak", item=item)
    on.do("chair", "waiting", count=len(names))
    for _ in names:
        on.do("chair", "call_next")
        on.later(minutes)
        on.do("chair", "end_speech")


def province(on: Session) -> None:
    """The room joins the province's meeting and comes back."""
    on.at("09:50")
    on.do("chair", "go_to_item", number=6)
    opened = on.do("display", "join_online")
    if not opened:
        raise StoryError("the online meeting was not opened")
    on.see("display", "online")


def close(on: Session) -> None:
    """What remains, and the close."""
    on.at("10:06")
    on.do("chair", "go_to_item", number=7)
    on.do("display", "display_at", scene="item")
    speak_each(on, 7, ("Trần Quốc Đạt", "Chu Thị Ngọc"), 3)
    on.of_crowd("Vi Thị Lan", "leave")
    on.at("10:15")
    on.do("chair", "go_to_item", number=8)
    on.later(3)
    on.see("chair", "console-end")
    on.do("chair", "close_meeting")
    on.all("closed", ("secretary", "chair", *READERS))
    on.agree()


BEATS: tuple[Beat, ...] = (
    rehearsal, people_come, opening, report, budget, pause, plan, staff, province, close,
)  # fmt: skip


def _expect(found: list[int], wanted: list[int]) -> None:
    if list(found) != wanted:
        raise StoryError(f"the vote came out as {found}, not {wanted}")
