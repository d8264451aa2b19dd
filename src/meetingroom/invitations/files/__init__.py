"""Files and pasted words become letters: one module a format, one door for all."""

from meetingroom.invitations.files.door import read_letter_bytes, read_letter_file

__all__ = ["read_letter_bytes", "read_letter_file"]
