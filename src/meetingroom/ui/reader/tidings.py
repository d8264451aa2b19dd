"""What a reader is told over the pages: what changed, the online meeting, what is here."""

from PySide6.QtCore import QObject

from meetingroom.domain.call_rights import may_join
from meetingroom.domain.errors import MeetingError
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.meeting import Meeting
from meetingroom.sentences import sentence_of
from meetingroom.services import reading as reading_service
from meetingroom.services.issuing import Change, changes_since
from meetingroom.ui.context import DeskContext
from meetingroom.ui.controls import InfoBar, StatusLine
from meetingroom.ui.reader.changes import changes_words
from meetingroom.wording import tr

SAFE = ("https://", "http://", "mailto:")


class Tidings(QObject):
    """Speaks in the info bar and in the status line; knows one meeting."""

    def __init__(self, context: DeskContext, info: InfoBar, status: StatusLine) -> None:
        super().__init__(info)
        self._context, self.info, self.status = context, info, status
        self.meeting_id = self._address = ""
        info.action_requested.connect(self.on_info_action)
        context.bridge.paper_arrived.connect(lambda _what: self.show_status())

    @property
    def meeting(self) -> Meeting | None:
        return self._context.desk.meeting(self.meeting_id)

    def tell_changes(self, meeting: Meeting, seen: reading_service.Seen) -> None:
        changes: list[Change] = []
        if seen.revision:
            changes = changes_since(meeting, seen.revision, seen.versions)
        if changes:
            revision = meeting.issued.revision if meeting.issued else 0
            title, seen_it = tr("Revision {0}: what changed").format(revision), tr("Seen")
            self.info.tell("attention", title, changes_words(changes), ((seen_it, "seen"),))
        else:
            self._context.reading.keep_seen(meeting.id)

    def on_info_action(self, key: str) -> None:
        self.info.withdraw()
        link = self.link()
        if key == "seen":
            self._context.reading.keep_seen(self.meeting_id)
        elif key == "link":
            self._context.open_address(self._address)
        elif key == "join" and link is not None:
            self._join(link)

    def _join(self, link: OnlineLink) -> None:
        calling = self._context.calling
        if calling is not None:
            opened = calling.open(self.meeting_id, link.link)
            self._context.bridge.when_done(opened, None, self.complain)

    def link(self) -> OnlineLink | None:
        """The first online meeting that this person may join from here."""
        meeting = self.meeting
        if meeting is None or meeting.issued is None:
            return None
        me = self._context.me
        links = (one for one in meeting.issued.links if one.url and may_join(me, one, meeting))
        return next(links, None)

    def on_online(self) -> None:
        """Show the address; it opens only after a second touch."""
        link = self.link()
        if link is not None:
            words = tr("Open the online meeting: {0}").format(link.title)
            actions = ((tr("Join"), "join"), (tr("Later"), "later"))
            self.info.tell("good", words, link.url, actions, icon="video")

    def show_status(self) -> None:
        meeting = self.meeting
        if meeting is None or meeting.issued is None:
            return
        desk = self._context.desk
        blobs = [paper.current.blob for paper in meeting.papers.values()]
        ask = desk.run(lambda: sum(desk.blobs.path(blob) is not None for blob in blobs))
        revision = meeting.issued.revision

        def got(here: int) -> None:
            words = tr("{0}/{1} papers, revision {2}").format(here, len(blobs), revision)
            is_whole = here == len(blobs)
            icon, role = ("check", "good") if is_whole else ("download", "accent")
            self.status.set_segment("papers", icon, words, role)

        self._context.bridge.when_done(ask, got)

    def offer_link(self, address: str) -> None:
        """A link on a page leads outside: it opens only after a second touch."""
        self._address = address
        if address.lower().startswith(SAFE):
            actions = ((tr("Open the link"), "link"), (tr("Later"), "later"))
            self.info.tell("attention", tr("This link leads outside the papers."), address, actions)
        else:
            words = tr("This link is not opened: it does not lead to a web page.")
            self.info.tell("attention", words, address)

    def complain(self, error: MeetingError) -> None:
        """Say what could not be done."""
        self.info.tell("attention", sentence_of(error))
