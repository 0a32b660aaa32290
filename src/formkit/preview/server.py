"""A small server on this machine only: the marked page, the package's fonts, and word of every save."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from formkit.fonts import available

HOST = "127.0.0.1"
_SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'unsafe-inline'; "
        "font-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
    ),
}
_KEEP_ALIVE_SECONDS = 15.0


class PreviewServer(ThreadingHTTPServer):
    """Serve what `page` returns; `saved()` makes every open page load again."""

    daemon_threads = True

    def __init__(self, port: int, page: Callable[[], str]) -> None:
        super().__init__((HOST, port), _Handler)
        self.page = page
        self.changed = threading.Condition()
        self.version = 0

    def saved(self) -> None:
        """Tell all open pages that something was saved."""
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def wait(self, seen: int) -> int:
        """Wait for a save after the one that was seen, or for a while; returns the newest."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != seen, _KEEP_ALIVE_SECONDS)
            return self.version

    @property
    def address(self) -> str:
        """Return where the page is."""
        return f"http://{HOST}:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    def do_GET(self) -> None:
        """Answer for the page, a font or the events; nothing else is there."""
        if self.headers.get("Host", "").partition(":")[0] not in (HOST, "localhost"):
            # Another name for this address is another site's (DNS rebinding).
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"")
        elif self.path == "/":
            self._send(HTTPStatus.OK, "text/html; charset=utf-8", self.server.page().encode())
        elif self.path == "/events":
            self._events()
        elif font := _font(self.path):
            self._send(HTTPStatus.OK, "font/ttf", font.read_bytes())
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"")

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **_SAFE}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in {"Content-Type": "text/event-stream", **_SAFE}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            seen = self.server.version
            while True:
                now = self.server.wait(seen)
                self.wfile.write(b"data: saved\n\n" if now != seen else b": still here\n\n")
                self.wfile.flush()
                seen = now
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, format: str, *args: object) -> None:
        """Keep no log."""


def _font(path: str) -> Path | None:
    return next((font.path for font in available() if path == f"/fonts/{font.path.name}"), None)
