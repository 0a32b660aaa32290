"""What stops us: exceptions with an exit code and advice, turned into words by the command line only."""

from __future__ import annotations

from collections.abc import Sequence

from formkit.problems import Problem


class FormkitError(Exception):
    """formkit cannot go on: `message` says where and what, `advice` what to do about it."""

    exit_code = 3

    def __init__(self, message: str, *, advice: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.problems = tuple(problems)


class DefinitionError(FormkitError):
    """A form definition, authority profile or project file has faults; `problems` lists them all."""

    exit_code = 1


class CatalogError(FormkitError):
    """A catalogue has faults that make it unusable; `problems` lists them all."""

    exit_code = 1


class MissingGlyph(FormkitError):
    """A character stands in no font of the package."""

    exit_code = 1


class DoesNotFit(FormkitError):
    """A text is too long for its box even at the smallest size that may be printed."""

    exit_code = 1


class Unfillable(FormkitError):
    """Values that cannot be filled into a PDF as they are; `problems` lists them all, each with its field."""

    exit_code = 1


class UnknownName(FormkitError):
    """A form, language, authority or layout of that name does not exist."""

    exit_code = 2


class OutputExists(FormkitError):
    """A file is in the way that is not an older rendering of the same document."""


class RenderFailed(FormkitError):
    """The page could not be made: a library is missing, or its output is not what we must deliver."""


class UnreadablePdf(FormkitError):
    """A PDF file cannot be read: damaged, locked, no PDF, or beyond a limit. The message holds no value of it."""


class AnswersError(FormkitError):
    """A file of answers is unreadable or belongs to another form; `problems` lists everything, values are not named."""

    exit_code = 1
