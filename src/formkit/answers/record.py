"""One set of answers as a file holds it, before the form is asked what it means, and what it then means.

Formats turn bytes into records and know nothing of forms; here a form makes answers of a record, strictly:
what does not belong to the form is a problem with its place, and all problems are told at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from formkit.answers.model import Answers
from formkit.answers.raw import parse, raw_from_pdf
from formkit.answers.slots import Outline, outline
from formkit.answers.tree import Place, read_tree
from formkit.definition.model import Form
from formkit.errors import AnswersError
from formkit.expressions.error import shortened, suggestion
from formkit.i18n.languages import LANGUAGES
from formkit.i18n.localize import SOURCE_TAG
from formkit.problems import Problem, Where
from formkit.values import Json

# Names that no field of a form can have: they say what a record belongs to.
FORM, VERSION, LANGUAGE = "_form", "_version", "_language"
_LONG = 60
MAX_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Record:
    """What a file says: which form, version and language ("" or 0: it does not say), and the answers.

    The answers are a `tree` (JSON), `raw` texts by the names of boxes, or `cells` by value paths; `locate`
    gives the place of a path in the file.
    """

    where: Where
    form: str = ""
    version: int = 0
    language: str = ""
    tree: Mapping[str, Json] | None = field(default=None, repr=False)
    raw: Mapping[str, str] = field(default_factory=dict, repr=False)
    cells: Mapping[str, str] = field(default_factory=dict, repr=False)
    locate: Callable[[Place], Where] | None = None

    def place(self, path: Place) -> Where:
        """Return where a path stands in the file, or the record as a whole."""
        return self.locate(path) if self.locate else self.where

    def mark(self, key: str) -> Where:
        """Return where the file says which form, version or language it belongs to."""
        return self.place((key if self.tree is not None else f"_{key}",))


def version_of(text: str) -> int:
    """Return the version that a file names, 0 where that is no version of any form."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def marked(raw: Mapping[str, str], where: Where, locate: Callable[[Place], Where] | None = None) -> Record:
    """Return the record of raw texts among which `_form`, `_version` and `_language` say what they belong to."""
    rest = {name: text for name, text in raw.items() if name not in (FORM, VERSION, LANGUAGE)}
    version = raw.get(VERSION, "").strip()
    number = version_of(version)
    if version and not number:
        place = locate((VERSION,)) if locate else where
        refuse(where.file, [Problem(place, "the version is no whole number", "version")])
    form, language = raw.get(FORM, "").strip(), raw.get(LANGUAGE, "").strip()
    return Record(where, form, number, language, raw=rest, locate=locate)


def record_of_pdf(fields: Iterable[tuple[str, tuple[str, ...]]], said: Mapping[str, str], file: str) -> Record:
    """Return the record of a filled PDF.

    Takes names and values of its fields and its marks: `Form`, `Version` and `Language`, where it has them.
    """
    number = version_of(said.get("Version", ""))
    return Record(Where(file), said.get("Form", ""), number, said.get("Language", ""), raw=raw_from_pdf(fields))


def marks(answers: Answers) -> dict[str, str]:
    """Return what `marked` reads."""
    return {FORM: answers.form, VERSION: str(answers.version), LANGUAGE: answers.language}


def understood(form: Form, record: Record) -> Answers:
    """Return the answers of a record; raises AnswersError with everything that does not belong to the form."""
    problems = list(_belonging(form, record))
    language = record.language or SOURCE_TAG
    if record.tree is not None:
        answers, wrong = read_tree(form, record.tree, language)
        problems += [Problem(record.place(("answers", *place)), text, check) for place, text, check in wrong]
    else:
        raw, unknown, twice = _boxes(form, record)
        problems += twice
        parsed = parse(form, raw, language)
        answers = parsed.answers
        problems += _unknown(form, record, (*unknown, *parsed.unknown))
    if problems:
        refuse(record.where.file, problems)
    return answers


def _belonging(form: Form, record: Record) -> Iterator[Problem]:
    if record.form and record.form != form.id:
        text = f"these are answers to '{shortened(record.form)}', not to '{form.id}'"
        yield Problem(record.mark("form"), text, "wrong-form")
    elif record.version and record.version != form.version:
        text = f"these are answers to version {record.version}; the form at hand is version {form.version}"
        yield Problem(record.mark("version"), text, "wrong-version")
    if record.language and record.language not in LANGUAGES:
        text = f"'{shortened(record.language)}' is no language{suggestion(record.language[:_LONG], LANGUAGES)}"
        yield Problem(record.mark("language"), text, "unknown-language")


def _boxes(form: Form, record: Record) -> tuple[dict[str, str], list[str], list[Problem]]:
    """Return the raw texts of a record, cells of tables turned into them; what has no place in the form; conflicts."""
    placed = outline(form)
    raw, unknown, twice = dict(record.raw), [], []
    for path, cell in record.cells.items():
        texts = _texts_of(placed, path, cell)
        if texts is None:
            unknown.append(path)
            continue
        for name, text in texts.items():
            if raw.setdefault(name, text) != text:
                said = f"'{name}' has two different answers, in its own column and in that of its question"
                twice.append(Problem(record.place((path,)), said, "duplicate-field"))
    return raw, unknown, twice


def _texts_of(placed: Outline, path: str, cell: str) -> dict[str, str] | None:
    """Return the raw texts that a cell stands for, None where the form has no such column."""
    try:
        slot, row = placed.split(path)
    except KeyError:
        return {path: cell} if placed.box(path) is not None else None
    if row is not None and row >= placed.most_rows(slot.repeat):
        return None
    return {f"{path}.{part}" if part else path: text for part, text in slot.field.from_cell(cell).items()}


def _unknown(form: Form, record: Record, names: Sequence[str]) -> Iterator[Problem]:
    placed = outline(form)
    for name in names[:MAX_PROBLEMS]:
        plain = ".".join(part for part in name.split(".") if not part.isdigit())
        if plain in placed.by_path and plain != name:
            most = placed.most_rows(placed.by_path[plain].repeat)
            text = f"'{shortened(name)}' is no row of this form; a list has at most {most} rows, counted from 0"
        else:
            text = f"'{shortened(name)}' is no question of this form{suggestion(plain[:_LONG], placed.by_path)}"
        yield Problem(record.place((name,)), text, "unknown-path")


def refuse(file: str, problems: Sequence[Problem]) -> NoReturn:
    """Raise AnswersError that lists problems of a file, the first hundred of very many."""
    count = "1 fault" if len(problems) == 1 else f"{len(problems)} faults"
    raise AnswersError(f"{file}: the answers cannot be read: {count}", problems=problems[:MAX_PROBLEMS])
