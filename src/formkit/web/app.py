"""The routes of the applicants' pages. Answers travel in the bodies of POST requests only."""

from __future__ import annotations

import logging
import traceback

from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException

from formkit import screen_words
from formkit.definition import Form
from formkit.errors import FormkitError
from formkit.i18n.languages import GERMAN, Language
from formkit.web import assets, files, frames
from formkit.web.judging import can_be_printed
from formkit.web.loading import NotLoaded, changes_of, loaded
from formkit.web.offer import Offer
from formkit.web.security import InMemory, protect
from formkit.web.speech import Speech
from formkit.web.state import BadState, Read, decoded, fresh
from formkit.web.visit import Turn, Visit
from formkit.web.workers import Busy, Workers

_LOG = logging.getLogger("formkit.web")
STATE, FILE, PASSPHRASE = "state", "file", "passphrase"


def create_app(offer: Offer, workers: Workers) -> Flask:
    """Return the application that serves an offer; PDF files are made by the workers."""
    app = Flask(__name__, static_folder=None)
    app.jinja_options = frames.JINJA
    app.request_class = InMemory
    protect(app)
    pages = frames.Frames(offer)
    _add_pages(app, offer, pages)
    _add_turns(app, offer, pages)
    _add_files(app, offer, pages, workers)
    _add_failures(app, pages)
    return app


def _add_pages(app: Flask, offer: Offer, pages: frames.Frames) -> None:
    @app.get("/")
    def start() -> str:
        return pages.start(_proposed(offer))

    @app.get("/<tag>/")
    def start_in(tag: str) -> str:
        return pages.start(_language(offer, tag))

    @app.get("/<tag>/<form_id>/")
    def front(tag: str, form_id: str) -> str:
        form = _form(offer, form_id)
        return pages.front(pages.speech(form, _language(offer, tag)), fresh(form, tag), begun=False)

    @app.get("/assets/<digest>/<name>")
    def asset(digest: str, name: str) -> Response:
        found = assets.assets().get(name)
        if found is None or digest != assets.digest():
            abort(404)
        return Response(found.data, mimetype=None, content_type=found.kind)


def _add_turns(app: Flask, offer: Offer, pages: frames.Frames) -> None:
    @app.post("/<tag>/<form_id>/")
    def turn(tag: str, form_id: str) -> str:
        form = _form(offer, form_id)
        speech = pages.speech(form, _language(offer, tag))
        read = _state(form, tag)
        done = Visit(speech, form, read.state, request.form).turn()
        if read.wrong or read.version != form.version:
            changes = changes_of(offer.project, form, read.version, read.wrong)
            return pages.shown(speech, done, changes=changes)
        return pages.shown(speech, done)

    @app.post("/<tag>/<form_id>/load")
    def load(tag: str, form_id: str) -> str:
        form = _form(offer, form_id)
        speech = pages.speech(form, _language(offer, tag))
        sent = request.files.get(FILE)
        try:
            found = loaded(offer.project, form, sent.read() if sent else b"", request.form.get(PASSPHRASE, ""), tag)
        except NotLoaded as error:
            return pages.front(speech, fresh(form, tag), begun=False, fault=error.said)
        return pages.shown(speech, Turn(found.state), loaded=True, changes=found.changes)


def _add_files(app: Flask, offer: Offer, pages: frames.Frames, workers: Workers) -> None:
    @app.post("/<tag>/<form_id>/files/<kind>")
    def file(tag: str, form_id: str, kind: str) -> Response | str:
        form = _form(offer, form_id)
        speech = pages.speech(form, _language(offer, tag))
        state = Visit(speech, form, _state(form, tag).state, request.form).turn().state
        if kind == "papers":
            return pages.papers(speech, state)
        if kind == "answers":
            return _handed_out(files.saved(offer, state, request.form.get(PASSPHRASE, "")))
        if kind not in files.FILLED:
            abort(404)
        # An answer that cannot be printed has no place on paper: it is shown where it can be changed.
        people = state.people if kind == files.ALL else (state.answers,)
        if not all(map(can_be_printed, people)):
            return pages.shown(speech, Turn(state))
        return _handed_out(files.made(offer, workers, state, kind, speech.language))


def _add_failures(app: Flask, pages: frames.Frames) -> None:
    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[str, int]:
        code = error.code or 500
        title = {404: screen_words.NOT_FOUND, 405: screen_words.NOT_FOUND, 413: screen_words.TOO_LARGE}
        return pages.failure(_addressed(pages), title.get(code, screen_words.FAILED)), code

    @app.errorhandler(Busy)
    def busy(error: Busy) -> tuple[str, int, dict[str, str]]:
        return pages.failure(_addressed(pages), screen_words.BUSY), 503, {"Retry-After": "60"}

    @app.errorhandler(BadState)
    def damaged(error: BadState) -> tuple[str, int]:
        return pages.failure(_addressed(pages), screen_words.FAILED), 400

    @app.errorhandler(Exception)
    def failed(error: Exception) -> tuple[str, int]:
        # Messages may quote an answer: only the kind of error and its place are kept.
        place = traceback.extract_tb(error.__traceback__)[-1]
        _LOG.error("%s at %s:%s", type(error).__name__, place.filename, place.lineno)
        title, code = (screen_words.FAILED, 422) if isinstance(error, FormkitError) else (screen_words.FAILED, 500)
        return pages.failure(_addressed(pages), title), code


def _handed_out(file: files.File) -> Response:
    response = Response(file.data, mimetype=file.kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _state(form: Form, tag: str) -> Read:
    text = request.form.get(STATE, "")
    return decoded(form, text, tag) if text else Read(fresh(form, tag), form.version)


def _form(offer: Offer, form_id: str) -> Form:
    return offer.form(form_id) or abort(404)


def _language(offer: Offer, tag: str) -> Language:
    return next((each for each in offer.languages() if each.tag == tag), None) or abort(404)


def _proposed(offer: Offer) -> Language:
    """Return the first language a browser asks for that is offered, German where there is none."""
    offered = offer.languages()
    for wanted, _ in request.accept_languages:
        # Plain German is chosen, never guessed.
        head = wanted.replace("_", "-").lower()
        for each in offered:
            if head == each.tag.lower() or head.startswith(f"{each.tag.lower()}-"):
                return each
    return GERMAN


def _addressed(pages: frames.Frames) -> Speech:
    """Return who speaks on a page about a failure: the language of the address where it names one."""
    offer = pages.offer
    tag = request.path.strip("/").partition("/")[0]
    language = next((each for each in offer.languages() if each.tag == tag), None) or _proposed(offer)
    return pages.speech(offer.forms[0], language)
