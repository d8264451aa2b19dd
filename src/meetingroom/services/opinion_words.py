"""Opinions and answers in words, the same on every screen and in every list."""

from meetingroom.domain.directory import Directory
from meetingroom.domain.ids import CHAIR, EVERYONE, SECRETARY
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.opinions import Opinion
from meetingroom.wording import tr


def answer_words(answer: str) -> str:
    """How an opinion was answered."""
    words = {
        "accepted": tr("Accepted"),
        "explained": tr("Explained"),
        "noted": tr("Noted"),
    }
    return words.get(answer, "")


def audience_words(audience: tuple[str, ...]) -> str:
    """For whom an opinion is."""
    words = set(audience or (EVERYONE,))
    if EVERYONE in words:
        return tr("Everyone at the meeting")
    if words == {SECRETARY, CHAIR}:
        return tr("Chair and secretary")
    return tr("The chair") if CHAIR in words else tr("The secretary")


def place_words(meeting: Meeting, item: str, paper: str, page: int) -> str:
    """What an opinion is about: a page, a paper, an item, or the meeting."""
    known = meeting.papers.get(paper) or meeting.removed_papers.get(paper)
    if known is not None:
        title = f"{meeting.number_of(paper)} {known.title}".strip()
        return tr("{0}, page {1}").format(title, page + 1) if page >= 0 else title
    agenda = meeting.issued.agenda if meeting.issued else ()
    number = next((n for n, row in enumerate(agenda, 1) if row.item == item), 0)
    if number:
        return tr("Item {0}. {1}").format(number, agenda[number - 1].title)
    return tr("The meeting as a whole")


def where(meeting: Meeting, opinion: Opinion) -> str:
    """What an opinion is about, in words."""
    given = opinion.given
    return place_words(meeting, given.item, given.paper, given.page)


def author_name(directory: Directory, opinion: Opinion) -> str:
    return directory.name_of(opinion.author) or opinion.author


def in_agenda_order(meeting: Meeting, opinions: list[Opinion]) -> list[Opinion]:
    """By item, paper and page; of one place the oldest first."""
    items = [row.item for row in meeting.issued.agenda] if meeting.issued else []
    papers = [row.paper for row in meeting.in_reading_order()]

    def place(opinion: Opinion) -> tuple[int, int, int, str]:
        given = opinion.given
        known = meeting.papers.get(given.paper)
        item = known.item if known else given.item
        at = items.index(item) if item in items else -1
        paper = papers.index(given.paper) if given.paper in papers else -1
        return at, paper, given.page, opinion.at

    return sorted(opinions, key=place)
