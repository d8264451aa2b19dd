"""What a paper's handling mark, or its audience, lets people take away from the program.

"Xem xong trả lại" comes back after the meeting: nothing of it is printed or copied. "Lưu hành
nội bộ" and papers for named persons may be printed, with the name of who did it on every
sheet, but leave the program as no file that could be sent on. Marks of urgency limit nothing.
"""

import msgspec

from meetingroom.domain.meeting import Paper

INTERNAL, RETURN = "internal", "return"


class Allowed(msgspec.Struct, frozen=True, kw_only=True):
    """What may be done; `reason` is the code of a known error where something may not."""

    prints: bool = True
    copies: bool = True
    is_marked: bool = False
    reason: str = ""


def allowed(paper: Paper) -> Allowed:
    """What a reader of a paper may take away."""
    marks = paper.handling.split(",")
    if RETURN in marks:
        return Allowed(prints=False, copies=False, reason="handling.return")
    if INTERNAL in marks:
        return Allowed(copies=False, is_marked=True, reason="handling.internal")
    if paper.is_restricted:
        return Allowed(copies=False, is_marked=True, reason="handling.named")
    return Allowed()
