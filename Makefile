# The commands a contributor needs. Only Go is required.
BIN := bin/inkooptoets

.PHONY: build test bench microbench golden generate measured self-recall lint check

build:
	go build -o $(BIN) ./cmd/inkooptoets

test:
	go test ./...

# bench checks generated dossiers of PDF and DOCX as a user would; BENCH_MAX=1000 takes the largest batch too, BENCH_PAGES and BENCH_JOBS change the work.
bench:
	go run ./cmd/inkooptoets/internal/bench

# microbench runs the benchmarks of the packages.
microbench:
	go test -run '^$$' -bench . -benchmem ./...

# golden rewrites the stored reports and the list of overlapping recognisers; read the difference before you commit it.
golden:
	go test ./report -update
	go test ./rules -run Overlap -update

# generate makes the compiled catalogue anew from the YAML files, after a change in seeds or rules/defs, and measures again.
generate:
	go test ./rules -run SnapshotIsCurrent -update
	$(MAKE) measured

# measured counts how often each verdict is right on the frozen passages, for the reports; after any change that can turn a verdict.
measured:
	go test ./cmd/inkooptoets -run MeasuredIsCurrent -update
	go test ./rules -run DemandClasses -update

# self-recall puts the sources' own words before their recognisers; it needs the inventory beside the checkout and says so when it is not there.
self-recall:
	go test ./rules -run SelfRecall -v

lint:
	@test -z "$$(gofmt -l .)" || { echo "gofmt needed:"; gofmt -l .; exit 1; }
	go vet ./...
	go run ./cmd/inkooptoets rules lint

check: lint
	go mod tidy -diff
	go test -race -short ./...
