"""Known errors as sentences: what happened, what is safe, what to do."""

from collections.abc import Callable

from meetingroom.domain.errors import MeetingError
from meetingroom.wording import tr

Sentence = Callable[[], str]


def sentence_of(error: MeetingError) -> str:
    """The sentence for a known error, in the reader's language."""
    return sentence(error.code, error.fields)


def sentence(code: str, fields: dict[str, object] | None = None) -> str:
    """The sentence for an error's code; `fields` fill its places."""
    make = _SENTENCES.get(code)
    if make is None:
        return tr("Something did not work ({0}). Nothing that was kept is lost.").format(code)
    return make().format(**_Blank(fields or {}))


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return ""


_SENTENCES: dict[str, Sentence] = {
    # calendars
    "week.none": lambda: tr(
        "{file} is no weekly schedule that can be read. Its meetings can be prepared one by one."
    ),
    "calendar.no_port": lambda: tr(
        "The hub serves no telephones now, so no calendar can fetch the meetings. Switch it on at "
        "the hub (check-in by code), or save the meetings as a file."
    ),
    # papers
    "paper.damaged": lambda: tr(
        "The file {file} is damaged and cannot be read. Ask for it again from where it came."
    ),
    "paper.encrypted": lambda: tr(
        "The file {file} is protected with a password. Save a copy without one and add that."
    ),
    "paper.password_wrong": lambda: tr("This password does not open the file {file}."),
    "paper.empty": lambda: tr("The file {file} is empty. Ask for it again from where it came."),
    "paper.no_pages": lambda: tr(
        "The file {file} has no pages. Ask for it again from where it came."
    ),
    "paper.no_picture": lambda: tr("The picture of {file} could not be written."),
    "paper.not_pdf": lambda: tr(
        "The file {file} is not a PDF. Save it as a PDF in the program it was made with."
    ),
    "paper.missing": lambda: tr("The file {file} is not there any more."),
    "paper.unreadable": lambda: tr("The file {file} may not be read on this computer."),
    "paper.huge": lambda: tr("The file {file} is too large. Split it and add the parts."),
    "paper.too_big": lambda: tr("The file {file} needs more memory than this computer gives."),
    "paper.timeout": lambda: tr(
        "The file {file} takes too long to read and was left out. It may be damaged."
    ),
    "paper.worker_died": lambda: tr("The file {file} could not be read. It may be damaged."),
    "paper.changed": lambda: tr("The file {file} changed while it was being added. Add it again."),
    "paper.page_failed": lambda: tr(
        "This page cannot be drawn. The other pages and your notes are safe."
    ),
    "blob.not_here": lambda: tr(
        "The file of this paper is not on this computer. Wait until it has come from the hub, "
        "or add it again."
    ),
    "meeting.gone": lambda: tr(
        "The meeting you were reading is not open to you any more. "
        "What you wrote for yourself is kept."
    ),
    "paper.gone": lambda: tr(
        "This paper is not open to you any more and was removed from this computer. "
        "Other papers are in the agenda."
    ),
    "paper.secret": lambda: tr(
        "The file carries a secrecy stamp. Nothing of it was kept. "
        "Secret papers are handed out on paper."
    ),
    # letters
    "letter.folder": lambda: tr("“{file}” is a folder. Choose the letter itself."),
    "letter.huge": lambda: tr(
        "The file {file} is too large for a letter. Choose only the letter, without its papers."
    ),
    "letter.other_office": lambda: tr(
        "The file {file} is a table or slides. Save it as a PDF in the program it was made with."
    ),
    "letter.packed": lambda: tr(
        "The file {file} is packed in a way that is not read. "
        "Unpack it and choose the letter in it."
    ),
    "letter.unknown_kind": lambda: tr(
        "The file {file} is of a kind that is not read. Save it as a PDF, or copy its words and "
        "paste them."
    ),
    "letter.no_words": lambda: tr(
        "No words could be read in {file}. Copy the words and paste them, or type them in."
    ),
    "letter.scan": lambda: tr(
        "The file {file} is a picture of a letter, and this computer has no data to read words "
        "off pictures. Ask for the letter as a text, or type in what it says."
    ),
    "letter.foreign_picture": lambda: tr(
        "The picture {file} is of a kind that is not read. Save it as JPG or PNG."
    ),
    "letter.unreadable": lambda: tr(
        "The file {file} could not be read. Save it as a PDF, or copy its words and paste them."
    ),
    "letter.unsafe": lambda: tr(
        "The file {file} is built in a way that could do harm and was not read. "
        "Copy its words and paste them."
    ),
    # addresses in letters
    "address.not_https": lambda: tr(
        "The address does not begin with https://, so others could read along or change it."
    ),
    "address.lookalike": lambda: tr(
        "The address looks like a known service's but is not. It may be a trap."
    ),
    "address.user_info": lambda: tr(
        "The address hides its real host behind a name before @. It may be a trap."
    ),
    "address.punycode": lambda: tr(
        "The host's name is written with foreign letters that may look like others."
    ),
    "address.bare_ip": lambda: tr(
        "The address is a bare number instead of a name. Ask the sender whether it is right."
    ),
    "address.mismatch": lambda: tr("The letter shows one address but its link leads to another."),
    "address.shortener": lambda: tr("The address is shortened and does not tell where it leads."),
    "address.hidden_characters": lambda: tr("The address has hidden characters in it."),
    "meeting.cancelled": lambda: tr("The calendar file says that this meeting is cancelled."),
    # marks of other programs
    "marks.not_xfdf": lambda: tr(
        "The file {file} holds no marks: it is neither a PDF nor an XFDF. Nothing was changed."
    ),
    "marks.unsafe": lambda: tr(
        "The file {file} is built in a way that could do harm and was not read. "
        "Export the marks again in the program they were made with."
    ),
    "marks.same_file": lambda: tr(
        "The file {file} is this paper as it was issued; what is marked in it is shown already."
    ),
    "marks.other_paper": lambda: tr(
        "The file {file} is no copy of a paper of this meeting: its pages are different. "
        "Nothing was taken."
    ),
    "marks.which_paper": lambda: tr(
        "The file {file} does not say which paper it is for. Open that paper, or name it."
    ),
    "marks.no_paper": lambda: tr(
        "The paper is not on this computer yet. Marks can come when it is here."
    ),
    "paper.unknown": lambda: tr("There is no such paper in this meeting."),
    "print.failed": lambda: tr(
        "The printer did not take the paper. See whether it is on and has paper, and try again."
    ),
    "handling.return": lambda: tr(
        "This paper is marked “return after reading”: it is neither printed nor copied."
    ),
    "handling.internal": lambda: tr(
        "This paper is for internal use: it may be printed, but not saved as a file."
    ),
    "handling.named": lambda: tr(
        "This paper is for named persons: it may be printed, but not saved as a file."
    ),
    # what is kept
    "store.full": lambda: tr(
        "The disk is full. What was kept before is safe. Free some space; it goes on by itself."
    ),
    "store.damaged": lambda: tr(
        "The file {file} of this program is damaged. Restore the latest backup, "
        "or ask the secretary for a new code."
    ),
    "store.readonly": lambda: tr("The folder of this program may not be written to."),
    "store.unwritable": lambda: tr("The file {file} cannot be written: {reason}."),
    "store.failed": lambda: tr("The database did not answer as it should: {reason}."),
    "store.busy": lambda: tr(
        "The file {file} was being read, so what was deleted is still in it. It is tried again."
    ),
    "store.closed": lambda: tr("The program is closing: {file} takes nothing more."),
    "store.newer": lambda: tr(
        "The file {file} was written by a newer version of this program. Update the program."
    ),
    "store.locked": lambda: tr(
        "This folder is in use by another program ({who}, process {pid}, since {since})."
    ),
    "store.conflict": lambda: tr("The hub sent something else under a known name."),
    "blob.damaged": lambda: tr("A paper arrived damaged and is fetched again."),
    "blob.not_there": lambda: tr("A paper is not at the hub."),
    "file.unreadable": lambda: tr("The file {file} cannot be read."),
    "office.exists": lambda: tr("There is already an office in {folder}."),
    "demo.not_empty": lambda: tr("There is a story in {folder} already. Name another folder."),
    "office.joined": lambda: tr("This computer already belongs to an office."),
    "device.not_enrolled": lambda: tr(
        "This computer does not belong to an office yet. Join with a code from the secretary."
    ),
    "device.key_missing": lambda: tr(
        "This computer's key is gone from the keyring. Ask the secretary for a new code."
    ),
    "backup.wrong_key": lambda: tr("This recovery key does not open this backup."),
    "backup.damaged": lambda: tr("The backup is damaged and was not used."),
    "backup.not_one": lambda: tr(
        "The file {file} is no backup of your own marks. Choose a file ending in .marks."
    ),
    "backup.newer": lambda: tr(
        "The backup {file} was made by a newer version of this program. Update the program."
    ),
    "backup.wrong_passphrase": lambda: tr(
        "The passphrase does not open this backup. Capitals and spaces count. Nothing was changed."
    ),
    "backup.other_office": lambda: tr("The backup {file} is of another office and was not used."),
    "backup.other_person": lambda: tr("The backup {file} is another person's and was not used."),
    "passphrase.short": lambda: tr(
        "The passphrase is too short: take at least {letters} letters, better a few words."
    ),
    "recovery.mistyped": lambda: tr("The recovery key is mistyped. Compare it letter by letter."),
    # what a check finds
    "fault.database": lambda: tr("The database is damaged ({what}). Restore the latest backup."),
    "fault.blob": lambda: tr("The paper {what} no longer has the bytes it was kept with."),
    "fault.record": lambda: tr("A record cannot be read any more ({what})."),
    "fault.place": lambda: tr("The record {what} stands elsewhere than it says."),
    "fault.chain": lambda: tr("The log's chain is broken at record {what}: something is gone."),
    "fault.payload": lambda: tr("The content of record {what} was altered."),
    "fault.envelope": lambda: tr("What the hub signed about record {what} was altered."),
    "fault.signature": lambda: tr("Record {what} is not as its author signed it."),
    # the hub
    "link.nothing_there": lambda: tr(
        "No hub answers at {address}. Is the hub's computer on, and the address right?"
    ),
    "link.firewall": lambda: tr(
        "{address} does not answer in time. A firewall may be in the way: "
        "allow the program on the hub's computer."
    ),
    "link.unreachable": lambda: tr("The hub at {address} cannot be reached. Is the network on?"),
    "link.no_such_host": lambda: tr("There is no computer called {address}. Check the address."),
    "link.not_a_hub": lambda: tr("What answers at {address} is not a hub."),
    "link.wrong_hub": lambda: tr(
        "The hub at {address} is not your office's. Nothing was sent to it."
    ),
    "link.not_found": lambda: tr(
        "No hub was found on this network. Type its address, or ask the secretary."
    ),
    "link.revoked": lambda: tr(
        "This computer was taken out of the office. Ask the secretary for a new code."
    ),
    "hub.fenced": lambda: tr(
        "Another computer took over from this hub. The connection to it is sought by itself."
    ),
    "hub.fenced_here": lambda: tr(
        "Another computer took over from the hub of this one. What it alone had is handed in by "
        "itself while the program is open here."
    ),
    "standby.none": lambda: tr("This computer has no copy of the hub yet."),
    "standby.hub_there": lambda: tr(
        "That computer still sees the hub: it goes on there. Check this computer's own network."
    ),
    "standby.hub_runs": lambda: tr("A hub still runs on that computer. Try again in a minute."),
    "standby.wrong_key": lambda: tr(
        "The key on this computer does not open the copy of the hub there."
    ),
    "hub.restoring": lambda: tr(
        "The hub was restored and takes back what the laptops have. What you write waits here "
        "until the secretary lets it go on."
    ),
    "link.other_version": lambda: tr(
        "The hub speaks another version of this program. Bring both to the newest version."
    ),
    "link.failed": lambda: tr(
        "The connection to the hub failed. What you wrote is safe; it is tried again by itself."
    ),
    "link.lost": lambda: tr("The connection to the hub was cut. It is taken up again by itself."),
    "link.offline": lambda: tr(
        "The hub is away. What you wrote is safe on this computer and goes out by itself."
    ),
    "link.slow": lambda: tr("The hub did not answer in time. Try again."),
    "link.malformed": lambda: tr("The hub said something this program does not understand."),
    "link.issue_waits": lambda: tr(
        "The hub went away while issuing. The meeting goes out by itself when it is back."
    ),
    "hub.failed": lambda: tr("The hub failed at this. Nothing that was kept is lost. Try again."),
    "hub.not_founded": lambda: tr("There is no hub on this computer."),
    "hub.port_taken": lambda: tr("Another program uses port {port}."),
    # codes
    "code.mistyped": lambda: tr("A code has 8 letters or digits. Type it again."),
    "code.wrong": lambda: tr("The code is wrong. Compare it with what the secretary gave you."),
    "code.unknown": lambda: tr("The hub does not know this code. Compare it letter by letter."),
    "code.expired": lambda: tr("The code has expired. Ask the secretary for a new one."),
    "code.used": lambda: tr("The code was used already. Ask the secretary for a new one."),
    "code.too_many": lambda: tr(
        "The code was tried too many times and is closed. Ask the secretary for a new one."
    ),
    "code.wait": lambda: tr(
        "Too many codes were tried from this computer. Wait a minute and try again."
    ),
    "check_in.code": lambda: tr("These digits are not on the screen now. Type them again."),
    "check_in.wait": lambda: tr("Too many wrong digits. Wait a minute and try again."),
    "check_in.gone": lambda: tr("This name has checked in already."),
    "pin.wrong": lambda: tr("The PIN is wrong."),
    "pin.too_many": lambda: tr("Too many wrong PINs. Wait ten minutes."),
    "pin.malformed": lambda: tr("A PIN has 4 to 8 digits."),
    # refusals
    "no_right": lambda: tr("You may not do this."),
    "not_invited": lambda: tr("You are not invited to this meeting."),
    "stale": lambda: tr("Somebody issued this meeting before you. Look at the new revision first."),
    "closed": lambda: tr("The meeting is closed."),
    "not_open": lambda: tr("Open the meeting first: votes are held while it is open."),
    "vote_running": lambda: tr("Another vote is running. Close it first."),
    "vote_over": lambda: tr("This vote is over. Your vote did not count."),
    "consultation_over": lambda: tr("This question is closed. Your answer did not count."),
    "unknown_opinion": lambda: tr("This opinion is not known to the hub, or is not for you."),
    "no_vote": lambda: tr("You have no vote in this matter."),
    "box_lost": lambda: tr(
        "Some secret ballots are missing, so the vote has no result. Please hold it again."
    ),
    "ballots_coming": lambda: tr(
        "Ballots of {count} people who voted are still on their laptops, which are not connected. "
        "Close the vote when they are, or call it off and hold it again."
    ),
    "speech_over": lambda: tr("This turn to speak is over, or was withdrawn."),
    "nobody_waits": lambda: tr("Nobody waits to speak."),
    "floor_closed": lambda: tr("Open the meeting first: speakers are called while it is open."),
    "counts_differ": lambda: tr("Two people must enter the same count."),
    "locked": lambda: tr("The display is locked. Unlock it with a PIN or from the chair's laptop."),
    "not_for_the_room": lambda: tr("This paper is only for named persons and is not shown here."),
    "stage.stale": lambda: tr("Somebody else turned the page first."),
    "rehearsal.voting": lambda: tr("A vote is running. Check the room when it is over."),
    "rehearsal.over": lambda: tr("Another check of the room has begun."),
    "not_yet": lambda: tr("This comes with a later version."),
    "hub_too_old": lambda: tr("The hub needs the newer version of the program."),
    "unknown_person": lambda: tr("Somebody on the list does not belong to the office."),
    "call.unsafe": lambda: tr(
        "This address may not be what it seems and has not been opened: {address}. Look at the "
        "warning on the chair's or secretary's laptop, and open it there if it is right."
    ),
    "call.no_address": lambda: tr(
        "This meeting has no address: it goes over the higher level's own video system."
    ),
    "call.not_opened": lambda: tr(
        "No program took the online meeting's address. Open a browser and type the address there."
    ),
    "unknown_link": lambda: tr("This online meeting is not part of the meeting any more."),
    "unknown_paper": lambda: tr("This paper is not part of the meeting any more."),
    "unknown_mark": lambda: tr("The note this answers is not known to the hub."),
    "not_yours": lambda: tr("This mark is somebody else's."),
    "malformed": lambda: tr("The hub could not read this. It stays on this computer."),
    "conflict": lambda: tr("The hub has something else under this name. Yours stays here."),
    "not_you": lambda: tr("This was written as somebody else. It stays on this computer."),
    "bad_signature": lambda: tr(
        "The hub does not accept this computer's signature. Ask the secretary for a new code."
    ),
    "hub_only": lambda: tr("Only the hub may say this."),
    "private": lambda: tr("What is private stays on this computer."),
    "blob_missing": lambda: tr("The hub does not have this paper's file. Add the file again."),
    "purged": lambda: tr("This paper was withdrawn. Nothing of it is kept any more."),
    "batch": lambda: tr("Something sent together with this was refused, so nothing was taken."),
    "mark_changed": lambda: tr("This mark was changed or removed on another computer first."),
    # calls
    "mark.unknown": lambda: tr("This mark is not there any more."),
    "reply.too_wide": lambda: tr("A reply is for nobody who may not read what it answers."),
    "meeting.unknown": lambda: tr("There is no such meeting."),
    "record.too_long": lambda: tr(
        "This is too long to be kept in one piece. Make it shorter or split it; "
        "what was kept before is safe."
    ),
    "person.ambiguous": lambda: tr(
        "Several people in the office are called {name}. Name one by e-mail: {choices}."
    ),
    "data.nothing_here": lambda: tr(
        "There is nothing of the program in {folder}. Is the folder the right one?"
    ),
    "person.unknown": lambda: tr("Nobody in the office is called {name}."),
    "body.unknown": lambda: tr(
        "No body of the office is called “{name}”. You prepare meetings of: {choices}."
    ),
    "people.no_names": lambda: tr("The list of people has no column with names."),
    "people.no_secretary": lambda: tr(
        "Nobody on the list is a secretary. Write secretary in the role column of one person."
    ),
    "people.unreadable": lambda: tr("The list of people cannot be read. Save it as CSV (UTF-8)."),
    "folder.no_meeting": lambda: tr("There is no meeting.toml in {folder}."),
    "folder.malformed": lambda: tr("meeting.toml is not right: {reason}."),
    "draft.incomplete": lambda: tr("The meeting still needs a title, a time and a chair."),
    "link.not_https": lambda: tr("Only addresses that begin with https:// are accepted."),
    "address.mistyped": lambda: tr("{text} is not an address. Type it like 192.168.1.5:47800."),
}
