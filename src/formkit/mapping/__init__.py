"""An authority's own PDF forms: which answer goes where in them, proposed, proved and filled in.

`propose` writes a first mapping, `check_mapping` proves one, `fill_foreign` fills answers in by it.
"""

from formkit.mapping.check import check_mapping
from formkit.mapping.filling import Foreign, Way, fill_foreign
from formkit.mapping.model import Mapped, MappingFile, load_mapping
from formkit.mapping.propose import Proposal, propose

__all__ = [
    "Foreign",
    "Mapped",
    "MappingFile",
    "Proposal",
    "Way",
    "check_mapping",
    "fill_foreign",
    "load_mapping",
    "propose",
]
