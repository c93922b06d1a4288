# Two commands are all there is to know: make demo, make test.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin

.PHONY: demo test check bench crash hostile serve pictures lock

demo: $(VENV)/.runtime  ## rehearse a whole campaign on embedded parts
	$(RUN)/baosong rehearse nanchuan-2023-publicity-week --out demo

test: check  ## every test, on real Dovecot, Postfix, PostgreSQL, Prefect and Chromium
	deployments/setup/rigs.sh
	$(RUN)/pytest --numprocesses 2 --dist loadfile

check: $(VENV)/.development  ## style, types and the order of the rooms
	$(RUN)/ruff check . && $(RUN)/ruff format --check . && $(RUN)/mypy && $(RUN)/lint-imports

bench: $(VENV)/.development  ## figures beside floor and peers in one run; they replace README's table
	deployments/setup/rigs.sh
	$(RUN)/python -m benchmarks --readme

crash: $(VENV)/.development  ## kills, full disks, power loss at every write point; 10,000 random kills: hours
	deployments/setup/rigs.sh
	BAOSONG_POINTS=all BAOSONG_KILLS=10000 $(RUN)/pytest tests/crash
	$(RUN)/python -m tests.crash.planted

hostile: $(VENV)/.development  ## 100,000 hostile mails, documents, campaign files and notices
	$(RUN)/python -m tests.hostile 100000

serve: $(VENV)/.runtime  ## Prefect server, schedules and worker on loopback
	$(RUN)/baosong serve

pictures: $(VENV)/.development  ## the manual's pictures, from a clerk's day in a real browser
	$(RUN)/python -m tests.ui.pictures

lock: $(VENV)/.development  ## renew the locked, hashed requirements (needs uv)
	deployments/setup/lock.sh

$(VENV)/.runtime: pyproject.toml deployments/locks/runtime.txt
	deployments/setup/venv.sh $(PYTHON) $(VENV) runtime

$(VENV)/.shared: $(VENV)/.runtime deployments/locks/shared.txt  ## originals on an S3-compatible store
	$(RUN)/pip install --quiet --require-hashes --requirement deployments/locks/shared.txt
	touch $@

$(VENV)/.development: pyproject.toml deployments/locks/development.txt
	deployments/setup/venv.sh $(PYTHON) $(VENV) development
