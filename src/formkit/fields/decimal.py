"""A number with digits behind the comma."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from formkit.fields.number import NumberField


class DecimalField(NumberField):
    """A number with up to `places` digits behind the comma."""

    type: Literal["decimal"]
    places: int = Key(default=1, ge=1, le=6)

    @property
    def decimals(self) -> int:
        """Return the places the author asked for."""
        return self.places
