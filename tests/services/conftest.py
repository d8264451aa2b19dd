"""An office without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from quiet_office import QuietDesk, QuietOffice


@pytest.fixture
def office(tmp_path: Path) -> Iterator[QuietOffice]:
    office = QuietOffice(tmp_path)
    yield office
    office.close()


@pytest.fixture
def a(office: QuietOffice) -> QuietDesk:
    """The computer of person-a, who reads everything."""
    return office.desk_of("person-a")


@pytest.fixture
def b(office: QuietOffice) -> QuietDesk:
    """The computer of person-b, who reads what is open."""
    return office.desk_of("person-b")
