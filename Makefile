# Every command sets wbkit up by itself when that has not been done yet.
# PYTHON=/path/to/python picks the Python of the set-up; UV=no keeps to pip.
PY := .venv/bin/python
export PYTHON UV

.PHONY: help setup run test browser proof offline verify lab notebooks images lock windows clean

help:
	@echo "make run        clean the data, execute the notebooks, write results/"
	@echo "make test       check the code, the notebooks and their results"
	@echo "make lab        open the notebooks in JupyterLab"
	@echo "make notebooks  execute the notebooks in place, for authors"
	@echo "make images     copy the figures that the docs show out of results/"
	@echo "make verify     compare results/ with the results people accepted"
	@echo "make browser    open the pages in Chromium (needs chromium and npm)"
	@echo "make proof      run the long proofs (up to 30 minutes)"
	@echo "make offline    run make test without any network but loopback (Linux)"
	@echo "make windows    make a folder for Windows laptops (ARGS=--download: with all packages)"
	@echo "make lock       recreate requirements.lock (ARGS=--upgrade for newer versions)"
	@echo "make clean      remove what make run and make test made; .venv stays"

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml
	@sh tools/setup.sh

# The path wbkit was set up in stands in .venv/ready: a folder that was moved is set up anew.
ifneq ($(shell cat .venv/ready 2>/dev/null),$(CURDIR))
.PHONY: .venv/ready
endif

run: setup
	@$(PY) -m wbkit run

test: setup
	@$(PY) -m ruff check --quiet .
	@$(PY) -m pytest -n auto --dist loadfile

browser: setup
	-@npm ci --prefix tests/browser --silent --no-audit --no-fund
	@$(PY) -m pytest -m browser tests/browser

# pytest ends with 5 when there is no proof to run.
proof: setup
	@$(PY) -m pytest -n auto --dist loadfile -m proof tests || [ $$? -eq 5 ]

offline: setup
	@$(PY) tools/offline.py $(MAKE) test

verify: setup
	@$(PY) -m wbkit verify

lab: setup
	@$(PY) -m wbkit lab

notebooks: setup
	@$(PY) -m wbkit notebooks

images: setup
	@$(PY) tools/copy_images.py

windows: setup
	@$(PY) tools/windows_folder.py $(ARGS)

lock:
	@sh tools/lock.sh $(ARGS)

clean:
	rm -rf results .pytest_cache .ruff_cache .hypothesis tests/browser/node_modules
	find . -path ./.venv -prune -o \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +
	if [ -d data/processed ]; then find data/processed -mindepth 1 ! -name .gitkeep -delete; fi
