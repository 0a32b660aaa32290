"""What several tests share: `--regen`, golden files, and the real form printed once for all workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import hypothesis
import pytest

from formkit.render.jobs import PRINT
from printed import Printed, print_once

GOLDEN = Path(__file__).parent / "golden"

# How long one example takes says nothing where several workers share two cores.
hypothesis.settings.register_profile("formkit", deadline=None)
hypothesis.settings.load_profile("formkit")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regen", action="store_true", help="Write the golden files anew, and fail where one changed.")


@dataclass(frozen=True)
class Golden:
    """The golden files; `regen` says whether they are to be written anew."""

    regen: bool

    def __call__(self, name: str, text: str) -> None:
        """Compare a text with the golden file of that name; when regenerating, write it, and fail if it differed."""
        path = GOLDEN / name
        expected = path.read_text(encoding="utf-8") if path.exists() else None
        if self.regen and expected != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            pytest.fail(f"written anew: {path}; look at the difference, then run again without --regen")
        assert expected == text, f"{name} differs; if it should, run pytest with --regen and look at the difference"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(bool(request.config.getoption("--regen")))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def printed(shared: Path) -> Callable[..., Printed]:
    """Give the real form as printed in a language; each is rendered once, whichever worker asks first."""
    return cache(lambda tag, kind=PRINT: print_once(shared / "printed", tag, kind))
