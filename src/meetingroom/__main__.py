"""The front door of `python -m meetingroom`."""

from meetingroom.cli import main

if __name__ == "__main__":
    main()
