# Lianxin. A newcomer needs two commands: `make run` and `make test`.

GO      ?= go
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
ROOMS   := $(wildcard locales server static store views)
JOURNEY := server/journey

# The race detector needs a C compiler, the binary never does.
RACE    := $(if $(shell command -v cc || command -v gcc),-race)

.DEFAULT_GOAL := help
.PHONY: help build run test test-all vet journey unit examples torture fuzz bench shots setup fresh release clean

help: ## what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r name what; do printf '  make %-9s %s\n' "$$name" "$$what"; done

build: ## bin/lianxin, with its version in it
	@CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/lianxin ./server/lianxin

TARGETS := amd64 arm64 loong64 riscv64

release: ## static binaries for linux with their checksums, in bin/release
	@rm -rf bin/release && mkdir -p bin/release
	@for arch in $(TARGETS); do \
		echo "linux/$$arch"; \
		CGO_ENABLED=0 GOOS=linux GOARCH=$$arch $(GO) build -trimpath -ldflags '-s -w -buildid= -X main.version=$(VERSION)' \
			-o bin/release/lianxin-$(VERSION)-linux-$$arch ./server/lianxin || exit 1; \
	done
	@cp server/install/lianxin.service bin/release/
	@cd bin/release && sha256sum * > SHA256SUMS && cat SHA256SUMS

run: build ## the made-up county in data/demo; prints the address and how to enter
	@bin/lianxin demo --data data/demo

# Every part is played even when an earlier one failed: one run tells all.
test: setup build ## everything; ends with the lines of go test
	@failed=; for part in vet journey unit; do \
		echo "== $$part"; $(MAKE) --no-print-directory $$part || failed="$$failed $$part"; \
	done; \
	if [ -n "$$failed" ]; then echo "make test: failed:$$failed" >&2; exit 1; fi

test-all: export LIANXIN_ALL = 1
test-all: test ## the same, with every page in every language, size and theme

vet: ## gofmt, go vet, staticcheck
	@untidy=$$(gofmt -l $(ROOMS)); if [ -n "$$untidy" ]; then echo "gofmt is wanted by:"; echo "$$untidy"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

unit: ## the Go tests, with the race detector where a C compiler is at hand
	$(if $(RACE),CGO_ENABLED=1 )$(GO) test $(RACE) -timeout 9m ./...

journey: setup build examples ## what people do, in Chromium and in text browsers, without script
	@$(JOURNEY)/play

examples:
	@CGO_ENABLED=0 $(GO) build -o bin/examples ./$(JOURNEY)/examples

# Only where there is something to torture; of all that is said the figures stay.
TORTURED = $(shell grep -rl '^//go:build torture' --include=*_test.go server store | xargs -n1 dirname | sort -u | sed 's:^:./:')

torture: ## kill -9, power cuts, failing and full disks, hostile clients; as root
	@[ "$$(id -u)" = 0 ] || { echo "make torture mounts small disks: run it as root" >&2; exit 1; }
	@$(JOURNEY)/setup torture
	@$(GO) test -v -tags torture -count=1 -timeout 45m $(TORTURED) | \
		awk '/^=== |^ +--- PASS|^--- PASS.*\(0|^PASS$$/ {next} /^(--- )?FAIL/ {bad = 1} {print; fflush()} END {exit bad}'

# How long each parser is tried; what is found is kept and tried ever after.
FUZZ ?= 1m

fuzz: ## every parser with made-up input; FUZZ=10m for ten minutes each
	@grep -rE --include=*_test.go '^func Fuzz' server store | sed -E 's:^(.*)/[^/]*\.go.func (Fuzz[A-Za-z]*).*:\1 \2:' | while read -r room name; do \
		echo "$$name" && $(GO) test "./$$room" -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZ) </dev/null || exit 1; \
	done

# The county that is measured has so many cases; COUNTY=DIR keeps it for the
# next time. A million takes a quarter of an hour and 30 GB of disk.
CASES ?= 20000

bench: setup build ## bytes, requests and times, each beside its budget; CASES=1000000 for a large county
	@began=$$(date +%s); (cd $(JOURNEY) && node bench.js) && \
	CASES=$(CASES) COUNTY=$(abspath $(COUNTY)) $(GO) test -run '^$$' -bench . -benchtime 1x -timeout 120m ./server/bench && \
	echo "make bench took $$((($$(date +%s) - began) / 60)) min"

shots: setup examples ## every page as a picture in bin/shots
	@cd $(JOURNEY) && node shots.js ../../bin/shots

setup: ## what the tests need besides Go; quick when it is all there
	@$(JOURNEY)/setup

fresh: ## a clone in an empty folder: does it build, test and run?
	@$(JOURNEY)/fresh

clean: ## takes away what was built; keeps data
	@rm -rf bin $(JOURNEY)/node_modules
