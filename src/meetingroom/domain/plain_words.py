"""Words as a line of a document may have them."""

import unicodedata


def one_line(text: str) -> str:
    """Composed letters without line breaks and without what no document may hold."""
    plain = unicodedata.normalize("NFC", text)
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in plain)
    return " ".join(kept.split())
