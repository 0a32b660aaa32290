"""Encrypted files of answers: AES-256-GCM with a key that scrypt makes of a passphrase.

NIST SP 800-38D (GCM), RFC 7914 (scrypt). The head says how the key is made and is part of what is
authenticated, so that nobody can weaken it unnoticed. One wrong bit, or a wrong passphrase, and nothing is read.
"""

from __future__ import annotations

import os
import struct

from formkit.errors import AnswersError, FormkitError

MAGIC = b"formkit-answers-1\n"
# 128 MiB and about half a second (RFC 7914 leaves the cost to its time; OWASP names 2^17, 8, 1).
_N_LOG, _R, _P = 17, 8, 1
_HEAD = struct.Struct(">BBB16s12s")
_MOST = (18, 8, 2)


class NotOpened(FormkitError):
    """An encrypted file cannot be opened: wrong passphrase, or the file was changed."""


def is_encrypted(data: bytes) -> bool:
    """Tell whether bytes are a file that `encrypted` made."""
    return data.startswith(MAGIC)


def encrypted(data: bytes, passphrase: str) -> bytes:
    """Return bytes that only the passphrase opens; raises FormkitError for an empty one."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not passphrase:
        raise FormkitError("the passphrase is empty", advice="Choose one that nobody guesses.")
    salt, nonce = os.urandom(16), os.urandom(12)
    head = MAGIC + _HEAD.pack(_N_LOG, _R, _P, salt, nonce)
    key = _key(passphrase, salt, _N_LOG, _R, _P)
    return head + AESGCM(key).encrypt(nonce, data, head)


def decrypted(data: bytes, passphrase: str, file: str) -> bytes:
    """Return what a file holds that `encrypted` made; raises NotOpened, or AnswersError for a damaged head."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    size = len(MAGIC) + _HEAD.size
    if len(data) < size:
        raise AnswersError(f"{file}: the encrypted file is cut off")
    n_log, r, p, salt, nonce = _HEAD.unpack(data[len(MAGIC) : size])
    # A forged head could ask for more memory than there is.
    if not all(1 <= cost <= most for cost, most in zip((n_log, r, p), _MOST, strict=True)):
        raise AnswersError(f"{file}: the head of the encrypted file is damaged")
    try:
        return AESGCM(_key(passphrase, salt, n_log, r, p)).decrypt(nonce, data[size:], data[:size])
    except InvalidTag:
        raise NotOpened(
            f"{file}: cannot be opened",
            advice="The passphrase is wrong, or the file was changed or cut off.",
        ) from None


def _key(passphrase: str, salt: bytes, n_log: int, r: int, p: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=32, n=1 << n_log, r=r, p=p).derive(passphrase.encode())
