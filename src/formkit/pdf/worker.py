"""The process that reads files from outside: takes paths, gives plain data, and holds itself to limits.

Started by `isolated` alone. Frames in both directions are four bytes of length, most significant first, and JSON.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

from formkit.errors import UnreadablePdf
from formkit.pdf.fields import read_form
from formkit.pdf.objects import OUT_OF_MEMORY
from formkit.pdf.plain import to_plain

HEAD = struct.Struct(">I")


def main() -> None:
    """Serve until the other side closes; the arguments are CPU seconds a file and bytes of memory."""
    seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Libraries that print must not be taken for answers.
    with open(os.devnull, "r+b") as nowhere:  # noqa: PTH123 – /dev/null is no path of ours
        os.dup2(nowhere.fileno(), 0)
        os.dup2(nowhere.fileno(), 1)
    # No cores and no files: either would keep what people filled in.
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(limit, (most, most))
    _send(outgoing, {"ready": True})
    while (asked := _receive(incoming)) is not None:
        limit_computing(seconds)
        _send(outgoing, _answer(asked["path"]))


def limit_computing(seconds: int) -> None:
    """End this process by a signal when it computes for so many seconds more, rounded up."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _answer(path: str) -> dict[str, Any]:
    try:
        return {"form": to_plain(read_form(Path(path)))}
    except UnreadablePdf as error:
        message = error.message.removeprefix(f"{path}: ")
        return {"message": message, "advice": error.advice, "spent": message == OUT_OF_MEMORY}


def _send(stream: BinaryIO, data: dict[str, Any]) -> None:
    encoded = json.dumps(data).encode()
    stream.write(HEAD.pack(len(encoded)) + encoded)
    stream.flush()


def _receive(stream: BinaryIO) -> dict[str, Any] | None:
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    found: dict[str, Any] = json.loads(stream.read(HEAD.unpack(head)[0]))
    return found


if __name__ == "__main__":
    main()
