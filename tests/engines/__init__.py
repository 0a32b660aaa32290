"""Viewers' engines that fill in a form as a person does at a screen, and save it: pdfium, poppler and pdf.js.

`ENGINES[name](source, target, answers)` types `answers`, values by full field name, into any form. A value is a text,
the on-state of a box or button, or the export value of an option. `missing(name)` says why an engine cannot run here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from engines import pdfium
from engines.strokes import Answers, Stroke, strokes

HERE = Path(__file__).parent
# Poppler's bindings belong to the Python of the system, not to that of a virtual environment.
SYSTEM_PYTHON = "/usr/bin/python3"

Engine = Callable[[Path, Path, Answers], None]


def _as_json(given: list[Stroke]) -> str:
    return json.dumps([{name: getattr(stroke, name) for name in Stroke.__slots__} for stroke in given])


def _poppler(source: Path, target: Path, answers: Answers) -> None:
    command = [SYSTEM_PYTHON, "-I", str(HERE / "poppler.py"), str(source), str(target)]
    _run(command, _as_json(strokes(source, answers)))


def _pdfjs(source: Path, target: Path, answers: Answers) -> None:
    folder = os.environ["FORMKIT_PDFJS"]
    _run(["node", str(HERE / "pdfjs.mjs"), folder, str(source), str(target)], _as_json(strokes(source, answers)))


def _pdfium(source: Path, target: Path, answers: Answers) -> None:
    pdfium.fill(source, target, strokes(source, answers))


def _run(command: list[str], given: str) -> None:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


ENGINES: Mapping[str, Engine] = {"pdfium": _pdfium, "poppler": _poppler, "pdf.js": _pdfjs}


def missing(engine: str) -> str:
    """Return why an engine cannot run here, "" if it can."""
    if engine == "poppler":
        ask = "import gi; gi.require_version('Poppler', '0.18'); from gi.repository import Poppler"
        if (
            not Path(SYSTEM_PYTHON).exists()
            or subprocess.run([SYSTEM_PYTHON, "-c", ask], capture_output=True).returncode
        ):
            return "poppler-glib cannot be called: install gir1.2-poppler-0.18 and python3-gi"
    if engine == "pdf.js":
        if not shutil.which("node"):
            return "there is no node to run pdf.js"
        if not os.environ.get("FORMKIT_PDFJS"):
            return "FORMKIT_PDFJS names no folder of the npm package pdfjs-dist"
    return ""
