"""What a worker's job ended with, as a tuple that goes over the pipe."""

import errno
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from meetingroom.domain.errors import MeetingError


def answered(job: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """("ok", value), ("known", code, fields) or ("bug", traceback).

    The first of the arguments names the file.
    """
    file = Path(str(arguments[0])).name
    try:
        return "ok", job(*arguments)
    except MeetingError as error:
        return "known", error.code, error.fields
    except MemoryError:
        return "known", "paper.too_big", {"file": file}
    except OSError as error:
        code = "paper.too_big" if error.errno == errno.ENOMEM else "paper.unreadable"
        return "known", code, {"file": file}
    except Exception:
        return "bug", traceback.format_exc()
