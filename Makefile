# Two commands do all the set-up: `make demo` and `make test`. Python 3.11 or later and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

.PHONY: demo test check fmt bench workbook clean

demo: $(VENV)/.run
	@rm -rf demo
	@$(BIN)/segxl demo demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses auto --cov --cov-report=term:skip-covered
	$(BIN)/python -m coverage report --include='src/segxl/domain/*' --fail-under=100 --format=total

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev
	$(BIN)/python bench/run.py

workbook: $(VENV)/.dev
	$(BIN)/python tools/build_lettres.py
	$(BIN)/python tools/build_trajectoire.py
	$(BIN)/python tools/build_cartographie.py
	$(BIN)/python tools/build_fiche.py
	$(BIN)/python tools/build_releve.py
	$(BIN)/python tools/build_segments.py
	$(BIN)/python tools/build_workbook.py
	$(BIN)/python tools/build_addin.py
	$(BIN)/python tools/build_guide.py
	$(BIN)/python tools/build_pictures.py

$(VENV)/.run: pyproject.toml
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

clean:
	rm -rf $(VENV) demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
