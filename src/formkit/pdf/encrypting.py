"""Encrypting a finished file (ISO 32000-2, 7.6: AES-256, revision 6)."""

from __future__ import annotations

import io
import re

from pikepdf import Encryption, ObjectStreamMode, Pdf, Permissions
from pikepdf import open as opened

_PDFA_CLAIM = re.compile(rb"<pdfaid:(part|conformance)>[^<]*</pdfaid:\1>")


def encrypted(data: bytes, passphrase: str) -> bytes:
    """Return a file that opens with a passphrase only.

    It keeps the claim of PDF/UA-1, with the right of assistive technology to read it; that of PDF/A goes, which
    allows no encryption (ISO 19005-3, 6.1.3). The same input never gives the same bytes.
    """
    with opened(io.BytesIO(data)) as pdf:
        _drop_archive_claim(pdf)
        target = io.BytesIO()
        may = Permissions(accessibility=True, extract=True, modify_form=True, print_highres=True, print_lowres=True)
        key = Encryption(owner=passphrase, user=passphrase, R=6, allow=may)
        pdf.save(target, encryption=key, object_stream_mode=ObjectStreamMode.generate, fix_metadata_version=False)
    return target.getvalue()


def _drop_archive_claim(pdf: Pdf) -> None:
    packet = pdf.Root.get("/Metadata")
    if packet is not None:
        packet.write(_PDFA_CLAIM.sub(b"", packet.read_bytes()))
