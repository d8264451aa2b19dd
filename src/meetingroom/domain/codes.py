"""One-time codes: eight letters people can read out loud.

32 letters without look-alikes (no I, O, 0, 1): two name the public slot, six are 30
secret bits, enough because a PAKE allows no guessing offline and tries are few.
"""

import secrets
import unicodedata

from meetingroom.domain.errors import EnrolmentError

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SLOT_LENGTH = 2
SECRET_LENGTH = 6
TRIES = 5


def new_letters(count: int) -> str:
    """Random letters of the alphabet."""
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def shown(slot: str, secret: str) -> str:
    """A code as it is printed: "H7KM-4QXA"."""
    letters = slot + secret
    return f"{letters[:4]}-{letters[4:]}"


def split_code(text: str) -> tuple[str, str]:
    """Slot and secret of what somebody typed. Raises EnrolmentError("code.mistyped")."""
    plain = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(letter for letter in plain if letter not in " -–\t\n")
    if len(letters) != SLOT_LENGTH + SECRET_LENGTH or set(letters) - set(ALPHABET):
        raise EnrolmentError("code.mistyped")
    return letters[:SLOT_LENGTH], letters[SLOT_LENGTH:]
