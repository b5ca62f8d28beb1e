"""A small OpenID Connect provider on loopback: discovery, sign-in form, token with a signed identity, keys. Test code, keeps nothing."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET, PASSWORD = "zhengmai-pages", "for-the-test-only-0123456789", "对的密码"
KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
FORM = """<!doctype html><html lang=zh><title>sign in</title><h1>某单位统一登录</h1><form method=post>
<label>姓名 <input name=name></label><label>密码 <input name=password type=password></label><button>确认</button></form>"""


def provider(address: str) -> Starlette:
    """Return the provider that calls itself ``address``; it knows one password and takes any name."""
    granted: dict[str, dict[str, str]] = {}

    async def discovery(request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": address,
                "authorization_endpoint": f"{address}/authorize",
                "token_endpoint": f"{address}/token",
                "jwks_uri": f"{address}/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    async def authorize(request: Request) -> Response:
        asked = dict(request.query_params)
        if request.method == "GET":
            return HTMLResponse(FORM)
        async with request.form() as form:
            name, password = str(form["name"]), str(form["password"])
        if password != PASSWORD:
            return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}", 303)
        code = secrets.token_urlsafe()
        granted[code] = {"name": name, "nonce": asked.get("nonce", "")}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 303)

    async def token(request: Request) -> Response:
        async with request.form() as form:
            who = granted.pop(str(form["code"]), None)
        if who is None:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": address, "sub": who["name"], "aud": CLIENT, "iat": now, "exp": now + 600, **who}
        signed = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, KEY)
        return JSONResponse({"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 600, "id_token": signed})

    async def jwks(request: Request) -> Response:
        return JSONResponse({"keys": [KEY.as_dict(private=False)]})

    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", discovery),
            Route("/authorize", authorize, methods=["GET", "POST"]),
            Route("/token", token, methods=["POST"]),
            Route("/jwks", jwks),
        ]
    )


@contextmanager
def running_provider(port: int) -> Iterator[str]:
    """Run the provider on a port of loopback; yields its address."""
    address = f"http://127.0.0.1:{port}"
    server = uvicorn.Server(uvicorn.Config(provider(address), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    try:
        yield address
    finally:
        server.should_exit = True
        thread.join(10)
