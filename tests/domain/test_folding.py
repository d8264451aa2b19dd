"""Folding: marks, capitals and `đ` do not matter, and places are kept."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.folding import composed, fold, folded, marked

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵdđ"
texts = st.text() | st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " -\u0301\u0323ßﬁİ")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Nậm Chạc", "nam chac"),
        ("ĐỒNG", "dong"),
        ("Ủy ban nhân dân xã Đắk Ơ", "uy ban nhan dan xa dak o"),
        ("ﬁnal Straße", "final strasse"),
    ],
)
def test_marks_capitals_and_the_barred_d_fold_away(written: str, expected: str):
    assert folded(written) == expected


def test_every_vietnamese_letter_folds_to_one_plain_letter():
    assert set(folded(VIETNAMESE + VIETNAMESE.upper())) == set("aeiouyd")


@given(texts)
def test_it_does_not_matter_how_marks_are_composed(text: str):
    assert folded(unicodedata.normalize("NFC", text)) == folded(unicodedata.normalize("NFD", text))


@given(texts)
def test_folding_again_changes_nothing(text: str):
    assert folded(folded(text)) == folded(text)


@given(texts)
def test_every_folded_character_knows_where_it_came_from(text: str):
    flat = fold(text)
    places = flat.places or tuple(range(len(flat.text)))
    assert len(places) == len(flat.text)
    assert list(places) == sorted(places)
    for character, place in zip(flat.text, places, strict=True):
        assert character in folded(text[place])


def test_a_run_of_folded_text_is_found_in_decomposed_text():
    text = unicodedata.normalize("NFD", "xã Nậm Chạc cũ")
    flat = fold(text)
    start = flat.text.index("nam chac")
    first, last = flat.span(start, start + len("nam chac"))
    # The mark under the last letter but one is inside, for it stands before that letter's end.
    assert composed(text[first:last]) == "Nậm Chạc"


@given(texts)
def test_lower_case_keeps_every_character_in_its_place(text: str):
    assert len(marked(text)) == len(text)
