"""Find a resource in the source tree, an installed wheel or a frozen build."""

from functools import cache
from pathlib import Path


@cache
def resource_root() -> Path:
    """The folder that holds themes, fonts, icons, words and the sample office."""
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent.parent / "resources"


def resource(*parts: str) -> Path:
    """The path of one resource; it may not exist."""
    return resource_root().joinpath(*parts)
