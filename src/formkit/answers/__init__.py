"""The answers to a form: read from files and PDFs, judged, explained to a caseworker, written.

`read_answers` and `write_answers` know the formats by the ends of file names; `parse` and `to_raw` know the boxes
of a PDF. `prepare` makes a form in a language ready, for `validate`, `needs` and `summarize`.
"""

from formkit.answers.formats import FORMATS, read_answers, write_answers
from formkit.answers.model import Answers, Fault
from formkit.answers.needs import Needs, needs
from formkit.answers.prepared import Prepared, prepare
from formkit.answers.raw import Parsed, parse, raw_from_pdf, to_raw
from formkit.answers.record import Record, record_of_pdf, understood
from formkit.answers.slots import Outline, Slot, outline
from formkit.answers.summary import Summary, summarize
from formkit.answers.summary_text import as_text
from formkit.answers.validate import Finding, validate

__all__ = [
    "FORMATS",
    "Answers",
    "Fault",
    "Finding",
    "Needs",
    "Outline",
    "Parsed",
    "Prepared",
    "Record",
    "Slot",
    "Summary",
    "as_text",
    "needs",
    "outline",
    "parse",
    "prepare",
    "raw_from_pdf",
    "read_answers",
    "record_of_pdf",
    "summarize",
    "to_raw",
    "understood",
    "validate",
    "write_answers",
]
