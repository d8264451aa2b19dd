"""How computers talk: the hub, the link to it, discovery, enrolment."""
