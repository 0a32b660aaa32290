"""Opening and saving files from anywhere: what cannot be read or may not be changed is said plainly."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Pdf

from formkit.errors import FormkitError, UnreadablePdf
from formkit.pdf import saving
from formkit.pdf.objects import Refused


@contextmanager
def opened(source: bytes | Path) -> Iterator[tuple[Pdf, bytes]]:
    """Open a file that is to be filled in, and give its bytes as well.

    Raises UnreadablePdf where it is damaged, needs a password or forbids filling in, and for anything that is
    found to be broken while it is open.
    """
    place = f"{source}: " if isinstance(source, Path) else ""
    try:
        data = source.read_bytes() if isinstance(source, Path) else source
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted and not pdf.allow.modify_form:
                raise UnreadablePdf(
                    f"{place}the file is locked against filling in", advice="Ask its author for one that may be."
                )
            yield pdf, data
    except FormkitError:
        raise
    except Refused as refused:
        raise UnreadablePdf(f"{place}{refused.message}", advice=refused.advice) from None
    except pikepdf.PasswordError as error:
        raise UnreadablePdf(
            f"{place}the file needs a password", advice="Open it in a viewer and save it without one."
        ) from error
    except OSError as error:
        raise UnreadablePdf(f"{place}cannot be read: {error.strerror}") from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        # pikepdf reports broken objects by any of these; the details could hold values, so they are not told.
        raise UnreadablePdf(
            f"{place}the file is damaged", advice="Open it in a viewer, save it anew, and try that file."
        ) from error


def saved(pdf: Pdf) -> bytes:
    """Return a file's bytes; the same changes to the same file give the same bytes, unless it is encrypted.

    Encryption stays as it is. Usage rights for Adobe Reader are removed: any change ends them.
    """
    rights = pdf.Root.get("/Perms")
    if isinstance(rights, Dictionary) and "/UR3" in rights:
        del rights["/UR3"]
    with warnings.catch_warnings():
        # It warns of widgets outside /Fields, which were there before and are filled in as well.
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        return saving.saved(pdf)
