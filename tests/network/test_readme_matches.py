"""The network's README says what the code does, and all of it: neither can move alone."""

import ast
import re
from pathlib import Path

import pytest
import readme_spake2 as spake
from readme_client import auth_bytes, b64, confirmation, next_chain, payload_hash, transcript
from readme_tables import (
    MESSAGES,
    README,
    SOURCE,
    VALUES,
    constants,
    error_codes,
    fields_of,
    refusals,
    vectors,
)

from meetingroom.domain.facts import KINDS
from meetingroom.sentences import _SENTENCES

Table = list[list[str]]


def tables() -> dict[str, Table]:
    """Heading → the rows of the table below it (headings without one have none)."""
    found: dict[str, Table] = {}
    heading = ""
    for line in README.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ").strip("`")
            assert heading not in found, heading
            found[heading] = []
        elif line.startswith("|") and not line.startswith("|---"):
            found[heading].append([cell.strip() for cell in line.strip("|").split(" | ")])
    return {heading: rows[1:] for heading, rows in found.items()}


def plain(cell: str) -> str:
    return cell.strip().strip("`")


@pytest.fixture(scope="module")
def readme() -> dict[str, Table]:
    return tables()


def rows_of(readme: dict[str, Table], heading: str) -> list[tuple[str, str, str]]:
    return [(plain(row[0]), row[1], plain(row[2])) for row in readme[heading]]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.__struct_config__.tag)
def test_every_message_has_its_fields_types_and_defaults(readme, message) -> None:
    assert rows_of(readme, message.__struct_config__.tag) == fields_of(message)


@pytest.mark.parametrize("value", VALUES, ids=lambda v: v.__name__)
def test_every_value_has_its_fields_types_and_defaults(readme, value) -> None:
    assert rows_of(readme, value.__name__) == fields_of(value)


def test_the_readme_names_no_other_messages_and_values() -> None:
    text = README.read_text(encoding="utf-8")
    messages = re.findall(r"^### `(\w+)`", text.split("\n## Messages\n")[1].split("\n## ")[0], re.M)
    values = re.findall(r"^### `(\w+)`", text.split("\n## Values\n")[1].split("\n## ")[0], re.M)
    assert messages == [message.__struct_config__.tag for message in MESSAGES]
    assert values == [value.__name__ for value in VALUES]


def test_what_is_sent_whole_says_so() -> None:
    text = README.read_text(encoding="utf-8").split("\n## Values\n")[1]
    sections = dict(re.findall(r"^### `(\w+)`\n\n(.+)$", text, re.M))
    for value in VALUES:
        assert ("Sent whole." in sections[value.__name__]) is not (
            value.__struct_config__.omit_defaults
        ), value.__name__


def test_every_kind_of_record_has_its_group_flags_and_payload(readme) -> None:
    told = {}
    for heading, rows in readme.items():
        if heading.startswith("Kinds of "):
            for row in rows:
                told[plain(row[0])] = (heading.removeprefix("Kinds of "), row[1], plain(row[3]))
    known = {}
    for kind in KINDS.values():
        flags = {
            "critical": kind.critical,
            "hub only": kind.hub_only,
            "later": not kind.is_executed,
        }
        payload = ", ".join(
            f"{name}: {words}" + (f" = {default}" if default else "")
            for name, words, default in fields_of(kind.fact)
        )
        known[kind.name] = (
            kind.group,
            ", ".join(w for w, is_so in flags.items() if is_so),
            payload,
        )
    assert told == known
    assert {kind.version for kind in KINDS.values()} == {1}


def test_every_executed_kind_says_who_may_write_it(readme) -> None:
    silent = [
        plain(row[0])
        for heading, rows in readme.items()
        if heading.startswith("Kinds of ")
        for row in rows
        if ("later" in row[1]) == bool(row[2])
    ]
    assert silent == []


def test_every_request_is_named_with_its_body_and_reply(readme) -> None:
    told = {
        plain(row[0]): (set(re.findall(r"`(\w+)`", row[1])), set(re.findall(r"`(\w+)`", row[2])))
        for row in readme["Requests"]
    }
    assert told == requests_in_code()


def requests_in_code() -> dict[str, tuple[set[str], set[str]]]:
    """Request → (fields its function reads from the body, keys of what it returns)."""
    own = _requests_of("requests.py", "rehearsing_hub.py", "call_ticks_hub.py")
    return own | _requests_of("standby_requests.py") | _requests_of("subscriptions.py")


def _requests_of(*files: str) -> dict[str, tuple[set[str], set[str]]]:
    """Those named in the first file; what they do may stand in the others."""
    texts = [(SOURCE / "services" / name).read_text(encoding="utf-8") for name in files]
    trees = [ast.parse(text) for text in texts]
    names, bodies = {}, {}
    for node in ast.walk(trees[0]):
        if isinstance(node, ast.Dict) and node.keys and isinstance(node.values[0], ast.Attribute):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(value, ast.Attribute):
                    names[key.value] = value.attr
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef):
            bodies[node.name] = (_read_from_body(node), _returned(node))
    return {name: bodies[function] for name, function in names.items()}


