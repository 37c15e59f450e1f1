# The only door. Everything is done by bootstrap.py, which sets up what a command needs
# and goes on with it; on a machine without make, call it yourself:
#     python bootstrap.py pack COUNCIL=darlington
PYTHON ?= python3
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Handed on in the environment: no shell reads them, whatever characters they hold.
export COUNCIL PERIOD SET WORKSPACE FORMATS ID RELEASE FILE FROM TO WORKBOOK CENSUS CASELOADS REPLACE
export STRICT DEBUG ONLY REPORT ARCHIVE KEY WHEELS RERUN A B JOBS ENGINE FORCE WARM

.PHONY: help pack packs plan archive verify diff correct shelf audit check cite new import exampleshire list dfe reconcile revisions test test-full lint docs bench lab doctor lock environment clean

help: ## list the targets
	@echo "make pack COUNCIL=darlington   builds a council's evidence pack. The targets:"
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  \1|\2/p' Makefile \
		| while IFS='|' read -r name words; do printf '%-14s %s\n' "$$name" "$$words"; done

pack: ## build the pack of COUNCIL=, for PERIOD= or its latest (FORMATS=pdf,docx or none, WORKSPACE=, FORCE=1)
	@$(PYTHON) bootstrap.py pack

packs: ## build all packs, or with SET=england PERIOD=2025-09-30 a comparison for every council
	@$(PYTHON) bootstrap.py packs

plan: ## say what building COUNCIL='s pack, or all, would run, and why; builds nothing
	@$(PYTHON) bootstrap.py plan

archive: ## put COUNCIL='s pack and all that it was made from into one file (WHEELS=1: packages too)
	@$(PYTHON) bootstrap.py archive

verify: ## check ARCHIVE=file.zip (KEY=signer.pub: its signature; RERUN=1: make its pack again)
	@$(PYTHON) bootstrap.py verify

diff: ## say value by value what differs between the packs A= and B=, folders or archives (25: some do)
	@$(PYTHON) bootstrap.py diff

correct: ## begin the correction of the final pack of COUNCIL= and PERIOD=
	@$(PYTHON) bootstrap.py correct

shelf: ## write output/index.html, which lists all packs and archives with their status
	@$(PYTHON) bootstrap.py shelf

audit: ## say which figures of a report do not hold, for COUNCIL= (STRICT=1: exit code 21)
	@$(PYTHON) bootstrap.py audit

check: ## hold a draft against the pack that it cites: REPORT=draft.docx, .odt, .md or .pdf (STRICT=1)
	@$(PYTHON) bootstrap.py check

cite: ## say how to cite an item, or a pack: ID=darlington/2016-07-31/vacancies-by-team
	@$(PYTHON) bootstrap.py cite

new: ## write the workbook to fill in, for COUNCIL= and PERIOD=
	@$(PYTHON) bootstrap.py new

import: ## turn WORKBOOK=file.xlsx, or CENSUS=return.xml or CASELOADS=list.csv of COUNCIL= PERIOD=, into data
	@$(PYTHON) bootstrap.py import

exampleshire: ## write the files of a made-up council to try things with, into WORKSPACE= or exampleshire/
	@$(PYTHON) bootstrap.py exampleshire

list: ## list the councils and periods for which there are data
	@$(PYTHON) bootstrap.py list

dfe: ## obtain the DfE's statistics: RELEASE=2025, by download or from FILE=, pinned
	@$(PYTHON) bootstrap.py dfe

reconcile: ## work every rate of RELEASE= out again, and say which do not agree
	@$(PYTHON) bootstrap.py reconcile

revisions: ## say which figures differ between two releases: FROM=2024 TO=2025
	@$(PYTHON) bootstrap.py revisions

test: ## run the fast tests, ruff and mypy
	@$(PYTHON) bootstrap.py test

test-full: ## run all tests, the slow ones too (ONLY=slow: those alone), ruff and mypy
	@$(PYTHON) bootstrap.py test-full

lint: ## run ruff and mypy
	@$(PYTHON) bootstrap.py lint

lab: ## open the notebooks in JupyterLab
	@$(PYTHON) bootstrap.py lab

doctor: ## say what is wrong with this machine, and what to do
	@$(PYTHON) bootstrap.py doctor

bench: ## measure runs beside the plain commands; writes docs/benchmarks.md
	@$(PYTHON) bootstrap.py bench

docs: ## write the pages of docs/ that come from code
	@$(PYTHON) bootstrap.py docs

lock: ## write the locks from pyproject.toml (a pin that fits stays), and environment.yml
	@$(PYTHON) bootstrap.py lock

environment: ## write environment.yml, for conda users
	@$(PYTHON) bootstrap.py environment

clean: ## remove the environments and caches; the packs in output/ stay
	@$(PYTHON) bootstrap.py clean
