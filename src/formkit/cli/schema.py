"""`formkit schema`: the JSON Schema of a form definition."""

from __future__ import annotations

import json

import click


@click.command()
@click.option("--authority", is_flag=True, help="The schema of an authority's profile instead.")
def schema(authority: bool) -> None:
    """Print the JSON Schema of a form definition, for editors that complete and check YAML.

    Example: formkit schema > form.schema.json
    """
    from formkit.definition import Authority, Form

    model = Authority if authority else Form
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
