"""The server: one process of threads for pages, processes of their own for PDF files, all forms laid out first."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import waitress.server

from formkit.i18n.languages import GERMAN
from formkit.web.app import create_app
from formkit.web.offer import Offer
from formkit.web.workers import Ahead, Workers

LOOPBACK, PORT = "127.0.0.1", 8080
# Those that wait for a PDF file only wait; pages must find a free one beside them.
_THREADS = 24
# waitress counts what waits for a thread; two hundred people at once are to be served, not refused.
_CONNECTIONS = 500
_IN_MEMORY, _OUT_MEMORY = 2_000_000, 100_000_000


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to listen, and the address of a proxy whose word about the visitor's connection is taken."""

    host: str = LOOPBACK
    port: int = PORT
    proxy: str = ""


def serve(offer: Offer, listening: Listening, ready: Callable[[str], object]) -> None:
    """Serve until stopped; `ready` is told the address once pages can be asked for. Raises OSError."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    workers = Workers()
    trusted = {"trusted_proxy": listening.proxy, "trusted_proxy_headers": {"x-forwarded-proto", "x-forwarded-host"}}
    server = waitress.server.create_server(
        create_app(offer, workers),
        host=listening.host,
        port=listening.port,
        threads=_THREADS,
        connection_limit=_CONNECTIONS,
        # Ours is the lower limit, so that it is our page that says so; and no body waits in a file on the disk.
        max_request_body_size=_IN_MEMORY,
        inbuf_overflow=_IN_MEMORY,
        outbuf_overflow=_OUT_MEMORY,
        clear_untrusted_proxy_headers=True,
        ident="",
        **(trusted if listening.proxy else {}),
    )
    # Also where a shell that started it in the background has it ignore Ctrl-C, and where a service manager ends it:
    # else the processes beside it would outlive it.
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _stop)
    try:
        with suppress(KeyboardInterrupt):
            lay_out_ahead(offer, workers)
            ready(f"http://{listening.host}:{server.effective_port}/")
            server.run()
    finally:
        server.close()
        workers.close()


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def lay_out_ahead(offer: Offer, workers: Workers) -> None:
    """Begin to lay out every blank form, the German ones first: the office gets those."""
    authority = offer.authority.id if offer.authority else ""
    languages = sorted(offer.languages(), key=lambda each: each.tag != GERMAN.tag)
    pairs = ((form, language) for language in languages for form in offer.forms)
    workers.ahead([Ahead(offer.project, form.id, each, authority, offer.today()) for form, each in pairs])
