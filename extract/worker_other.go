//go:build !linux

package extract

import (
	"os/exec"
	"runtime"
	"runtime/debug"
)

// limitProcess asks the Go runtime to keep to the memory; only Linux has hard limits here.
func limitProcess(memory int64) error {
	runtime.GOMAXPROCS(1)
	debug.SetMaxStack(maxStack)
	if memory > 0 {
		debug.SetMemoryLimit(memory * 3 / 4)
	}
	return nil
}

func dieWithParent(*exec.Cmd) {}
