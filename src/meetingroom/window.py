"""Opens the desktop program's window; loads little before its workers have started."""

import gc
from pathlib import Path


def open_window(data: Path | None) -> int:
    """The window of a data folder (None: the platform's place); the program's exit status."""
    gc.disable()  # nothing is garbage yet; the window collects in its quiet moments
    from meetingroom.documents.crew import Crew  # noqa: PLC0415 - its workers load beside Qt

    crew = Crew()
    from meetingroom.desktop import run_desk  # noqa: PLC0415 - only windows need Qt
    from meetingroom.settings import default_data  # noqa: PLC0415

    return run_desk(data or default_data(), crew)


def open_file(file: Path) -> int:
    """A window on one PDF, without an office; the program's exit status."""
    gc.disable()
    from meetingroom.documents.crew import Crew  # noqa: PLC0415 - as above
    from meetingroom.domain.paper import ALONE  # noqa: PLC0415

    crew = Crew()
    crew.open(ALONE, file)  # while Qt is loaded
    from meetingroom.settings import default_data  # noqa: PLC0415
    from meetingroom.ui.application import make_application  # noqa: PLC0415
    from meetingroom.ui.reader.file_window import FileWindow  # noqa: PLC0415

    app = make_application(default_data())
    window = FileWindow(file, crew)
    window.showMaximized()
    status = app.exec()
    crew.close()
    return int(status)
