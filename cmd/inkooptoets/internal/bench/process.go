package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// ran is what a command cost.
type ran struct {
	took time.Duration
	cpu  time.Duration // processor time of the program and its workers: what a busy machine changes least
	main int64         // most memory of the program itself, in bytes; 0 if the system does not tell
	all  int64         // most memory of the program and its workers together
}

const sampled = 20 * time.Millisecond

// runProgram runs a command and follows its memory, and that of the processes it starts, in /proc.
func runProgram(path string, args ...string) (ran, error) {
	cmd := exec.Command(path, args...)
	var said strings.Builder
	cmd.Stderr = &said
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return ran{}, err
	}
	var r ran
	var ended atomic.Bool
	done := make(chan struct{})
	go func() {
		defer close(done)
		for !ended.Load() {
			own, all := memoryOf(cmd.Process.Pid)
			r.main, r.all = max(r.main, own), max(r.all, all)
			time.Sleep(sampled)
		}
	}()
	err := cmd.Wait()
	ended.Store(true)
	<-done
	r.took, r.cpu = time.Since(began), cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()
	if err != nil {
		return r, fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, said.String())
	}
	return r, nil
}

// memoryOf gives the resident memory of a process, and of it and its children together. Pages that both have count twice, so it is never too low.
func memoryOf(pid int) (own, all int64) {
	own = resident(pid)
	all = own
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		return own, all
	}
	for _, t := range tasks {
		list, err := os.ReadFile(t)
		if err != nil {
			continue // that thread has just ended
		}
		for _, child := range strings.Fields(string(list)) {
			if n, err := strconv.Atoi(child); err == nil {
				_, more := memoryOf(n)
				all += more
			}
		}
	}
	return own, all
}

func resident(pid int) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(raw))
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
