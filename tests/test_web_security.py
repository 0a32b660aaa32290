"""What the server answers with, what it refuses, and that nothing that is sent brings it down."""

from __future__ import annotations

import base64
import io
import json
import logging
import zlib

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formkit.answers import Answers
from formkit.definition import load_form
from formkit.web import assets, security
from formkit.web.app import create_app
from formkit.web.offer import offer
from formkit.web.state import MAX_BYTES, MAX_TEXT, BadState, State, decoded, encoded
from formkit.web.workers import Workers
from projects import AUTHORITY, SAMPLES, TODAY, sample_project

ALLES = load_form(SAMPLES / "alles.yaml")
PAGE = "/de/alles/"
FETCHED = {
    "style": f"/assets/{assets.digest()}/style.css",
    "font": f"/assets/{assets.digest()}/latin-400.woff2",
    "start": "/",
    "language": "/ar/",
    "front": PAGE,
    "unknown": "/zz/",
}
POSTED = {"turn": PAGE, "load": f"{PAGE}load", "answers": f"{PAGE}files/answers", "papers": f"{PAGE}files/papers"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    project = sample_project(tmp_path_factory.mktemp("web"), ("alles",), ("ar",))
    return create_app(offer(project, (), AUTHORITY, lambda: TODAY), Workers())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def packed(data: object) -> str:
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(data).encode())).decode()


@pytest.mark.parametrize("route", [*FETCHED, *POSTED])
def test_every_answer_carries_the_headers(client: FlaskClient, route: str) -> None:
    answer = client.get(FETCHED[route]) if route in FETCHED else client.post(POSTED[route])
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    expected = {
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "public, max-age=31536000, immutable" if route in ("style", "font") else "no-store",
    }
    assert expected == {name: answer.headers[name] for name in expected}
    assert "Set-Cookie" not in answer.headers
    assert "Strict-Transport-Security" not in answer.headers


def test_tls_is_asked_to_be_kept_where_there_is_tls(client: FlaskClient) -> None:
    answer = client.get(PAGE, base_url="https://forms.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_no_page_has_script_inline_style_or_an_address_of_others(client: FlaskClient) -> None:
    for address in ("/", PAGE):
        text = client.get(address).text
        assert [word for word in ("<script", "style=", "<style", "onclick", "http://", "//cdn") if word in text] == []


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({}, 200),
    ],
)
def test_forms_of_other_sites_are_refused(client: FlaskClient, headers: dict[str, str], code: int) -> None:
    assert client.post(PAGE, headers=headers).status_code == code


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_body_that_is_too_large_is_refused_in_both_encodings(client: FlaskClient, kind: str) -> None:
    body = b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n" + b"x" * security.MAX_BODY + b"\r\n--b--"
    assert client.post(PAGE, data=body, content_type=kind).status_code == 413


def test_too_many_fields_are_refused_in_both_encodings(client: FlaskClient) -> None:
    many = {f"f{number}": "" for number in range(security.MAX_FIELDS + 1)}
    assert client.post(PAGE, data=many).status_code == 413
    assert client.post(PAGE, data={**many, "file": (io.BytesIO(b""), "x")}).status_code == 413


def test_a_value_that_is_too_long_is_refused(client: FlaskClient) -> None:
    assert client.post(PAGE, data={"person.name": "x" * (security.MAX_VALUE + 1)}).status_code == 413


def test_other_kinds_of_bodies_are_refused(client: FlaskClient) -> None:
    assert client.post(PAGE, data=b"{}", content_type="application/json").status_code == 415


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "é" * 3,
        packed([]),
        packed({"format": 2}),
        packed({"format": 1, "form": "kurz", "people": [{}]}),
        packed({"format": 1, "form": "alles", "people": []}),
        packed({"format": 1, "form": "alles", "people": [{}] * 21}),
        packed({"format": 1, "form": "alles", "people": [[]]}),
        base64.urlsafe_b64encode(zlib.compress(b"[" * 100_000)).decode(),
        base64.urlsafe_b64encode(zlib.compress(b" " * (MAX_BYTES + 1))).decode(),
        base64.urlsafe_b64encode(zlib.compress(b"{}")[:-3]).decode(),
        "A" * (MAX_TEXT + 4),
    ],
)
def test_a_forged_state_is_refused_and_nothing_of_it_is_shown(client: FlaskClient, text: str) -> None:
    with pytest.raises(BadState):
        decoded(ALLES, text, "de")
    answer = client.post(PAGE, data={"state": text})
    assert answer.status_code == 400
    assert "Das hat leider nicht geklappt." in answer.text


