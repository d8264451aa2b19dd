"""The first run with steps that answer at once."""

from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace

import pytest

from meetingroom.services.people_file import read_people_file
from meetingroom.ui.first_run import FirstRun
from meetingroom.ui.first_steps import FirstSteps
from meetingroom.ui.theme import apply_theme, load_theme
from meetingroom.wording import choose_language

KEY = "-".join(["ABCD"] * 14)


class Answers(SimpleNamespace):
    """What the world answers, to be changed by a test; and what it was asked."""

    def steps(self) -> FirstSteps:
        return FirstSteps(
            is_enrolled=lambda: False,
            join=self._join,
            found=self._found,
            find_offices=lambda: self._future(self.offices),
            read_people=lambda path: self._future(read_people_file(Path(path))),
            keep_language=lambda _code: None,
        )

    def _join(self, code: str, address: str) -> "Future[str]":
        self.joined.append((code, address))
        return self._future(self.answer)

    def _found(self, charter: object) -> "Future[str]":
        self.charters.append(charter)
        return self._future(KEY)

    def _future(self, value: object) -> "Future":
        future: Future = Future()
        if isinstance(value, Exception):
            future.set_exception(value)
        else:
            future.set_result(value)
        return future


@pytest.fixture
def answers(qapp) -> Answers:
    """A world with one office, in which joining works."""
    choose_language("en")
    apply_theme(qapp, load_theme("light", less_motion=True))
    return Answers(offices=["Xã Mẫu"], answer="Páo", joined=[], charters=[])


@pytest.fixture
def first(answers, qtbot) -> FirstRun:
    """The first run, shown."""
    made = FirstRun(answers.steps())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made
