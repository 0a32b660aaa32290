"""What every answer of the server carries, and what it does not take: handbook rules in one place.

There is no cookie and no session, so a forged request could only make the server show somebody their own page.
Requests from other sites are refused all the same, by Sec-Fetch-Site and Origin (W3C Fetch Metadata; RFC 6454).
"""

from __future__ import annotations

from io import BytesIO
from typing import IO
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, request

MAX_BODY = 1_000_000
MAX_FIELDS = 1_000
MAX_VALUE = 20_000
"""Characters of one field; the state has a limit of its own."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_HSTS = "max-age=31536000"
_ASSETS = "public, max-age=31536000, immutable"


class InMemory(Request):
    """A request whose uploaded file stays in memory: Werkzeug would put a large one on the disk."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def protect(app: Flask) -> None:
    """Put the limits and headers on an application."""
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY, MAX_FORM_PARTS=MAX_FIELDS)
    app.before_request(_refuse)
    app.after_request(_headed)


def _refuse() -> None:
    if request.method not in ("POST", "PUT", "PATCH", "DELETE"):
        return
    if not _same_site():
        abort(403)
    if request.mimetype == "application/x-www-form-urlencoded":
        # Counted before anything is parsed: a million empty fields cost as much as a million full ones.
        data = request.get_data(cache=True)
        if len(data) > MAX_BODY or data.count(b"&") >= MAX_FIELDS:
            abort(413)
    elif request.mimetype != "multipart/form-data" and request.content_length:
        abort(415)
    if any(len(value) > MAX_VALUE for name, value in request.form.items(multi=True) if name != "state"):
        abort(413)


def _same_site() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    # Our own no-referrer policy makes browsers send "null" with forms of our own (Fetch, "append a request Origin").
    return origin in (None, "null") or urlsplit(origin).netloc == request.host


def _headed(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers[name] = value
    lasting = request.endpoint == "asset" and response.status_code == 200
    response.headers["Cache-Control"] = _ASSETS if lasting else "no-store"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = _HSTS
    return response
