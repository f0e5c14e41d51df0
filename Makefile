# The commands a contributor needs. Only Go is required.
BIN := bin/inkooptoets

.PHONY: build test bench golden lint check

build:
	go build -o $(BIN) ./cmd/inkooptoets

test:
	go test ./...

bench:
	go test -run '^$$' -bench . -benchmem ./...

# golden rewrites the stored reports; read the difference before you commit it.
golden:
	go test ./report -update

lint:
	@test -z "$$(gofmt -l .)" || { echo "gofmt needed:"; gofmt -l .; exit 1; }
	go vet ./...
	go run ./cmd/inkooptoets rules lint

check: lint
	go mod tidy -diff
	go test -race -short ./...
