"""`formkit serve`: the pages on which applicants fill in forms themselves."""

from __future__ import annotations

import click

from formkit.cli.options import authority_of, authority_option, project


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0: any that is free.")
@click.option("--forms", "forms", multiple=True, metavar="FORM", help="A form to offer; may be repeated. Else all.")
@authority_option
@click.option(
    "--behind-proxy",
    default="",
    metavar="ADDRESS",
    help="Believe what the proxy at this address says of the visitor's connection (TLS, host name).",
)
@click.pass_context
def serve(
    ctx: click.Context, host: str, port: int, forms: tuple[str, ...], authority: str | None, behind_proxy: str
) -> None:
    """Let people fill in forms in a browser, in their language. Nothing that they write is kept.

    Example: formkit serve --port 8080
    """
    from formkit.errors import FormkitError
    from formkit.web.offer import offer
    from formkit.web.serving import Listening, serve

    here = project(ctx)
    offered = offer(here, forms, authority_of(here, authority))
    try:
        serve(offered, Listening(host, port, behind_proxy), _ready)
    except OSError as error:
        raise FormkitError(
            f"{host}:{port}: cannot listen there: {error.strerror}", advice="Name another one with --host and --port."
        ) from error


def _ready(address: str) -> None:
    click.echo(f"Forms are at {address} – stop with Ctrl-C.", err=True)
