"""Looks at files through the crew: a hostile one cannot hang or crash the program."""

from collections.abc import Sequence
from pathlib import Path

from meetingroom.documents.crew import Crew
from meetingroom.domain.errors import PaperError
from meetingroom.domain.paper import Inspection


class PaperInspector:
    """Implements the port `Inspector`."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew

    def inspect(self, files: Sequence[Path], pictures: Path | None = None) -> list[Inspection]:
        """What each file is, in the order asked; with `pictures`, page 1 of each as PNG."""
        wishes = [
            self._crew.inspect_one(file, _picture(file, number, pictures))
            for number, file in enumerate(files, 1)
        ]
        seen: list[Inspection] = []
        for file, wish in zip(files, wishes, strict=True):
            try:
                seen.append(wish.result())
            except PaperError as error:
                seen.append(Inspection(file=file.name, problem=error.code))
        return seen


def _picture(file: Path, number: int, folder: Path | None) -> Path | None:
    return None if folder is None else folder / f"{number:03d}-{file.stem[:60]}.png"
