"""Votes in words: the rule, how it went, and what is honest to say of a ballot."""

from meetingroom.domain.majorities import needed
from meetingroom.domain.voting import Vote
from meetingroom.wording import language, tr


def rule_words(vote: Vote, present: int) -> str:
    """What is needed, in words and as a number; empty where nothing is."""
    opened = vote.opened
    fewest = needed(opened.majority, opened.members, present)
    words = {
        "half_members": tr("more than half of all members"),
        "half_present": tr("more than half of those present"),
        "two_thirds_members": tr("two thirds of all members"),
        "two_thirds_present": tr("two thirds of those present"),
    }.get(opened.majority, "")
    if fewest is None or not words:
        return ""
    return tr("Needed: {0} ({1} votes)").format(words, fewest)


def verdict_words(vote: Vote) -> str:
    """How it went: passed or not, and in numbers."""
    result, opened = vote.result, vote.opened
    if result is None:
        return cancelled_words(vote)
    base = result.present if opened.majority.endswith("present") else opened.members
    of = tr("of those present") if opened.majority.endswith("present") else tr("of all members")
    share = f"{100 * result.counts[0] / base:.1f}" if base else "0"
    share = share.replace(".", ",") if language() == "vi" else share
    numbers = tr("{0}/{1} “{2}”, {3} % {4}").format(
        result.counts[0], base, opened.choices[0], share, of
    )
    match result.is_passed:
        case True:
            return tr("Passed: {0}").format(numbers)
        case False:
            return tr("Not passed: {0}").format(numbers)
        case _:
            return numbers


def cancelled_words(vote: Vote) -> str:
    """Why there is no result; empty while the vote runs."""
    return {
        "": "",
        "taken_over": tr("To be held again: another computer is the hub now, the secret ballots "
                         "stayed on the old one."),
        "box_lost": tr("To be held again: some secret ballots are missing."),
        "meeting_closed": tr("Without a result: the meeting was closed."),
    }.get(vote.cancelled, tr("Called off, without a result."))  # fmt: skip


def honest_words(vote: Vote) -> str:
    """What becomes of a ballot, so that nobody believes more than is so."""
    if vote.opened.is_secret:
        return tr("Secret: only counts are kept. Until the close the owner of the hub's computer "
                  "could technically look.")  # fmt: skip
    return tr("Open: after the close everyone sees who chose what. It is no digital signature.")
