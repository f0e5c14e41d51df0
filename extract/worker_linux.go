package extract

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"
)

// reserved is the address space that the Go runtime may still claim beside what it uses.
const reserved = 1 << 30

// claimed is the address space this process holds already, in bytes: the runtime reserves far more than it uses, and how much differs per run. 0 if unknown.
func claimed() uint64 {
	data, err := os.ReadFile("/proc/self/statm") // pages: size, resident, ...
	if err != nil {
		return 0
	}
	first, _, _ := bytes.Cut(data, []byte(" "))
	pages, err := strconv.ParseUint(string(first), 10, 64)
	if err != nil {
		return 0
	}
	return pages * uint64(os.Getpagesize())
}

// limitProcess sets what this process may use, for good: memory, no files written, no core dumps. One core is enough for one file.
func limitProcess(memory int64) error {
	runtime.GOMAXPROCS(1)
	debug.SetMaxStack(maxStack)
	limits := map[int]uint64{syscall.RLIMIT_CORE: 0, syscall.RLIMIT_FSIZE: 0}
	if memory > 0 {
		debug.SetMemoryLimit(memory * 3 / 4)
		if !underRace { // the race detector reserves terabytes
			limits[syscall.RLIMIT_AS] = claimed() + uint64(memory) + reserved
		}
	}
	for what, limit := range limits {
		if err := syscall.Setrlimit(what, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			return err
		}
	}
	return nil
}

// dieWithParent keeps a worker from living on when its parent is killed.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
