"""Letters put together from every label, sign and order: what was put in is read out."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingroom.domain.invitation import Letter, Part
from meetingroom.invitations.online_services import online_services
from meetingroom.invitations.reading import read_letter

TODAY = date(2026, 11, 25)
LABELS = online_services().labels
SIGNS = [": ", " : ", ":", "： ", " = ", " là ", " là: "]
ENDS = ["\n", ".\n", ";\n", ", ", "; ", " - ", " | "]
OTHERS = ("webex", "teams", "google", "trueconf")
ID_LABELS = [one for one in LABELS.id if not any(name in one.lower() for name in OTHERS)]
LINK = "https://us02web.zoom.us/j/{0}?pwd=MU5pUUNtR0paEZtZmlqK3lnSHRpdz09.1"


def grouped(digits: str, joint: str) -> str:
    """As Zoom writes it: 812 3456 7890."""
    return joint.join((digits[:3], digits[3:-4], digits[-4:]))


ids = st.from_regex(r"[1-9][0-9]{9,10}", fullmatch=True)
codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9@#_!-]{0,8}[A-Za-z0-9]", fullmatch=True)
no_codes = {word.lower() for word in LABELS.no_code}


@st.composite
def letters(draw):
    """A letter, the ID as it is written there, and its passcode."""
    digits = draw(ids)
    number = grouped(digits, draw(st.sampled_from([" ", "-", ""])))
    code = draw(codes.filter(lambda word: word.lower() not in no_codes))
    lines = [
        draw(st.sampled_from(ID_LABELS)) + draw(st.sampled_from(SIGNS)) + number,
        draw(st.sampled_from(LABELS.passcode)) + draw(st.sampled_from(SIGNS)) + code,
    ]
    has_link = draw(st.booleans())
    link = LINK.format(digits)
    at = draw(st.sampled_from([0, 2]))
    words = draw(st.sampled_from(ENDS)).join(lines)
    if has_link:
        words = f"{link}\n{words}" if at == 0 else f"{words}\n{link}"
    return f"Kính mời họp Zoom.\n{words}\n", (link if has_link else None, number, code)


@settings(max_examples=300)
@given(letters())
def test_what_a_letter_was_made_of_is_read_out_of_it(made):
    text, told = made
    found = read_letter(Letter(parts=(Part(text=text),)), TODAY)
    assert [(one.url, one.meeting_id, one.passcode) for one in found] == [told], text
    assert found[0].service == "zoom"


@pytest.mark.parametrize("label", LABELS.id)
def test_every_label_of_an_id_is_known(label):
    [one] = read_letter(Letter(parts=(Part(text=f"Zoom.\n{label}: 812 3456 7890\n"),)), TODAY)
    assert one.meeting_id == "812 3456 7890"


@pytest.mark.parametrize("label", LABELS.passcode)
def test_every_label_of_a_passcode_is_known(label):
    text = f"https://zoom.us/j/81234567890\n{label}: aB3x\n"
    [one] = read_letter(Letter(parts=(Part(text=text),)), TODAY)
    assert one.passcode == "aB3x"
