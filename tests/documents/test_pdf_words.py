"""Text strings of PDFs."""

from meetingroom.documents.pdf_words import as_words


def test_bytes_that_only_look_like_utf_8_are_read_as_letters():
    assert as_words("\udcc0\udca1") == "À¡"
    assert as_words("Nậm Chạc") == "Nậm Chạc"
