"""Where this computer keeps what reading Vietnamese off pictures takes."""

import os
import sys
from pathlib import Path

from meetingroom.resources import resource

LANGUAGE = "vie"


def scan_data() -> Path | None:
    """The folder with Tesseract's data for Vietnamese; None where there is none."""
    folders = (one for one in _folders() if (one / f"{LANGUAGE}.traineddata").is_file())
    return next(folders, None)


def _folders() -> list[Path]:
    told = os.environ.get("TESSDATA_PREFIX", "")
    folders = [Path(told), Path(told) / "tessdata"] if told else []
    folders.append(resource("tessdata"))
    if sys.platform == "win32":  # written for Windows, not yet tried there
        for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"):
            root = Path(os.environ.get(name, "C:/"))
            folders += [root / "Tesseract-OCR/tessdata", root / "Programs/Tesseract-OCR/tessdata"]
        return folders
    share = Path("/usr/share")
    versions = sorted((share / "tesseract-ocr").glob("*/tessdata"), reverse=True)
    local = Path("/usr/local/share/tessdata")
    return [*folders, *versions, share / "tesseract-ocr/tessdata", share / "tessdata", local]
