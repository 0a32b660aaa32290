# What one does with a checkout. `make demo` goes from a fresh Debian 12 to printed forms.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The folder keeps a stamp of what it was made from; an unchanged one is not made again.
STAMP := $(VENV)/.set-up
# German words, and names made of two words, that codespell takes for misspelt English.
GERMAN := alle,bu,als,beginn,ende,feld,formate,frist,foto,hart,intervall,ist,juli,komma,lern,modul,nd,objekt,oder,offen,passt,produkt,sie,tage,titel,ue,unser,unter,vor
NAMES := colums,flate,nam,numer,inforce,notin

.PHONY: setup demo test lint bench fonts clean

setup: $(STAMP)

$(STAMP): pyproject.toml requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "formkit needs Python 3.11 or newer; name one with: make PYTHON=python3.x setup")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'Python cannot make virtual environments; on Debian: apt install python3-venv' >&2; exit 3; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]' -c requirements.txt
	@touch $@

demo:
	@PYTHON=$(PYTHON) scripts/demo.sh

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	find $(wildcard README.md docs src tests scripts benchmarks) \( -name '*.py' -o -name '*.md' \) -print0 \
	    | xargs -0 $(BIN)/codespell --ignore-words-list $(GERMAN),$(NAMES)

# pytest comes last: its closing lines say what was skipped, and why.
test: lint
	$(BIN)/pytest -rs

bench: setup
	$(BIN)/python -m benchmarks

# For maintainers, with network and npm: the fonts are committed.
fonts: setup
	$(BIN)/python scripts/build_fonts.py

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
