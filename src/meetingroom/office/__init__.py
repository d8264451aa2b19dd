"""What the office writes: invitations, minutes, notices."""
