"""Who may write: those who know the token."""

from __future__ import annotations

import base64
import binascii
import hmac

from endpoint.http import Asking, Refusal

SHORTEST = 8  # characters of a token


def admit(asking: Asking, token: str) -> None:
    """Compare the token of a request in constant time: ``Authorization: Bearer TOKEN``, or as the password of Basic.

    :raises Refusal: 401. No browser is asked for a password, so none keeps one that a foreign page could use.
    """
    if not hmac.compare_digest(_given(asking.header(b"authorization")), token.encode()):
        raise Refusal(401, "需要令牌 · expected the token: Authorization: Bearer TOKEN.", {"WWW-Authenticate": 'Bearer realm="zhengmai"'})


def _given(header: str) -> bytes:
    scheme, _, rest = header.partition(" ")
    rest = rest.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(rest, validate=True).partition(b":")[2]
        except binascii.Error:
            return b""
    return rest.encode("latin-1") if scheme.lower() == "bearer" else b""
