"""The front door: the window at once where nothing else is asked, else the verbs."""

import sys
from pathlib import Path


def main() -> None:
    """Run what the command line asks for; ends the process."""
    arguments = sys.argv[1:]
    is_plain = not arguments or (len(arguments) == 2 and arguments[0] == "--data")
    if is_plain:
        from meetingroom.log_files import log_to_the_terminal  # noqa: PLC0415
        from meetingroom.window import open_window  # noqa: PLC0415

        log_to_the_terminal()
        sys.exit(open_window(Path(arguments[1]) if arguments else None))
    if len(arguments) == 2 and arguments[0] == "read" and not arguments[1].startswith("-"):
        from meetingroom.log_files import log_to_the_terminal  # noqa: PLC0415
        from meetingroom.window import open_file  # noqa: PLC0415

        log_to_the_terminal()
        sys.exit(open_file(Path(arguments[1])))
    from meetingroom import cli  # noqa: PLC0415 - a window reads no verbs

    cli.main()


if __name__ == "__main__":
    main()
