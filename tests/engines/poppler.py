"""poppler-glib, the engine of Evince: run by the Python of the system with SOURCE TARGET and strokes as JSON."""

import json
import pathlib
import sys

import gi

gi.require_version("Poppler", "0.18")
from gi.repository import Poppler  # noqa: E402 – the version must be said before


def fill(source, target, strokes):
    """Do the strokes and save the form."""
    document = Poppler.Document.new_from_file(pathlib.Path(source).absolute().as_uri(), None)
    for stroke in strokes:
        do(field_at(document.get_page(stroke["page"]), stroke), stroke)
    document.save(pathlib.Path(target).absolute().as_uri())


def field_at(page, stroke):
    """Return the field whose widget is there."""
    for mapping in page.get_form_field_mapping():
        area = mapping.area
        if area.x1 <= stroke["x"] <= area.x2 and area.y1 <= stroke["y"] <= area.y2:
            return mapping.field
    raise LookupError(stroke["name"])


def do(field, stroke):
    """Give an answer."""
    if stroke["kind"] == "text":
        field.text_set_text(stroke["text"])
    elif stroke["kind"] == "choice":
        field.choice_select_item(stroke["place"])
    else:
        field.button_set_state(True)


fill(sys.argv[1], sys.argv[2], json.load(sys.stdin))
