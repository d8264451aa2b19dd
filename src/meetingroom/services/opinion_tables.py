"""Opinions and answers in writing as lines of a table, for Excel and for the minutes."""

from meetingroom.domain.directory import Directory
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.records import moment_of
from meetingroom.services.opinion_words import (
    answer_words,
    audience_words,
    author_name,
    in_agenda_order,
    place_words,
    where,
)
from meetingroom.wording import tr

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def opinion_table(meeting: Meeting, directory: Directory) -> Table:
    """One line an opinion, by item and page, with what was answered."""
    header = (
        tr("About", "place"),
        tr("Person"),
        tr("Opinion"),
        tr("For whom"),
        tr("Time"),
        tr("How it was answered"),
        tr("Answer"),
        tr("Remark"),
    )
    heard = [row for row in meeting.opinions.given.values() if not row.refusal]
    rows: list[tuple[str, ...]] = []
    for one in in_agenda_order(meeting, heard):
        answer = meeting.opinions.answers.get(one.id)
        rows.append(
            (
                where(meeting, one),
                author_name(directory, one),
                one.given.text,
                audience_words(one.audience),
                _time(one.at),
                answer_words(answer.fact.answer) if answer else "",
                answer.fact.text if answer else "",
                tr("Sent late") if one.is_late else "",
            )
        )
    return header, rows


def answer_table(meeting: Meeting, directory: Directory) -> Table:
    """One line a person asked in writing, those without an answer too."""
    header = (
        tr("Question", "in writing"),
        tr("About", "place"),
        tr("Person"),
        tr("Choice"),
        tr("Words"),
        tr("Time"),
        tr("Remark"),
    )
    rows: list[tuple[str, ...]] = []
    for asked in meeting.opinions.consultations.values():
        opened = asked.opened
        place = place_words(meeting, opened.item, opened.paper, -1)
        for person in opened.people:
            answer = asked.answers.get(person)
            late = answer is not None and asked.is_after_due(answer)
            rows.append(
                (
                    opened.question,
                    place if opened.item or opened.paper else "",
                    directory.name_of(person),
                    answer.fact.choice if answer else "",
                    answer.fact.text if answer else "",
                    _time(answer.at) if answer else "",
                    tr("after the day it was due") if late else _missing(is_there=bool(answer)),
                )
            )
    return header, rows


def _missing(*, is_there: bool) -> str:
    return "" if is_there else tr("Not answered yet")


def _time(at: str) -> str:
    return f"{moment_of(at).astimezone():%Y-%m-%d %H:%M:%S}" if at else ""
