"""The console's online meetings: into them and back on the display, and who is there."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import OnlineLink, SceneShown
from meetingroom.domain.ids import is_room
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.online_day import opens_itself, shown_link, shows_passcode
from meetingroom.services.calling import Ways
from meetingroom.ui.chair.lists import Do
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import Button, Label, ScrolledColumn, WrapRow, empty
from meetingroom.ui.online.checklist import Checklist
from meetingroom.ui.online.own_opening_line import OwnOpeningLine, counts_down
from meetingroom.ui.stage import moments
from meetingroom.ui.stage.call_words import in_call_words, warning_words
from meetingroom.ui.stage.online_words import service_words
from meetingroom.wording import tr

TICK_MS = 5_000
BEFORE = ("own", "show", "passcode")  # what is done also before the meeting is opened


class Online(ScrolledColumn):
    """One block a link; the display goes into the call and comes back to what the room saw."""

    def __init__(self, context: DeskContext, do: Do) -> None:
        super().__init__(tr("Online meetings"), 8)
        self._context, self._do = context, do
        self._meeting: Meeting | None = None
        self._before: SceneShown | None = None
        self._shown: object = None
        self._asked: set[str] = set()
        self.until = Label("", "strong", wraps=True)
        self.in_call = Label("", "body", wraps=True)
        self.there = Label("", "body", wraps=True)
        self._ways: dict[str, Ways] = {}
        self._links = QVBoxLayout()
        self._links.setSpacing(6)
        self.itself = OwnOpeningLine()
        self.column.addWidget(self.until)
        self.column.addWidget(self.in_call)
        self.column.addWidget(self.itself)
        self.column.addLayout(self._links)
        self.column.addWidget(self.there)
        self.checklist = Checklist(context)
        self.column.addWidget(self.checklist)
        self.column.addStretch(1)
        self.buttons: dict[str, Button] = {}
        context.bridge.meeting_changed.connect(lambda what: self._remember(what.meeting))
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._show_time)
        self._clock.start()

    def _remember(self, meeting: Meeting) -> None:
        """What the room saw before the call, to come back to, also while another list is seen."""
        if self._meeting is not None and meeting.id == self._meeting.id:
            self._note(meeting)

    def _note(self, meeting: Meeting) -> None:
        if meeting.scene.scene not in ("online", "black"):
            self._before = meeting.scene

    def show_meeting(self, meeting: Meeting, directory: Directory) -> None:
        """The links, what the display does, and who is online."""
        if self._meeting is None or self._meeting.id != meeting.id:
            self._before = None
        self._meeting = meeting
        self._note(meeting)
        self._look(meeting.issued.links if meeting.issued else ())
        rows = in_call_words(meeting, directory)
        self.in_call.setText("\n".join(filter(None, (tr("In the call"), rows))) if rows else "")
        self.in_call.setVisible(bool(rows))
        names = [
            directory.name_of(row.person) or row.person
            for row in meeting.presence.values()
            if row.way == "online" and not row.left_at
        ]
        told = tr("Online now: {0}").format(", ".join(names))
        self.there.setText(told if names else tr("Nobody has checked in online."))
        self._show_time()

    def show_checklist(self) -> None:
        """The checklist in sight, once everything has its place."""
        QTimer.singleShot(0, self, self._go_to_checklist)

    def _go_to_checklist(self) -> None:
        bar, place = self.verticalScrollBar(), self.checklist.pos().y()
        bar.setValue(min(place, bar.maximum()))

    def _show_links(self, meeting: Meeting) -> None:
        """Anew where something changed, or a passcode was hidden by itself."""
        links = meeting.issued.links if meeting.issued else ()
        is_open = shows_passcode(meeting.scene, moments.now())
        is_counting = counts_down(meeting)
        now = (meeting.scene, meeting.state, tuple(meeting.calls.values()))
        shown = (links, now, is_open, is_counting, dict(self._ways))
        if shown != self._shown:
            self._shown = shown
            self._list(meeting, links)

    def _look(self, links: tuple[OnlineLink, ...]) -> None:
        """Ask once of each link how it would be opened, and what warns of it."""
        calling = self._context.calling
        for link in links if calling is not None else ():
            key = f"{link.link} {link.url}"
            if key not in self._asked and calling is not None:
                self._asked.add(key)
                asked = calling.ways(link)
                self._context.bridge.when_done(asked, partial(self._on_ways, link))

    def _on_ways(self, link: OnlineLink, ways: Ways) -> None:
        self._ways[link.link] = ways
        if self._meeting is not None:
            self._show_links(self._meeting)

    def _show_time(self) -> None:
        meeting = self._meeting
        if meeting is None or meeting.issued is None:
            return
        self._show_links(meeting)
        itself = opens_itself(meeting)
        self.itself.show_meeting(meeting, self._warnings(itself) if itself else "")
        link = shown_link(meeting)
        self.checklist.setVisible(link is not None)
        if link is not None:
            self.checklist.show_link(meeting, link)
        if not meeting.issued.links:
            self.until.setText(tr("This meeting has no online part."))
            return
        minutes = (moments.local(meeting.issued.starts_at) - moments.now()) / timedelta(minutes=1)
        is_coming = meeting.state in ("issued", "open") and 0 < minutes < 24 * 60
        self.until.setText(
            tr("Starts in {0} minutes").format(max(1, round(minutes)))
            if is_coming
            else tr("Since {0}").format(f"{moments.local(meeting.issued.starts_at):%H:%M}")
            if meeting.state == "open"
            else ""
        )

    def _list(self, meeting: Meeting, links: tuple[OnlineLink, ...]) -> None:
        empty(self._links)
        self.buttons = {}
        for link in links:
            self._links.addWidget(Label(link.title or link.url, "section", wraps=True))
            self._links.addWidget(Label(_told(link), "small", "ink_soft", wraps=True))
            warned = self._warnings(link)
            if warned:
                words = tr("Look at this address before it is opened: {0}").format(link.url)
                self._links.addWidget(Label(f"{words}\n{warned}", "body", "attention", wraps=True))
            self._links.addWidget(self._acts(meeting, link))

    def _warnings(self, link: OnlineLink) -> str:
        ways = self._ways.get(link.link)
        return warning_words(ways.warnings) if ways is not None else ""

    def _acts(self, meeting: Meeting, link: OnlineLink) -> QWidget:
        holder = QWidget()
        row = WrapRow(holder)
        scene = meeting.scene
        is_here = scene.scene == "online" and scene.link in ("", link.link)
        is_in = is_here and scene.join
        is_away = any(
            call.is_in and call.link == link.link and is_room(call.who)
            for call in meeting.calls.values()
        )
        is_open = is_here and shows_passcode(scene, moments.now())
        acts: list[tuple[str, str, str, Callable[[], None], bool]] = [
            ("join", tr("Enter it on the display"), "primary", lambda: self.on_join(link), True),
            ("back", tr("Back from the call"), "accent", self.on_back, is_here or is_away),
            ("show", tr("Show how to join"), "outlined", lambda: self.on_show(link), not is_here),
            ("own", tr("Enter it on this laptop"), "outlined", lambda: self.on_own(link), True),
            ("passcode", tr("Hide the passcode") if is_open else tr("Show the passcode"),
             "outlined", lambda: self.on_passcode(link), True),
        ]  # fmt: skip
        if not link.url:
            acts = [row for row in acts if row[0] in ("back", "show")]
        elif not link.secret:
            acts = acts[:-1]
        is_warned = bool(self._warnings(link))
        for key, words, kind, act, is_offered in acts:
            is_quiet = key == "join" and (is_in or is_warned)
            button = Button(
                self._words(
                    key, words, is_in=is_in, is_warned=is_warned, is_counting=counts_down(meeting)
                )
            )
            button.set_kind("outlined" if is_quiet else kind)  # type: ignore[arg-type]
            button.clicked.connect(lambda _checked=False, act=act: act())
            button.setEnabled(is_offered and (key in BEFORE or meeting.state == "open"))
            self.buttons[f"{key} {link.link}"] = button
            row.addWidget(button)
        return holder

    @staticmethod
    def _words(key: str, words: str, *, is_in: bool, is_warned: bool, is_counting: bool) -> str:
        if is_warned and key == "join":
            return tr("Open it on the display all the same")
        if is_warned and key == "own":
            return tr("Open it on this laptop all the same")
        if key == "back" and is_counting:
            return tr("Not now")
        return tr("Enter it again") if key == "join" and is_in else words

    # --- acting ---------------------------------------------------------------------------

    def on_join(self, link: OnlineLink) -> None:
        """The display steps aside for the call; it is unlocked for that where it is locked."""
        if self._meeting is not None:
            confirmed = bool(self._warnings(link))  # the press under the warning is the word
            entering = self._context.leading.enter_call(
                self._meeting.id, link.link, confirmed=confirmed
            )
            self._do(entering)

    def on_back(self) -> None:
        """The display over the call again, with what the room saw before."""
        meeting = self._meeting
        if meeting is None:
            return
        self._do(self._context.leading.leave_call(meeting.id))
        if meeting.scene.scene not in ("online", "black"):
            return  # the room sees something else already, while the call went on
        item = SceneShown(scene="item" if meeting.current_item else "lobby")
        before = self._before or item
        if before.scene == "paper" and before.paper in meeting.papers:
            stage = self._context.desk.stage(meeting.id)
            is_same = stage.paper == before.paper
            page, view = (stage.page, stage.view) if is_same else (0, None)
            self._do(self._context.leading.show_paper(meeting.id, before.paper, page, view))
        else:
            self._do(self._context.leading.show_again(meeting.id, before))

    def on_show(self, link: OnlineLink) -> None:
        """The address as a picture code, for the room."""
        if self._meeting is not None:
            self._do(self._context.leading.show_scene(self._meeting.id, "online", link.link))

    def on_passcode(self, link: OnlineLink) -> None:
        """Large on the display for a while; pressed again it is hidden."""
        meeting, leading = self._meeting, self._context.leading
        if meeting is None:
            return
        if shows_passcode(meeting.scene, moments.now()):
            self._do(leading.show_scene(meeting.id, "online", link.link))
        else:
            self._do(leading.show_passcode(meeting.id, link.link))

    def on_own(self, link: OnlineLink) -> None:
        """Into the call from this laptop."""
        calling, meeting = self._context.calling, self._meeting
        if calling is not None and meeting is not None:
            confirmed = bool(self._warnings(link))
            self._do(calling.open(meeting.id, link.link, confirmed=confirmed))


def _told(link: OnlineLink) -> str:
    if not link.url:
        contact = tr("Technician: {0}").format(link.contact) if link.contact else ""
        return " · ".join(filter(None, (service_words(link), link.site, contact)))
    number = tr("number {0}").format(link.meeting_number) if link.meeting_number else ""
    passcode = (
        tr("the passcode is known and filled in")
        if link.secret is not None
        else tr("no passcode is known: it has to be typed if the service asks")
    )
    return " · ".join(filter(None, (urlsplit(link.url).netloc, number, passcode)))


def online_count(meeting: Meeting) -> str:
    """For the tab: how many are online."""
    there = sum(row.way == "online" and not row.left_at for row in meeting.presence.values())
    return str(there) if there else ""
