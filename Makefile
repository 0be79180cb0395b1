# `make` alone lists what can be made.

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-year run test test-long check lint session mutants curl conformance bench bench-quick
.PHONY: clients clients-fresh clients-install test-clients

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -t -s '	'

setup: ## Install what is missing
	@scripts/setup.sh

demo: setup ## Play a week of real orders on a private Postgres, and check what came of it
	cargo run -- demo

YEAR ?= ../shared/data/online_retail.csv.gz
EXPECTED ?= examples/online-retail/expected-year.json
demo-year: setup ## The same with the whole year, or another file (YEAR=FILE EXPECTED=FILE)
	cargo run -- demo --data $(YEAR) --expected $(EXPECTED)

run: setup ## Keep a server up, on a private Postgres, listening on 127.0.0.1:7443
	cargo run -- serve

test: setup ## Run all tests
	cargo test
	cargo test --package erpsync-client-generate

test-long: setup ## A million random commands in memory, twice ten thousand to a database (some minutes)
	ERPSYNC_LONG=1 cargo test --test it -- random sim::

check: setup ## Formatting and lints of the Rust code
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

lint: ## Lint the proto files (needs Node)
	npx --yes @bufbuild/buf@1.75.0 lint

session: setup ## Play the sessions of the documents, and compare the answers (needs Python, and Go for grpcurl)
	cargo build
	GRPCURL=$$(scripts/grpcurl.sh) scripts/session.py

mutants: setup ## Break the code on purpose, one way at a time; each must turn a test red (needs Python)
	scripts/mutants.py

clients: ## Generate the code of every client anew (ONLY=php,go; REQUIRE=php,go fails where one is skipped)
	clients/conformance/each.py generate --only '$(ONLY)' --require '$(REQUIRE)'

clients-fresh: ## The same, and fail if that makes a difference
	clients/conformance/each.py fresh --only '$(ONLY)' --require '$(REQUIRE)'

clients-install: ## Install what the clients need, as far as that can be done here (ONLY=, REQUIRE=)
	clients/conformance/each.py install --only '$(ONLY)' --require '$(REQUIRE)'

test-clients: setup ## Let every client play its tests, its samples and the scenario (ONLY=, REQUIRE=; needs Python)
	python3 -m unittest discover -s clients/conformance
	[ -n "$$ERPSYNC_SERVER" ] || cargo build
	clients/conformance/run.py --only '$(ONLY)' --require '$(REQUIRE)'

curl: setup ## Call every unary RPC with grpcurl and buf curl (needs Python, Node, and Go for grpcurl)
	cargo build
	GRPCURL=$$(scripts/grpcurl.sh) clients/conformance/curl.py

conformance: setup ## Let the Connect conformance suite ask the wires (needs Go)
	scripts/conformance.sh

bench: setup ## Measure everything against its peers (20 minutes; needs pgbench and etcd)
	@scripts/setup.sh bench
	cargo bench --bench load -- $(if $(ROW),--row "$(ROW)")

bench-quick: setup ## Whether every row of the benchmark works and is true, never how fast (2 minutes)
	@scripts/setup.sh bench
	cargo test --bench load -- --quick