def test_a_state_comes_back_as_it_went(app: Flask) -> None:
    state = State((Answers("alles", 3, "ar", {"person.name": "Çelik"}),), 0, "wahl", {"fahrten": 1})
    assert decoded(ALLES, encoded(ALLES, state), "ar").state == state


_NAMES = st.sampled_from(
    ["do", "state", "_shown", "person.name", "person.geburt.tag", "wahl.leistungen.x", "fahrten.0.ziel", "passphrase"]
)
_STATES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["people", "at", "step", "open", "removed", "person", "fahrten", "name"]), inner
        )
    ),
    max_leaves=8,
)
_DOS = st.builds(
    lambda verb, rest: f"{verb}:{rest}",
    st.sampled_from(["go", "add", "edit", "remove", "undo", "clear", "alike", "person", "another", "drop", "next"]),
    st.sampled_from(["", "fahrten", "fahrten.0", "fahrten.-1", "fahrten.99", "kurse.liste.0", "person", "0", "7", "."]),
)
_SHOWN = st.lists(
    st.sampled_from(["person.name", "fahrten.0.ziel", "fahrten.4.von", "fahrten.5.von", "fahrten.ziel", "x", "wahl.an"])
).map(" ".join)


@given(
    st.sampled_from([*POSTED.values(), f"{PAGE}files/official", "/ar/alles/", "/xx/alles/", "/de/x/", "/de/alles/y"]),
    st.dictionaries(_NAMES, st.text(max_size=20)),
    st.fixed_dictionaries({}, optional={"do": _DOS, "_shown": _SHOWN}),
    st.none() | _STATES,
    st.sampled_from(["get", "post", "put", "head", "options", "delete"]),
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_sent_makes_the_server_fail(
    app: Flask, address: str, fields: dict[str, str], buttons: dict[str, str], state: object, method: str
) -> None:
    if state is not None:
        inner = state if isinstance(state, dict) else {"people": [state]}
        fields |= {"state": packed({"format": 1, "form": "alles", "version": 3, "people": [{}], **inner})}
    if address.endswith("official"):
        # Making a file is tested elsewhere; here a fault must stop it before it begins.
        fields |= {"_shown": "person.name", "person.name": "Жук"}
        buttons = {}
    answer = getattr(app.test_client(), method)(address, data={**fields, **buttons})
    assert answer.status_code < 500, answer.status_code


@given(st.binary(max_size=200))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_that_is_brought_makes_the_server_fail(app: Flask, data: bytes) -> None:
    answer = app.test_client().post(f"{PAGE}load", data={"file": (io.BytesIO(data), "../../x")})
    assert answer.status_code == 200


def test_no_answer_is_written_to_a_log_when_something_breaks(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("Geheimrat")

    monkeypatch.setattr("formkit.web.app.files.saved", broken)
    with caplog.at_level(logging.DEBUG):
        answer = client.post(f"{PAGE}files/answers", data={"_shown": "person.name", "person.name": "Geheimrat"})
    assert answer.status_code == 500
    assert "Geheimrat" not in answer.text + caplog.text
    assert "ValueError" in caplog.text


def test_a_file_that_is_brought_never_reaches_the_disk(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    for name in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(f"tempfile.{name}", refused)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refused)
    answer = client.post(f"{PAGE}load", data={"file": (io.BytesIO(b" " * 900_000 + b"{"), "x.json")})
    assert "Diese Datei kann nicht gelesen werden." in answer.text
