"""`formkit serve` as a program: it listens, says where, believes a proxy only when told, and ends quietly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from projects import AUTHORITY, ROOT, call, sample_project


@contextmanager
def serving(project: Path, *arguments: str, end: signal.Signals = signal.SIGINT) -> Iterator[str]:
    command = [sys.executable, "-m", "formkit", "--project", str(project), "serve", "--port", "0", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            yield next(word for word in server.stderr.readline().split() if word.startswith("http://"))
        finally:
            server.send_signal(end)
            left = server.communicate(timeout=60)[1]
    assert (server.returncode, left) == (0, "")


def headers(address: str, **sent: str) -> dict[str, str]:
    request = urllib.request.Request(address, headers={name.replace("_", "-"): text for name, text in sent.items()})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return dict(answer.headers)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_project(tmp_path_factory.mktemp("web"), ("kurz", "alles"), ("ar",)).root


def test_pages_are_served_on_this_machine_and_a_proxy_is_believed_only_when_told(project: Path) -> None:
    with serving(project, "--forms", "kurz", "--authority", AUTHORITY) as address:
        assert address.startswith("http://127.0.0.1:")
        page = urllib.request.urlopen(f"{address}ar/kurz/", timeout=30).read().decode()
        assert 'dir="rtl"' in page
        assert "alles" not in urllib.request.urlopen(f"{address}de/", timeout=30).read().decode()
        assert "Strict-Transport-Security" not in headers(address, X_Forwarded_Proto="https")
    with serving(project, "--forms", "kurz", "--behind-proxy", "127.0.0.1") as address:
        found = headers(address, X_Forwarded_Proto="https", X_Forwarded_Host="forms.example")
        assert found["Strict-Transport-Security"] == "max-age=31536000"


def test_a_service_manager_can_end_it_and_nothing_is_left_running(project: Path) -> None:
    with serving(project, "--forms", "kurz", end=signal.SIGTERM) as address:
        assert urllib.request.urlopen(f"{address}de/kurz/", timeout=30).status == 200
        port = address.rstrip("/").rpartition(":")[2]
    # A process that outlived the server would still hold its address.
    with serving(project, "--forms", "kurz", "--port", port):
        pass


def test_a_form_that_is_not_there_and_an_address_that_is_taken_are_said_in_words(project: Path) -> None:
    unknown = call("-m", "formkit", "--project", str(project), "serve", "--forms", "kurzz")
    assert (unknown.returncode, "did you mean 'kurz'?" in unknown.stderr) == (2, True)
    with serving(project, "--forms", "kurz") as address:
        port = address.rstrip("/").rpartition(":")[2]
        taken = call("-m", "formkit", "--project", str(project), "serve", "--port", port)
    assert (taken.returncode, "cannot listen there" in taken.stderr) == (3, True)
