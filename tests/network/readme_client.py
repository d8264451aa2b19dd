"""A client of the hub written from the network's README alone: it imports nothing of ours."""

import asyncio
import base64
import hashlib
import hmac
import http.client
import json
import secrets
import ssl
import unicodedata
from datetime import UTC, datetime
from typing import Any

import spake2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from websockets.asyncio.client import ClientConnection, connect

Json = dict[str, Any]
PROTOCOL = 1
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GENESIS = "0" * 64
SECONDS = 30.0


class NotTrustedError(Exception):
    """What the other side says does not fit what it proves."""


class FailedError(Exception):
    """A known error the hub told: its code, and the fields of its sentence."""

    def __init__(self, message: Json) -> None:
        super().__init__(message["code"])
        self.code = message["code"]
        self.group = message.get("group", "")
        self.fields = message.get("fields", {})


# --- bytes ------------------------------------------------------------------------------


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def sha(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def is_signed(key: str, raw: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, raw)
    except InvalidSignature:
        return False
    return True


def payload_hash(salt: bytes, payload: str) -> str:
    return sha(salt + payload.encode())


def next_chain(chain: str, head_hash: str) -> str:
    return sha(bytes.fromhex(chain) + bytes.fromhex(head_hash))


def auth_bytes(nonce: str, tls: str, device: str) -> bytes:
    digest = hashlib.sha256(f"{nonce}\n{tls}\n{device}".encode()).digest()
    return b"meetingroom auth 1\0" + digest


def transcript(hello: Json, tls: str, claim: Json, challenge: Json) -> bytes:
    parts = [
        str(PROTOCOL),
        hello["office"],
        hello["office_key"],
        challenge["role"],
        challenge["principal"],
        claim["slot"],
        claim["nonce"],
        challenge["nonce"],
        base64.b64decode(claim["message"]).hex(),
        base64.b64decode(challenge["message"]).hex(),
        tls,
        claim["device"],
        claim["public_key"],
        claim["name"],
    ]
    told = b"meetingroom enrolment 1\0"
    for part in parts:
        told += len(part.encode()).to_bytes(4, "big") + part.encode()
    return hashlib.sha256(told).digest()


def confirmation(key: bytes, side: str, agreed: bytes) -> bytes:
    return hmac.digest(key, side.encode() + b"\0" + agreed, "sha256")


# --- the other side ---------------------------------------------------------------------


def tls_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def judge_hub(office_key: str, hello: Json, tls: str) -> None:
    """Only a hub with a certificate of the pinned office key, for the TLS we see."""
    text = hello["certificate"]
    signed = b"meetingroom hub certificate 1\0" + text.encode()
    if not is_signed(office_key, signed, base64.b64decode(hello["signature"])):
        raise NotTrustedError("certificate")
    if json.loads(text)["tls"] != tls:
        raise NotTrustedError("tls")


async def dial(host: str, port: int, path: str) -> ClientConnection:
    return await connect(
        f"wss://{host}:{port}{path}",
        ssl=tls_context(),
        compression=None,
        proxy=None,
        max_size=8 << 20,
    )


def certificate_shown(connection: ClientConnection) -> str:
    return sha(connection.transport.get_extra_info("ssl_object").getpeercert(True))


async def say(connection: ClientConnection, t: str, **fields: object) -> None:
    await connection.send(json.dumps({"t": t, **fields}))


async def hear(connection: ClientConnection, *tags: str) -> Json:
    async with asyncio.timeout(SECONDS):
        message: Json = json.loads(await connection.recv())
    if message["t"] in ("failed", "refused"):
        raise FailedError(message)
    if message["t"] not in tags:
        raise NotTrustedError(message["t"])
    return message


def hello_over_http(host: str, port: int) -> Json:
    connection = http.client.HTTPSConnection(host, port, context=tls_context(), timeout=SECONDS)
    connection.request("GET", "/hello")
    message: Json = json.loads(connection.getresponse().read())
    connection.close()
    return message


# --- enrolment --------------------------------------------------------------------------


def split_code(text: str) -> tuple[str, str]:
    letters = [c for c in unicodedata.normalize("NFKC", text).upper() if c not in " \t-–"]
    if len(letters) != 8 or set(letters) - set(ALPHABET):
        raise ValueError("mistyped")
    return "".join(letters[:2]), "".join(letters[2:])


async def enrol(host: str, port: int, code: str, key: Ed25519PrivateKey, name: str) -> Json:
    """Join the office with a code; the grant."""
    slot, secret = split_code(code)
    connection = await dial(host, port, "/enrol")
    try:
        tls = certificate_shown(connection)
        hello = await hear(connection, "hello")
        if hello["protocol"] != PROTOCOL:
            raise NotTrustedError("version")
        pake = spake2.SPAKE2_A(secret.encode(), idA=b"meetingroom device", idB=b"meetingroom hub")
        claim = {
            "slot": slot,
            "message": b64(pake.start()),
            "nonce": secrets.token_hex(16),
            "device": "device-" + secrets.token_hex(16),
            "public_key": key.public_key().public_bytes_raw().hex(),
            "name": name,
        }
        await say(connection, "claim", **claim)
        challenge = await hear(connection, "challenge")
        shared = pake.finish(base64.b64decode(challenge["message"]))
        agreed = transcript(hello, tls, claim, challenge)
        told = base64.b64decode(challenge["mac"])
        if not hmac.compare_digest(told, confirmation(shared, "hub", agreed)):
            await say(connection, "failed", n=0, group="EnrolmentError", code="code.wrong")
            raise FailedError({"code": "code.wrong"})
        judge_hub(hello["office_key"], hello, tls)
        await say(connection, "confirm", mac=b64(confirmation(shared, "device", agreed)))
        grant: Json = (await hear(connection, "granted"))["grant"]
    finally:
        await connection.close()
    expected = (hello["office"], hello["office_key"], claim["device"], challenge["principal"])
    if (grant["office"], grant["office_key"], grant["device"], grant["principal"]) != expected:
        raise NotTrustedError("grant")
    return grant


# --- a device on line -------------------------------------------------------------------


class Client:
    """An enrolled device: its copy of the log, and its line to the hub."""

    def __init__(self, host: str, port: int, key: Ed25519PrivateKey, grant: Json) -> None:
        self.host, self.port, self.key, self.grant = host, port, key, grant
        self.position: Json = {}
        self.records: dict[str, Json] = {}  # id → head, payload, envelope, all parsed
        self.ever: set[str] = set()  # ids of all records that came with content
        self.chains: dict[str, dict[int, str]] = {}  # stream → number → chain
        self.checked_links = 0
        self.hub_keys: dict[str, str] = {}
        self.stages: dict[str, Json] = {}
        self.welcome: Json = {}
        self.tls = ""
        self._numbers = 0
        self._connection: ClientConnection | None = None

    @property
    def connection(self) -> ClientConnection:
        assert self._connection is not None
        return self._connection

    async def come_on_line(self) -> None:
        self._connection = await dial(self.host, self.port, "/device")
        self.tls = certificate_shown(self.connection)
        hello = await hear(self.connection, "hello")
        judge_hub(self.grant["office_key"], hello, self.tls)
        signed = self.key.sign(auth_bytes(hello["nonce"], self.tls, self.grant["device"]))
        await say(
            self.connection,
            "auth",
            device=self.grant["device"],
            signature=b64(signed),
            position=self.position,
        )
        self.welcome = await hear(self.connection, "welcome")

    async def close(self) -> None:
        await self.connection.close()

    # --- receiving ----------------------------------------------------------------------

    async def next(self) -> Json:
        """The next message; steps are taken and stages kept on the way."""
        message = await hear(self.connection, "deliver", "stage", "laser", "answers", "reply")
        if message["t"] == "deliver":
            await self._take(message)
        elif message["t"] == "stage":
            stage = message["stage"]
            known = self.stages.get(stage["meeting"], {})
            if stage.get("revision", 0) > known.get("revision", -1):
                self.stages[stage["meeting"]] = stage
        return message

    async def until(self, is_so: Any) -> None:
        while not is_so():
            await self.next()

    async def _take(self, message: Json) -> None:
        is_same_life = self.position.get("incarnation") == message["incarnation"]
        since = self.position["since"] if is_same_life else 0
        for number, step in enumerate(message["steps"], since + 1):
            if step["seq"] != number:
                raise NotTrustedError("gap")
            if step.get("kept") is None:
                self.records.pop(step["record"], None)
            else:
                self._check(step["kept"], step)
        since = message["steps"][-1]["seq"]
        self.position = {"incarnation": message["incarnation"], "since": since}
        await say(self.connection, "took", since=since)

    def _check(self, kept: Json, step: Json) -> None:
        record, signed = kept["record"], kept["envelope"]
        head, envelope = json.loads(record["head"]), json.loads(signed["body"])
        payload = record["payload"]
        is_gone = payload is None and record["salt"] is None
        if not is_gone:
            salt = base64.b64decode(record["salt"])
            if payload_hash(salt, payload) != head["payload_hash"]:
                raise NotTrustedError("payload")
        if (envelope["record"], envelope["stream"]) != (head["id"], head["stream"]):
            raise NotTrustedError("envelope")
        if (head["id"], head["stream"]) != (step["record"], step["stream"]):
            raise NotTrustedError("step")
        if envelope["head_hash"] != sha(record["head"].encode()):
            raise NotTrustedError("head")
        fact = {} if is_gone else json.loads(payload)
        if head["kind"] == "hub_certified":
            self._note_hub(fact)
        body = b"meetingroom envelope 1\0" + signed["body"].encode()
        key = self.hub_keys[envelope["hub"]]
        if not is_signed(key, body, base64.b64decode(signed["signature"])):
            raise NotTrustedError("hub's signature")
        self._check_chain(envelope)
        self._check_author(head, record)
        self.ever.add(head["id"])
        self.records[head["id"]] = {"head": head, "payload": fact, "envelope": envelope}

    def _note_hub(self, fact: Json) -> None:
        text = fact["certificate"]
        signed = b"meetingroom hub certificate 1\0" + text.encode()
        if is_signed(self.grant["office_key"], signed, bytes.fromhex(fact["signature"])):
            certificate = json.loads(text)
            self.hub_keys[certificate["hub"]] = certificate["public_key"]

    def _check_chain(self, envelope: Json) -> None:
        known = self.chains.setdefault(envelope["stream"], {0: GENESIS})
        before = known.get(envelope["number"] - 1)
        if before is not None:
            if next_chain(before, envelope["head_hash"]) != envelope["chain"]:
                raise NotTrustedError("chain")
            self.checked_links += 1
        known[envelope["number"]] = envelope["chain"]

    def _check_author(self, head: Json, record: Json) -> None:
        devices = [r["payload"] for r in self.of_kind("device_enrolled")]
        key = next((d["public_key"] for d in devices if d["device"] == head["device"]), None)
        if head["author"] == "hub":
            key = self.hub_keys[head["device"]]
        signed = b"meetingroom record 1\0" + record["head"].encode()
        if key is None or not is_signed(key, signed, base64.b64decode(record["signature"])):
            raise NotTrustedError("author's signature")

    def of_kind(self, kind: str) -> list[Json]:
        return [record for record in self.records.values() if record["head"]["kind"] == kind]

    # --- asking -------------------------------------------------------------------------

    async def request(self, t: str, **fields: object) -> Json:
        """Send a request and read on until its answer."""
        self._numbers += 1
        await say(self.connection, t, n=self._numbers, **fields)
        while True:
            message = await self.next()
            if message.get("n") == self._numbers:
                return message

    async def ask(self, name: str, /, **body: object) -> Json:
        reply: Json = (await self.request("ask", name=name, body=body))["body"]
        return reply

    # --- writing ------------------------------------------------------------------------

    def record(self, stream: str, kind: str, payload: Json, **head_fields: object) -> Json:
        salt, text = secrets.token_bytes(16), json.dumps(payload, ensure_ascii=False)
        head = json.dumps(
            {
                "id": "record-" + secrets.token_hex(16),
                "stream": stream,
                "kind": kind,
                "author": self.grant["principal"],
                "device": self.grant["device"],
                "at": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "payload_hash": payload_hash(salt, text),
                **head_fields,
            }
        )
        signature = self.key.sign(b"meetingroom record 1\0" + head.encode())
        return {"head": head, "payload": text, "salt": b64(salt), "signature": b64(signature)}

    async def send(self, *records: Json, is_batch: bool = False) -> list[str]:
        """What became of each: "" where accepted, else the refusal's code."""
        answers = await self.request("records", records=list(records), is_batch=is_batch)
        return ["" if answer["is_accepted"] else answer["refusal"] for answer in answers["answers"]]

    # --- blobs --------------------------------------------------------------------------

    def blob_request(self, method: str, path: str, body: bytes = b"", **headers: str) -> Any:
        """(status, headers, body) of one request, over the certificate the line has."""
        port = self.welcome["blob_port"]
        connection = http.client.HTTPSConnection(
            self.host, port, context=tls_context(), timeout=SECONDS
        )
        connection.connect()
        if sha(connection.sock.getpeercert(True)) != self.tls:
            raise NotTrustedError("tls of the blob port")
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        told["Authorization"] = f"Bearer {self.welcome['token']}"
        connection.request(method, path, body=body or None, headers=told)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.headers, content

    def fetch(self, blob: str, record: str, parts: list[str]) -> bytes:
        """A blob by its ranges, one request each; verified."""
        content = b""
        for part in parts:
            status, headers, piece = self.blob_request(
                "GET", f"/blob/{blob}?record={record}", Range=part, If_Range=f'"{blob}"'
            )
            if status != 206 or headers["ETag"] != f'"{blob}"':
                raise NotTrustedError(f"answered {status}")
            content += piece
        if sha(content) != blob:
            raise NotTrustedError("blob")
        return content

    def upload(self, content: bytes, piece: int = 1 << 20) -> int:
        """Send a blob in pieces from where the hub is; the last status."""
        blob = sha(content)
        _, headers, _ = self.blob_request("HEAD", f"/upload/{blob}")
        offset = int(headers["Upload-Offset"])
        while True:
            part = content[offset : offset + piece]
            is_last = offset + len(part) == len(content)
            status, _, _ = self.blob_request(
                "PUT",
                f"/upload/{blob}",
                part,
                Upload_Offset=str(offset),
                Upload_Complete="1" if is_last else "0",
            )
            offset += len(part)
            if status != 204 or is_last:
                return int(status)
