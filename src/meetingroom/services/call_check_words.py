"""The rows of the checklist before an online meeting, in words: what it is, and what to do."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from meetingroom.domain.call_check import CheckRow
from meetingroom.wording import tr

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SHOWN = 3  # names of devices

Words = tuple[str, str]


def row_words(row: CheckRow) -> Words:
    """(what it is and how it stands, what to do; "" where nothing is)."""
    said, advice = _WORDS[row.code](row)
    return said, "" if row.is_done else advice


def _hub(row: CheckRow) -> Words:
    if row.level == "good":
        return tr("This laptop is connected to the hub"), ""
    return (
        tr("This laptop is not connected to the hub"),
        tr("The list is as it was last; look at the network."),
    )


def _display(row: CheckRow) -> Words:
    match row.level:
        case "good":
            return tr("The display's computer answers"), ""
        case "wait":
            return tr("The display's computer was not asked yet"), tr("Press “Check now”.")
        case _:
            return (
                tr("The display's computer does not answer"),
                tr("Turn it on and start the program there."),
            )


def _screen(row: CheckRow) -> Words:
    match row.fields["state"]:
        case "there":
            size = f"{row.fields['width']} × {row.fields['height']}"
            told = ", ".join(part for part in (row.fields["name"], size) if part)
            return tr("Large screen: {0}").format(told), ""
        case "lost":
            return tr("The large screen is away"), tr("Look at its cable and its power.")
        case "none":
            return (
                tr("The display is not shown on any screen"),
                tr("Plug the large screen in and start the display there."),
            )
        case _:
            return tr("Large screen"), tr("See that the room's picture is on it, and tick.")


def _sound(row: CheckRow) -> Words:
    names = _names(row)
    said = tr("Loudspeaker: {0}").format(names) if names else tr("Loudspeaker")
    if row.fields["own"]:
        return said, tr("Have the other side speak; tick when you hear it.")
    if row.level == "look":
        return tr("No loudspeaker is plugged in"), tr("Plug it in and check again.")
    match row.fields["sound"]:
        case "played":
            advice = tr("The tone was played. Heard in the room? Tick. If not, turn it up.")
        case "no_player":
            advice = tr("This computer cannot play the tone: play any sound there, then tick.")
        case "failed":
            advice = tr("The tone could not be played: look at the sound settings there.")
        case _:
            advice = tr("Press “Test tone”; tick when it is heard in the room.")
    return said, advice


def _microphone(row: CheckRow) -> Words:
    if row.level == "look":
        return tr("No microphone is plugged in"), tr("Plug it in and check again.")
    if row.level == "good":
        return tr("Microphone: {0}").format(_names(row)), ""
    return tr("Microphone"), tr("See that it is on and unmuted, and tick.")


def _camera(row: CheckRow) -> Words:
    if row.level == "look":
        return tr("No camera is plugged in"), tr("Plug it in and check again.")
    if row.level == "good":
        return tr("Camera: {0}").format(_names(row)), ""
    return tr("Camera"), tr("See that it is on and shows the room, and tick.")


def _link(row: CheckRow) -> Words:
    host, problem = row.fields["host"], row.fields["problem"]
    match row.level:
        case "good":
            return tr("Online meeting: {0} answers").format(host), ""
        case "wait":
            return tr("Online meeting: {0} is being tried").format(host), ""
        case "hand":
            return tr("Way to the online meeting: {0}").format(host), tr("Press “Check now”.")
    told = {
        "reach.no_name": tr("Online meeting: {0} is not found"),
        "reach.untrusted": tr("Online meeting: {0} answers, but is not to be trusted"),
        "reach.no_answer": tr("Online meeting: {0} does not answer"),
    }.get(problem, tr("Online meeting: {0} cannot be reached"))
    return told.format(host), tr("Look at the display's way to the Internet and at the link.")


def _program(row: CheckRow) -> Words:
    match row.fields["state"]:
        case "program":
            return tr("Opens with the program of {0}").format(row.fields["program"]), ""
        case "browser":
            return tr("Opens in the browser"), ""
        case "unsafe":
            return (
                tr("The address is not what it seems; nothing opens it by itself"),
                tr("Compare it with the letter, or ask who invites."),
            )
        case _:
            return tr("The program of the service"), tr("Press “Check now”.")


def _system(_row: CheckRow) -> Words:
    return (
        tr("The higher level's own video system"),
        tr("Have it turned on and connected, and the large screen switched over; then tick."),
    )


def _power(row: CheckRow) -> Words:
    if row.level == "good":
        return tr("The display's computer is on mains"), ""
    words = tr("The display's computer runs on battery ({0} %)").format(row.fields["share"])
    return words, tr("Plug its charger in.")


def _contact(row: CheckRow) -> Words:
    match row.fields["state"]:
        case "phone":
            return tr("Technician: {0}").format(row.fields["contact"]), ""
        case "name":
            return (
                tr("Technician: {0}").format(row.fields["contact"]),
                tr("Without a telephone number: ask for it, and tick."),
            )
        case _:
            return (
                tr("Nobody is named who helps when it does not work"),
                tr("Look at the invitation for whom to call, and tick."),
            )


def _test(row: CheckRow) -> Words:
    at: datetime = row.fields["at"]
    words = tr("Technical check at {0}").format(f"{at.astimezone(ZONE):%H:%M}")
    if row.level == "wait":
        return words, tr("Be connected by then.")
    return words, tr("Was it done? Tick.")


def _names(row: CheckRow) -> str:
    return ", ".join(row.fields["names"][:SHOWN])


_WORDS: dict[str, Callable[[CheckRow], Words]] = {
    "hub": _hub,
    "display": _display,
    "screen": _screen,
    "sound": _sound,
    "microphone": _microphone,
    "camera": _camera,
    "link": _link,
    "program": _program,
    "system": _system,
    "power": _power,
    "contact": _contact,
    "test": _test,
}
