"""One office for all the stories of a module: each has a meeting of its own."""

from collections.abc import Iterator

import pytest
from wire_office import WireOffice


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WireOffice]:
    office = WireOffice(tmp_path_factory.mktemp("office"))
    yield office
    office.close()
