"""Who may ask to speak and give opinions: rules of the group voice."""

from meetingroom.domain.opinion_rights import RULES as OPINION_RULES
from meetingroom.domain.ruling import Rule
from meetingroom.domain.speaking_rights import RULES as SPEAKING_RULES

RULES: dict[str, Rule] = {**OPINION_RULES, **SPEAKING_RULES}
