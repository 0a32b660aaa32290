"""The flags of form fields, for reading and filling alike."""

from __future__ import annotations

import enum


class Flags(enum.IntFlag, boundary=enum.KEEP):
    """/Ff of a field; which bits mean something depends on its kind (ISO 32000-2, tables 227, 229, 231, 233)."""

    READ_ONLY = 1 << 0
    REQUIRED = 1 << 1
    NO_EXPORT = 1 << 2
    MULTILINE = 1 << 12
    PASSWORD = 1 << 13
    NO_TOGGLE_TO_OFF = 1 << 14
    RADIO = 1 << 15
    PUSH = 1 << 16
    COMBO = 1 << 17
    EDITABLE = 1 << 18
    SORTED = 1 << 19
    FILE_SELECT = 1 << 20
    MULTI_SELECT = 1 << 21
    NO_SPELL_CHECK = 1 << 22
    NO_SCROLLING = 1 << 23
    COMB = 1 << 24
    RICH_TEXT_OR_UNISON = 1 << 25
    COMMIT_AT_ONCE = 1 << 26
