package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == workerCommand { // a test in this process started a worker
		main()
	}
	testscript.Main(m, map[string]func(){"inkooptoets": main})
}

// TestScripts runs the command line as a user does. Every script is one situation; the first lines say which.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/script",
		Setup: giveRules,
		Cmds:  map[string]func(*testscript.TestScript, bool, []string){"code": code, "tmpfs": tmpfs, "kill9": kill9},
		Condition: func(name string) (bool, error) {
			if name == "root" { // may read everything, so "no rights" cannot be tried
				return os.Getuid() == 0, nil
			}
			if name == "tmpfs" {
				return canMount(t), nil
			}
			return false, errors.New("unknown condition " + name)
		},
		RequireExplicitExec: true,
	})
}

// giveRules copies the recognisers, the catalogue, some PDFs with a password and the example into the folder of the script, for scripts
// that break one of them or open them.
func giveRules(env *testscript.Env) error {
	env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".cache")) // what is kept of one script is not there for the next
	for to, from := range map[string]string{"defs": "../../rules/defs", "catalogue/laws": "../../seeds/laws", "beveiligd": "../../extract/pdf/testdata/encrypted", "voorbeeld": "../../testdata/dossiers/voorbeeld"} {
		if err := os.CopyFS(filepath.Join(env.WorkDir, to), os.DirFS(from)); err != nil {
			return err
		}
	}
	return nil
}

// canMount reports whether a disk in memory can be made here: root on Linux, and not in every container.
func canMount(t *testing.T) bool {
	dir := t.TempDir()
	if os.Getuid() != 0 || exec.Command("mount", "-t", "tmpfs", "tmpfs", dir).Run() != nil {
		return false
	}
	return exec.Command("umount", dir).Run() == nil
}

// tmpfs puts a disk in memory on a folder until the script ends: tmpfs map size=16k.
func tmpfs(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tmpfs FOLDER OPTIONS")
	}
	dir := ts.MkAbs(args[0])
	ts.Check(exec.Command("mount", "-t", "tmpfs", "-o", args[1], "tmpfs", dir).Run())
	ts.Defer(func() { ts.Check(exec.Command("umount", dir).Run()) })
}

// kill9 runs a command until a folder holds N files (hidden ones aside), and then ends it as a power cut would: kill9 N FOLDER command...
func kill9(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: kill9 N FOLDER command...")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	cmd := exec.Command(args[2], args[3:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+ts.Getenv("XDG_CACHE_HOME"), "TMPDIR="+ts.Getenv("TMPDIR"))
	ts.Check(cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		files, err := filepath.Glob(filepath.Join(ts.MkAbs(args[1]), "[^.]*"))
		ts.Check(err)
		if len(files) >= n {
			break
		}
		select {
		case err := <-ended:
			ts.Fatalf("ended by itself: %v", err)
		case <-time.After(time.Millisecond):
		}
	}
	ts.Check(cmd.Process.Kill())
	if err := <-ended; err == nil || cmd.ProcessState.Exited() {
		ts.Fatalf("ended by itself: %v", err)
	}
}

// code runs a command and wants an exact exit code: code 3 inkooptoets check map.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
