"""What is typed against what is written: hits, their order of worth, snippets."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.search import Query, snippet_of

TEXT = "Thôn Nậm Chạc, xã A Mú Sung: đồng bào trồng ngô trên đất đóng băng."


def found(typed: str, text: str = TEXT) -> list[str]:
    return [text[one.start : one.end] for one in Query.of(typed).spans(text)]


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("nam chac", ["Nậm Chạc"]),
        ("nậm chạc", ["Nậm Chạc"]),
        ("NẬM  chạc", ["Nậm Chạc"]),
        ("dong", ["đồng", "đóng"]),
        ("đồng", ["đồng"]),
        ("tro", ["trồng"]),
        ("tro ", []),
        ("chac xa", ["Chạc, xã"]),
        ("ngo chac", ["Chạc", "ngô"]),
        ("vắng", []),
        ("", []),
        ("...", []),
    ],
)
def test_words_are_found_with_and_without_marks(typed: str, hits: list[str]):
    assert found(typed) == hits


def test_a_word_is_not_found_inside_another():
    assert found("am chac") == []


def test_only_what_is_written_as_typed_is_exact():
    exact = [one.is_exact for one in Query.of("đồng").spans(TEXT)]
    loose = [one.is_exact for one in Query.of("đông").spans(TEXT)]
    assert exact == [True]
    assert loose == [False, False]


def test_typing_in_pieces_of_letters_finds_the_same():
    typed = unicodedata.normalize("NFD", "Nậm Chạc")
    assert found(typed) == ["Nậm Chạc"]


def test_a_snippet_shows_the_words_around_its_hit_on_one_line():
    text = "đầu " * 40 + "Nậm\nChạc" + " cuối" * 60
    shown = snippet_of(text, Query.of("nam chac").spans(text))
    hit = shown.hits[0]
    assert shown.text[hit.start : hit.end] == "Nậm Chạc"
    assert shown.text.startswith("…đầu ") and shown.text.endswith(" cuối…")
    assert len(shown.text) < 160


@given(st.text(alphabet="aăâàđd \n-́", max_size=400), st.text(alphabet="aăđd ", max_size=6))
def test_a_snippet_never_loses_the_words_of_its_hits(text: str, typed: str):
    text = unicodedata.normalize("NFC", text)
    spans = Query.of(typed).spans(text)
    shown = snippet_of(text, spans)
    assert bool(shown.hits) >= bool(spans) or spans[0].end - spans[0].start > 100
    for hit in shown.hits:
        assert " ".join(text.split()).count(" ".join(shown.text[hit.start : hit.end].split()))


def test_rows_of_dots_are_left_out_of_a_snippet():
    text = "1. Nậm ........... Chạc ______\n\nlúa   nương"
    shown = snippet_of(text, Query.of("nam chac").spans(text))
    assert shown.text == "1. Nậm Chạc lúa nương"
    assert shown.text[shown.hits[0].start : shown.hits[0].end] == "Nậm Chạc"
