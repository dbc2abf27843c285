PYTHON ?= python3

.PHONY: help run test torture check bench wheelhouse clean

help:            ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run:             ## set up, build the demo if the store is empty, serve (PORT, HOST, STORE)
	@$(PYTHON) scripts/launch.py run

test:            ## set up and run all tests, those in a real browser too (ARGS for pytest)
	@$(PYTHON) scripts/launch.py test $(ARGS)

torture:         ## kill 1,000 acceptances of an upload at random moments, damage 500 books (about 15 minutes)
	@TORTURE_KILLS=1000 $(PYTHON) scripts/launch.py test -m torture $(ARGS)

check:           ## lint, types, layers
	@$(PYTHON) scripts/launch.py check

bench:           ## measure, write bench/results (ARGS)
	@$(PYTHON) scripts/launch.py bench $(ARGS)

wheelhouse:      ## download the requirements for a closed network
	@$(PYTHON) scripts/launch.py wheelhouse

clean:           ## remove the virtual environment and caches, not the store
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
