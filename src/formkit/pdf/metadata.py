"""What a PDF says of itself: the claim of PDF/UA-1 beside PDF/A-3a, and our marks in the Info dictionary."""

from __future__ import annotations

import base64
import io

import pikepdf

# PDF/A allows only schemas that are described in the file itself (ISO 19005-3, 6.6.2.3.2); pdfuaid is none of
# the predefined ones. Kozea/WeasyPrint#2467 asks for both claims in one file; until then they are merged here.
_DESCRIPTION = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
"""


def claim_accessible(data: bytes, marks: dict[str, str]) -> bytes:
    """Return a tagged PDF/A-3a with the claim of PDF/UA-1 and our marks; the same input gives the same bytes.

    `marks` are names and ASCII values, written as /Formkit<Name> to the Info dictionary.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        metadata = pdf.Root.Metadata
        packet = metadata.read_bytes()
        end = packet.index(b"</rdf:RDF>")
        merged = packet[:end] + _DESCRIPTION.strip().encode() + packet[end:]
        pdf.Root.Metadata = pikepdf.Stream(pdf, merged)
        pdf.Root.Metadata.Type = pikepdf.Name.Metadata
        pdf.Root.Metadata.Subtype = pikepdf.Name.XML
        for name, value in marks.items():
            pdf.docinfo[f"/Formkit{name}"] = pikepdf.String(value)
        for stream in pdf.objects:
            if isinstance(stream, pikepdf.Stream):
                _end_clearly(stream)
        target = io.BytesIO()
        # Streams stay as they are: qpdf would undo the ASCII85 of _end_clearly to compress anew.
        as_is = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, **as_is)
    return target.getvalue()


def _end_clearly(stream: pikepdf.Stream) -> None:
    """Keep a stream from ending in a carriage return.

    The line feed before `endstream` would join it to one end of line, and a reader that measures the stream
    by its keywords finds it one byte shorter than /Length says (ISO 19005-3, 6.1.7.1). The checksum that
    ends compressed data is what it is, so such a stream is written in ASCII85 over the same compression.
    """
    raw = stream.read_raw_bytes()
    if not raw.endswith(b"\r") or stream.get("/Filter") != pikepdf.Name.FlateDecode:
        return
    armoured = base64.a85encode(raw) + b"~>"
    stream.write(armoured, filter=pikepdf.Array([pikepdf.Name.ASCII85Decode, pikepdf.Name.FlateDecode]))
