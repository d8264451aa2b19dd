"""SPAKE2 as the network's README describes it, from its words alone and without the library."""

import hashlib
import hmac

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Element = tuple[int, int]
NEUTRAL: Element = (0, 1)


def hkdf(data: bytes, info: bytes, count: int = 48) -> bytes:
    key = hmac.digest(bytes(32), data, "sha256")
    told, block = b"", b""
    for n in range(1, 3):
        block = hmac.digest(key, block + info + bytes([n]), "sha256")
        told += block
    return told[:count]


def added(one: Element, two: Element) -> Element:
    (x1, y1), (x2, y2) = one, two
    product = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P)
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, P)
    return x % P, y % P


def times(count: int, element: Element) -> Element:
    result = NEUTRAL
    for bit in bin(count)[2:]:
        result = added(result, result)
        result = added(result, element) if bit == "1" else result
    return result


def even_x(y: int) -> int | None:
    """The even x of a point with this y; None where there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P:
        return None
    return x if x % 2 == 0 else P - x


def encoded(element: Element) -> bytes:
    x, y = element
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decoded(raw: bytes) -> Element:
    number = int.from_bytes(raw, "little")
    y = number & (1 << 255) - 1
    x = even_x(y)
    assert x is not None
    return (P - x if number >> 255 else x), y


def from_seed(seed: bytes) -> Element:
    y = int.from_bytes(hkdf(seed, b"SPAKE2 arbitrary element"), "big") % P
    while True:
        x = even_x(y)
        element = times(8, (x, y)) if x is not None else NEUTRAL
        if element != NEUTRAL:
            return element
        y = (y + 1) % P


BASE = decoded((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
M, N = from_seed(b"M"), from_seed(b"N")


def weight(password: bytes) -> int:
    return int.from_bytes(hkdf(password, b"SPAKE2 pw"), "big") % L


def message(side: str, password: bytes, scalar: int) -> bytes:
    blind = {"A": M, "B": N}[side]
    point = added(times(scalar, BASE), times(weight(password), blind))
    return side.encode() + encoded(point)


def shared_key(password: bytes, scalar: int, ours: bytes, theirs: bytes) -> bytes:
    """The key at side A, whose message is `ours`."""
    back = times(L - weight(password), N)
    shared = times(scalar, added(decoded(theirs[1:]), back))
    digests = [password, b"meetingroom device", b"meetingroom hub"]
    told = b"".join(hashlib.sha256(part).digest() for part in digests)
    return hashlib.sha256(told + ours[1:] + theirs[1:] + encoded(shared)).digest()
