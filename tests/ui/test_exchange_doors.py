"""What a window of an enrolled computer is given for marks, copies and the own backup."""

from pathlib import Path

import pymupdf
import pytest

from meetingroom.desktop import OpenDesk
from meetingroom.documents.crew import Crew
from real_office import an_office, first_paper, issue, meeting_of, note, texts, write_pdf

WORDS = "mưa rừng Tây Bắc"


@pytest.fixture
def opened(qapp, tmp_path: Path):
    """The secretary's desk with its workers, and an issued meeting."""
    crew = Crew()
    with an_office(tmp_path) as office:
        hub = office.start_hub()
        home = office.secretary()
        made = OpenDesk(home, crew)
        made.meeting = issue(home, [write_pdf(tmp_path / "Báo cáo.pdf", "Bao cao quy ba nam nay")])
        yield made
        made.close()
        hub.stop()
    crew.close()


def test_a_marked_copy_goes_out_and_comes_back_without_doubling(opened, tmp_path) -> None:
    home, context, meeting = opened.home, opened.context, opened.meeting
    note(home, meeting, "của tôi", ("me",))
    blob, file = first_paper(home, meeting).current.blob, tmp_path / "a.pdf"
    context.save_copy(meeting, blob, file, True).result(60)
    assert context.import_marks(meeting, file, "").result(60).already == 1
    with pymupdf.open(file) as document:
        page = document[1]
        page.add_text_annot((90, 90), "thêm ở nơi khác")
        document.saveIncr()
    taken = context.import_marks(meeting, file, "").result(60)
    assert (len(taken.marks), taken.already) == (1, 1)
    assert texts(home, meeting) == ["của tôi", "thêm ở nơi khác"]
    assert context.marking.undo(meeting).result(20)
    assert len(meeting_of(home, meeting).marks) == 1


def test_the_own_backup_keeps_itself_up_when_the_window_closes(opened, tmp_path) -> None:
    safe, stick = opened.context.safekeeping, tmp_path / "stick"
    stick.mkdir()
    assert safe.state().result(30) == (None, "")
    made = safe.back_up(stick, WORDS, True).result(60)
    assert safe.state().result(30) == (made, str(stick))
    assert safe.restore(Path(made.file), WORDS).result(60).records == 0
    note(opened.home, opened.meeting, "viết sau", ("me",))
    opened.close()
    opened.close = lambda: None
    assert len(list(stick.glob("*-auto.marks"))) == 1
