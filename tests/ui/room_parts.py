"""Parts of the reading room and lists of the console on a real office, for several tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from meetingroom.ui.controls import Button
from meetingroom.ui.reader.taking_part import TakingPart


def part_of(context, meeting: str, kind: type, qtbot):
    """One part of what a person does in a meeting, within the row of all parts."""
    parts = TakingPart(context)
    qtbot.addWidget(parts)
    parts.open_meeting(meeting)
    found = next(part for part in parts.parts if isinstance(part, kind))
    found.kept_with = parts  # the row lives as long as the part does
    return found


@contextmanager
def console_list(kind: type, context, meeting: str, qtbot) -> Iterator[object]:
    """A list of the console, shown anew at each change; an error of an errand fails the test."""
    made = kind(context, lambda future: context.bridge.when_done(future, None, _raise))
    qtbot.addWidget(made)

    def show(what):
        made.show_meeting(what.meeting, context.desk.directory)

    context.bridge.meeting_changed.connect(show)
    made.show_meeting(context.desk.meeting(meeting), context.desk.directory)
    yield made
    context.bridge.meeting_changed.disconnect(show)


def _raise(error):
    raise error


def press(office, root, words: str) -> None:
    """Press a button once it is there."""

    def found():
        rows = root.findChildren(Button)
        return next((b for b in rows if b.text() == words and not b.isHidden()), None)

    office.wait(found)
    found().click()
