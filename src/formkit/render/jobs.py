"""What is to be rendered, what each document is called, and whether the file that is there still holds.

A hash of all inputs travels in the file itself. It is made from the bytes of the files and the versions of
the libraries without reading the definition, so that "nothing changed" is known at once.
"""

from __future__ import annotations

import ctypes
import datetime
import hashlib
import importlib.metadata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from formkit import fonts
from formkit.i18n.languages import Language
from formkit.i18n.paths import REVIEWS, catalogs
from formkit.project import Project

PRINT, FILLABLE = "print", "fillable"
_PACKAGE = Path(__file__).parent.parent
# Parts of the program that no page is made by.
_BESIDE = frozenset({"answers", "batch", "checks", "cli", "copies", "mapping", "preview", "returned", "web"})
# All that decides the bytes of a page beside our own files; the package itself is hashed by its sources.
_LIBRARIES = (
    "weasyprint",
    "pydyf",
    "pikepdf",
    "jinja2",
    "babel",
    "polib",
    "pydantic",
    "fonttools",
    "tinycss2",
)
_SHARED = ("libpango-1.0.so.0", "libharfbuzz.so.0")


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be made: form × language × authority in a layout, for paper or to be filled in a viewer."""

    form: str
    language: Language
    authority: str
    layout: str
    large: bool
    completeness: int
    kind: str = PRINT

    @property
    def name(self) -> str:
        """Return the file's name: <form>.<lang>.<kind>[-<layout>][-large].pdf."""
        layout = "" if self.layout in _UNNAMED.get(self.language.tag, ("interlinear",)) else f"-{self.layout}"
        return f"{self.form}.{self.language.tag}.{self.kind}{layout}{'-large' if self.large else ''}.pdf"


# German alone has one layout, which needs no name.
_UNNAMED = {"de": ("source",)}


def fingerprint(project: Project, job: Job) -> str:
    """Return a hash of everything a document is made from, apart from the day."""
    digest = hashlib.sha256()
    for part in (job.name, job.authority, str(job.completeness), fonts.fingerprint(), program()):
        digest.update(f"{len(part)}:{part}".encode())
    for path in _inputs(project, job):
        data = path.read_bytes() if path.exists() else b""
        digest.update(f"{path.name}:{len(data)}:".encode() + data)
    return digest.hexdigest()


def _inputs(project: Project, job: Job) -> Iterable[Path]:
    yield project.form_path(job.form)
    if job.authority:
        profile = project.authority_path(job.authority)
        yield profile
        yield from sorted(profile.parent.glob(f"{job.authority}*.svg"))
        yield from sorted(profile.parent.glob(f"{job.authority}*.png"))
    yield from catalogs(project, job.form, job.language, job.authority).values()
    yield project.locales / REVIEWS


@cache
def program() -> str:
    """Return a hash of this package's sources and the versions of the libraries that shape a page."""
    digest = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        place = path.relative_to(_PACKAGE)
        if path.suffix in (".py", ".j2", ".css") and place.parts[0] not in _BESIDE:
            digest.update(place.as_posix().encode() + b"\0" + path.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    digest.update(library_versions().encode())
    return digest.hexdigest()


def library_versions() -> str:
    """Return the versions of Pango and HarfBuzz, "" where they are missing: rendering will say so."""
    found = []
    for file, function in zip(_SHARED, ("pango_version_string", "hb_version_string"), strict=True):
        try:
            version = getattr(ctypes.CDLL(file), function)
        except (OSError, AttributeError):
            continue
        version.restype = ctypes.c_char_p
        found.append(f"{file} {version().decode()}")
    return ", ".join(found)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a rendered file says of its inputs: their hash, and the days on which it holds."""

    inputs: str
    first: datetime.date
    last: datetime.date

    def holds(self, inputs: str, day: datetime.date) -> bool:
        """Tell whether a file with this stamp is what would be rendered again on a day."""
        return self.inputs == inputs and self.first <= day <= self.last

    def marks(self) -> dict[str, str]:
        """Return the stamp as marks of a PDF."""
        return {"Inputs": self.inputs, "Holds": f"{self.first.isoformat()}/{self.last.isoformat()}"}


def read_stamp(marks: dict[str, str]) -> Stamp | None:
    """Return the stamp among a PDF's marks, None where it is none of ours."""
    first, _, last = marks.get("Holds", "").partition("/")
    try:
        return Stamp(marks["Inputs"], datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
    except (KeyError, ValueError):
        return None
