"""What a motion needs to pass: rules by name, as meeting types and votes name them.

Which rule holds for which kind of meeting is the office's to set; nothing here is law.
"""

MAJORITIES = (
    "half_members",
    "half_present",
    "two_thirds_members",
    "two_thirds_present",
    "none",
)
DEFAULT_CHOICES = ("Đồng ý", "Không đồng ý", "Ý kiến khác")
COUNCIL_CHOICES = ("Tán thành", "Không tán thành", "Không biểu quyết")


def is_passed(rule: str, in_favour: int, members: int, present: int) -> bool | None:
    """Whether so many votes in favour are enough; None where nothing is to be reached.

    More than half, or at least two thirds, of all members or of those present.
    """
    base = _base(rule, members, present)
    if base is None:
        return None
    if rule.startswith("half"):
        return 2 * in_favour > base
    return 3 * in_favour >= 2 * base and base > 0


def needed(rule: str, members: int, present: int) -> int | None:
    """The fewest votes in favour that pass; None where nothing is to be reached."""
    base = _base(rule, members, present)
    if base is None:
        return None
    if rule.startswith("half"):
        return base // 2 + 1
    return -(-2 * base // 3) or None  # of nobody two thirds are nothing


def _base(rule: str, members: int, present: int) -> int | None:
    """How many the rule is of."""
    if rule not in MAJORITIES:
        return None
    return {"members": members, "present": present}.get(rule.rpartition("_")[2])
