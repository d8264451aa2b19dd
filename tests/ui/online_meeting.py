"""A meeting with an online part, issued with whatever the test says of it."""

import msgspec

ADDRESS = "https://zoom.us/j/81234567890"
PASSCODE = "482915"


def online_meeting(office, *, passcode: str = "", draft: dict | None = None, **said: object) -> str:
    """The meeting's id; `said` are values of its only link, `draft` those of the meeting."""
    drafting = office.secretary.drafting
    made = office.draft(**(draft or {}))
    address = f"{ADDRESS}?pwd={passcode}" if passcode else ADDRESS
    drafting.add_files(made.meeting, "item-2", [office.paper("2.1 Báo cáo.pdf")]).result(10)
    made = drafting.add_link(made.meeting, "Hội nghị tỉnh", address).result(10)
    link = msgspec.structs.replace(made.links[0], **said)
    drafting.adopt(msgspec.structs.replace(made, links=(link,))).result(10)
    office.secretary.issuing.issue(made.meeting).result(30)
    return made.meeting