def _read_from_body(function: ast.FunctionDef) -> set[str]:
    may_lack = {
        node.args[0].value
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (getattr(node.func.value, "id", ""), node.func.attr) == ("body", "get")
        and isinstance(node.args[0], ast.Constant)
    }
    return may_lack | {
        node.slice.value
        for node in ast.walk(function)
        if isinstance(node, ast.Subscript)
        and getattr(node.value, "id", "") == "body"
        and isinstance(node.slice, ast.Constant)
    }


def _returned(function: ast.FunctionDef) -> set[str]:
    results = [node.value for node in ast.walk(function) if isinstance(node, ast.Return)]
    results += [result.body for result in results if isinstance(result, ast.Lambda)]
    dicts = [result for result in results if isinstance(result, ast.Dict)]
    return {key.value for one in dicts for key in one.keys if isinstance(key, ast.Constant)}


def test_every_refusal_is_explained(readme) -> None:
    assert {plain(row[0]) for row in readme["Refusals of records"]} == refusals()


def test_every_error_code_is_explained(readme) -> None:
    assert {plain(row[0]) for row in readme["Errors"]} == error_codes()


def test_every_constant_is_told_with_its_value(readme) -> None:
    assert {plain(row[0]): plain(row[1]) for row in readme["Constants"]} == constants()


def test_the_test_vectors_are_what_the_code_computes(readme) -> None:
    told = {row[0]: row[1].removeprefix("`").removesuffix("`") for row in readme["Test vectors"]}
    assert told == vectors()


def test_the_client_written_from_the_readme_computes_the_test_vectors() -> None:
    v = vectors()
    assert payload_hash(bytes.fromhex(v["salt"]), v["payload"]) == v["payload_hash"]
    assert next_chain("0" * 64, v["head_hash"]) == v["chain after it"]
    assert auth_bytes(v["nonce"], v["tls"], v["device"]).hex() == v["auth bytes"]
    assert macs(v) == {"hub": v["challenge.mac"], "device": v["confirm.mac"]}


def test_the_key_exchange_can_be_written_from_the_readmes_words_alone() -> None:
    v, text = vectors(), README.read_text(encoding="utf-8")
    secret, ours, theirs = v["secret"].encode(), v["claim.message"], v["challenge.message"]
    device, hub = (int.from_bytes(bytes([byte]) * 64, "big") % spake.L for byte in (1, 2))
    assert spake.message("A", secret, device).hex() == ours
    assert spake.message("B", secret, hub).hex() == theirs
    key = spake.shared_key(secret, device, bytes.fromhex(ours), bytes.fromhex(theirs))
    assert key.hex() == v["SPAKE2 key"]
    assert f"M `{spake.encoded(spake.M).hex()}`, N `{spake.encoded(spake.N).hex()}`" in text


def macs(v: dict[str, str]) -> dict[str, str]:
    """Both confirmations by the README's client."""
    claim = {
        "slot": v["slot"],
        "message": b64(bytes.fromhex(v["claim.message"])),
        "nonce": v["claim.nonce"],
        "device": v["device"],
        "public_key": v["device public key"],
        "name": v["name"],
    }
    challenge = {
        "message": b64(bytes.fromhex(v["challenge.message"])),
        "nonce": v["challenge.nonce"],
        "role": v["role"],
        "principal": v["principal"],
    }
    hello = {"office": "office-1", "office_key": v["office public key"]}
    agreed = transcript(hello, v["tls"], claim, challenge)
    key = bytes.fromhex(v["SPAKE2 key"])
    return {side: confirmation(key, side, agreed).hex() for side in ("hub", "device")}


def test_paths_of_the_hub_are_told(readme) -> None:
    told = " ".join(row[1] for row in readme["Ports and paths"])
    for path in ("/device", "/enrol", "/hello", "/source", "/blob/", "/upload/"):
        assert path in told
    served = re.findall(
        r'"(/[a-z]+)"', (SOURCE / "network" / "server.py").read_text(encoding="utf-8")
    )
    assert set(served) <= {"/device", "/enrol", "/hello", "/source"}


@pytest.mark.parametrize("name", ["readme_client.py", "readme_spake2.py"])
def test_what_is_written_from_the_readme_imports_nothing_of_ours(name) -> None:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    rooms = {name.partition(".")[0] for name in imported}
    assert "meetingroom" not in rooms
    assert not rooms & {"small_office", "real_office", "readme_tables"}


def test_every_code_of_the_wire_has_a_sentence() -> None:
    shown_otherwise = {"blob.busy", "blob.malformed", "blob.too_large", "upload.elsewhere"}
    shown_otherwise |= {"session.over", "call.malformed", "call.unknown"}
    assert (error_codes() | refusals()) - shown_otherwise - _SENTENCES.keys() == set()
