"""The console's further lists, between the roll call and what only the chair sees."""

from meetingroom.ui.chair.feed import Story
from meetingroom.ui.chair.lists import ListTab
from meetingroom.ui.chair.online import Online, online_count
from meetingroom.ui.chair.opinions import Opinions, heard_count
from meetingroom.ui.chair.speakers import Speakers, waiting_count
from meetingroom.ui.chair.votes import Votes, running_count
from meetingroom.ui.purging.page import PurgingPage
from meetingroom.ui.rehearsing.page import RehearsalPage
from meetingroom.wording import tr

MORE_LISTS: tuple[ListTab, ...] = (
    ListTab("speakers", lambda: tr("Speakers"), Speakers, waiting_count),
    ListTab("votes", lambda: tr("Votes"), Votes, running_count),
    ListTab("opinions", lambda: tr("Opinions"), Opinions, heard_count),
    ListTab("online", lambda: tr("Online", "scene"), Online, online_count),
    ListTab("story", lambda: tr("What happened"), Story),
    ListTab(
        "rehearsal",
        lambda: tr("Check the room", "tab"),
        lambda context, _do: RehearsalPage(context),
    ),
    ListTab(
        "purging",
        lambda: tr("Withdraw", "tab"),
        lambda context, _do: PurgingPage(context),
        lambda meeting: str(len(meeting.purges) or ""),
    ),
)
