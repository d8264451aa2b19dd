"""What the screens say of an online meeting: its service, who invites, from where."""

from datetime import datetime
from urllib.parse import urlsplit

from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import OnlineLink
from meetingroom.domain.meeting import Meeting
from meetingroom.ui.stage import moments
from meetingroom.wording import tr

_titles: dict[str, str] = {}
WRITTEN = "điểm cầu"  # as letters begin it
HOUR, DAY = 3600, 24 * 3600


def know_title(url: str, title: str) -> None:
    """What people call the service of an address, once the list of services was asked."""
    _titles[url] = title


def service_of(url: str) -> str:
    """The service an address belongs to; until that is known its host."""
    return _titles.get(url) or (urlsplit(url).hostname or "").removeprefix("www.")


def service_words(link: OnlineLink) -> str:
    """What the meeting runs on."""
    return service_of(link.url) if link.url else tr("The higher level's own video system")


def site_words(link: OnlineLink | None, meeting: Meeting, directory: Directory) -> str:
    """From where the office takes part: its own name where nobody said."""
    if link is not None and link.site:
        site = link.site
    else:
        body = directory.bodies.get(meeting.issued.body) if meeting.issued else None
        office = directory.office.name if directory.office else ""
        site = body.name if body else office
    if site.casefold().startswith(WRITTEN):
        site = site[len(WRITTEN) :].strip(" :")
    return tr("Site: {0}", "of an online meeting").format(site) if site else ""


def inviter_words(link: OnlineLink) -> str:
    """Who holds the meeting; "" where nobody said."""
    return tr("{0} invites").format(link.organiser) if link.organiser else ""


def online_line(link: OnlineLink, meeting: Meeting, directory: Directory) -> str:
    """All of it in a line: over what, who invites, from where, and who helps."""
    helper = tr("Technician: {0}").format(link.contact) if link.contact and not link.url else ""
    told = (inviter_words(link), site_words(link, meeting, directory), helper)
    return "   ·   ".join(filter(None, (service_words(link), *told)))


def time_left(moment: datetime) -> tuple[str, str]:
    """(figure, unit) until a moment to come: hours, then minutes and seconds as on a clock."""
    seconds = max(0, int((moment - moments.now()).total_seconds()))
    if seconds >= DAY:
        return f"{moments.local(moment.isoformat()):%H:%M}", ""
    if seconds >= HOUR:
        return f"{seconds // HOUR}:{seconds % HOUR // 60:02d}", tr(" hours")
    return f"{seconds // 60:02d}:{seconds % 60:02d}", ""
