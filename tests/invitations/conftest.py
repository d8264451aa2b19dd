"""One process that reads letters, for all tests of a run: starting it takes half a second."""

from collections.abc import Iterator

import pytest

from meetingroom.domain.invitation_port import LetterReader
from meetingroom.letter_process import letter_reader


@pytest.fixture(scope="session")
def reader() -> Iterator[LetterReader]:
    made = letter_reader()
    yield made
    made.close()
