# `make run` and `make test` are all a newcomer needs; both set up what is missing. The work is done in tools/.
.PHONY: help run dev setup build check test e2e pictures bench audit clean
.NOTPARALLEL:

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## set up, build and serve the demo at http://127.0.0.1:3000; RELEASE=1 takes the optimised server; Ctrl-C stops all of it
	@tools/run.sh

dev: ## the same from a quick build, again after every change
	@tools/dev.sh

setup: ## bring what is missing: Rust for the browser, wasm-bindgen, npm packages, MongoDB, Chromium
	@tools/setup.sh rust bindgen node mongod chromium

build: ## the optimised server for real use, WASM and styles, without serving them
	@tools/setup.sh rust bindgen node
	@tools/build.sh release

check: ## format, lints and types, for server and browser
	@tools/test.sh check

test: ## everything: format, lints, unit, property and integration tests, end to end in a browser, simulation
	@tools/test.sh all

e2e: ## only the tests in the browser
	@tools/test.sh e2e

pictures: ## pictures of every kind of page in end2end/screenshots, wide and narrow, light and dark
	@GIGSTA_PICTURES=1 tools/test.sh e2e --project=desktop pages/tour

bench: ## how fast it is, beside a floor and the original's stack, into benches/RESULTS.md; BENCH_QUICK=1 is the short form
	@tools/bench.sh

audit: ## licences, sources and known vulnerabilities of the crates we use; needs cargo-deny and the network
	@tools/audit.sh

clean: ## remove what was built here, the demo's data and the npm packages
	rm -rf target .data node_modules end2end/results end2end/screenshots
	@echo "Kept: the tools that all clones share. They are in $${XDG_CACHE_HOME:-$$HOME/.cache}/gigsta"
