# Wenyi: `make run` opens the site on this machine, `make test` tries it, `make check` reads it. Needs Python 3.11 and make.

PORT ?= 8000
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
export PYTHONUNBUFFERED := 1
# The kind of site that `check --deploy` looks at: a proper one, behind HTTPS.
DEPLOYED := DEBUG= DEMO= SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
	SEALED_KEYS=$$($(BIN)/python -c 'import os, base64; print(base64.urlsafe_b64encode(os.urandom(32)).decode())') \
	SITE_URL=https://wenyi.example DATABASE_URL=sqlite://:memory:

.PHONY: run test measure relevance audit audit-tools check lint floor types imports templates migrations deploy security manage lock messages clean

run: .venv/run.stamp
	@PORT=$(PORT) exec $(BIN)/python manage.py serve

test: .venv/dev.stamp
	@TEST_ENGINE=sqlite $(BIN)/python -m pytest $(ARGS); sqlite=$$?; \
	TEST_ENGINE=postgresql $(BIN)/python -m pytest $(ARGS); postgresql=$$?; \
	exit $$((sqlite > postgresql ? sqlite : postgresql))

# What search, neighbours, index and worker cost beside their goals, on made threads (from ../shared/data):
# make measure ARGS="--threads 1000000 --folder /var/tmp/million"
measure: .venv/dev.stamp
	@$(BIN)/python -m tests.load.measure $(ARGS)

# How good the order of results is, on labelled sets beside this checkout: make relevance ARGS="search_en_meqsum --postgresql"
relevance: .venv/dev.stamp
	@$(BIN)/python -m tests.relevance $(ARGS)

# The demo site judged from outside: links, feeds, HTML, accessibility, Lighthouse: make audit ARGS="--only axe,markup",
# "--runs 1" for a quick Lighthouse, "--write" for docs/AUDIT.md. Needs Node.js 20 with npm, Java and a Chromium.
audit: .venv/dev.stamp
	@.ci/audit-tools all
	@$(BIN)/python -m tests.audit $(ARGS)

# The HTML checker alone, for the tests.
audit-tools:
	@.ci/audit-tools

check: lint floor types imports templates migrations deploy security

lint: .venv/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check

# Nothing newer than Chrome 80 and Safari 13 without a fallback.
floor: .venv/dev.stamp
	$(BIN)/python -m tests.floor

types: .venv/dev.stamp
	DEBUG=1 $(BIN)/mypy

imports: .venv/dev.stamp
	$(BIN)/lint-imports

templates: .venv/dev.stamp
	find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --check --target-version 5.2

migrations: .venv/dev.stamp
	DEBUG=1 DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py makemigrations --check --dry-run

deploy: .venv/dev.stamp
	@$(DEPLOYED) $(BIN)/python manage.py check --deploy --fail-level WARNING

security: .venv/dev.stamp
	$(BIN)/bandit -q -c pyproject.toml -r manage.py portal articles faq people search text

# Any command with the keys and the database of `make run`: make manage ARGS="import_archive threads.jsonl"
manage: .venv/run.stamp
	@PORT=$(PORT) exec $(BIN)/python manage.py local $(ARGS)

lock: .venv/dev.stamp
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q $(ARGS) requirements.in -o requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q $(ARGS) requirements-dev.in -o requirements-dev.txt

# Every sentence of the interface into the Chinese catalogue, and the catalogue into what Django reads.
messages: .venv/dev.stamp
	@command -v msgmerge > /dev/null || { echo "make messages needs GNU gettext (on Debian: apt-get install gettext)" >&2; exit 1; }
	DEBUG=1 $(BIN)/python manage.py makemessages -l zh_Hant --no-location --no-wrap --no-obsolete -i .venv -i var -i tests
	DEBUG=1 $(BIN)/python manage.py compilemessages -i .venv

clean:
	rm -rf .venv .audit .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# A stamp holds the hash of what was installed, so that a changed list, and only that, installs again.
.venv/run.stamp: requirements.txt
	@.ci/venv $(PYTHON) requirements.txt $@

.venv/dev.stamp: requirements-dev.txt
	@.ci/venv $(PYTHON) requirements-dev.txt $@
