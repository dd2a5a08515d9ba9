# Everything happens in .venv, which these targets make; nothing but Python 3.11 to 3.13, pip, make and git is assumed.
PYTHON ?= python3
BIN = .venv/bin
READY = .venv/.ready

.PHONY: demo test check generate bench clean

# The main job: a real spec, compiled to model.keras and a SavedModel.
demo: $(READY)
	$(BIN)/netwright compile specs/regression_and_classification.json -o build/regression_and_classification

# Everything that must hold before a change lands.
test: check
	$(BIN)/python -m pytest

# The part of it that takes seconds: style, types, architecture, generated files.
check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/generate.py --check

# Write every generated file anew.
generate: $(READY)
	$(BIN)/python tools/generate.py

# Speed, beside peers.
bench: $(READY)
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python -m benchmarks.architectures
	$(BIN)/python -m benchmarks.compiling

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14) and "TensorFlow 2.21 needs Python 3.11 to 3.13: set PYTHON=")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[tensorflow,dev]'
	touch $@

clean:
	rm -rf .venv build
