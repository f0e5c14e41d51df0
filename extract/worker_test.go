package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"inkooptoets/extract/dossier"
)

const workerArgument = "lees-bestanden"

// TestMain lets the test program be its own worker, with some readers that do what no reader should.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == workerArgument {
		readers = append(readers, badReaders...)
		if err := Serve(context.Background(), os.Stdin, os.Stdout, 256<<20); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

var badReaders = []reader{
	{name: "loop", read: func(context.Context, string, []byte, string) (dossier.Document, error) {
		for {
			time.Sleep(time.Millisecond)
		}
	}},
	{name: "late", read: func(ctx context.Context, _ string, _ []byte, _ string) (dossier.Document, error) {
		<-ctx.Done()
		return dossier.Document{}, ctx.Err()
	}},
	{name: "stack", read: func(context.Context, string, []byte, string) (dossier.Document, error) {
		return dossier.Document{Pages: deeper(1)}, nil
	}},
	{name: "memory", read: func(context.Context, string, []byte, string) (dossier.Document, error) {
		var all [][]byte
		for range 4096 {
			all = append(all, bytes.Repeat([]byte{1}, 1<<20))
		}
		return dossier.Document{Pages: len(all)}, nil
	}},
	{name: "exit", read: func(context.Context, string, []byte, string) (dossier.Document, error) {
		os.Exit(7)
		panic("unreachable")
	}},
	{name: "panic", read: func(context.Context, string, []byte, string) (dossier.Document, error) { panic("malformed") }},
	{name: "talker", read: func(context.Context, string, []byte, string) (dossier.Document, error) {
		return dossier.Document{Blocks: []dossier.Block{{Text: strings.Repeat("x", maxAnswer)}}}, nil
	}},
}

func deeper(n int) int { return deeper(n+1) + n }

func testPool(t *testing.T, workers int) *Pool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := NewPool(Isolation{Path: self, Args: []string{self, workerArgument}, Workers: workers})
	t.Cleanup(p.Close)
	return p
}

func TestPoolReadsTheSame(t *testing.T) {
	want, err := Read(t.Context(), exampleDir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(t.Context(), exampleDir, Options{Pool: testPool(t, 1), Time: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	a, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := json.Marshal(got); err != nil || !bytes.Equal(a, b) {
		t.Errorf("a worker reads the files differently (error %v)", err)
	}
}

func TestPoolSurvives(t *testing.T) {
	p := testPool(t, 1)
	for _, tc := range []struct{ reader, problem string }{
		{"panic", "beschadigd"},
		{"exit", "vastlopen"},
		{"stack", "te groot of te ingewikkeld"},
		{"memory", "te groot of te ingewikkeld"},
		{"loop", "duurt te lang"},
		{"late", "duurt te lang"},
		{"talker", "te groot of te ingewikkeld"},
	} {
		t.Run(tc.reader, func(t *testing.T) {
			if tc.reader == "memory" && underRace {
				t.Skip("no limit on memory under the race detector")
			}
			o := order{Reader: tc.reader, Name: "map/a.pdf", Time: 20 * time.Second}
			if tc.problem == "duurt te lang" {
				o.Time = 100 * time.Millisecond
			}
			doc, err := p.read(t.Context(), o, nil)
			if err != nil {
				t.Fatal(err)
			}
			if doc.Path != "map/a.pdf" || doc.Format != tc.reader || !strings.Contains(doc.Problem, tc.problem) || len(doc.Blocks) > 0 {
				t.Errorf("got path %q, format %q, problem %q, %d blocks", doc.Path, doc.Format, doc.Problem, len(doc.Blocks))
			}
			after, err := p.read(t.Context(), order{Reader: "text", Name: "b.txt"}, []byte("De aanbieder heeft een VOG."))
			if err != nil || after.Problem != "" || len(after.Blocks) != 1 {
				t.Errorf("the next file: got %+v, %v", after, err)
			}
		})
	}
}

func TestPoolAtTheSameTime(t *testing.T) {
	p := testPool(t, 2)
	docs := make([]dossier.Document, 20)
	var wg sync.WaitGroup
	for i := range docs {
		wg.Go(func() {
			name := "text"
			if i%7 == 3 {
				name = "exit"
			}
			docs[i], _ = p.read(context.Background(), order{Reader: name, Name: fmt.Sprint(i)}, []byte("De aanbieder heeft een VOG."))
		})
	}
	wg.Wait()
	for i, doc := range docs {
		if doc.Path != fmt.Sprint(i) || (doc.Problem == "") != (i%7 != 3) {
			t.Errorf("document %d: got %+v", i, doc)
		}
	}
}

func TestPoolStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(300*time.Millisecond, cancel)
	if _, err := testPool(t, 1).read(ctx, order{Reader: "loop", Name: "a.pdf", Time: time.Minute}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that of the context", err)
	}
}

// A worker is tied to the process that started it, not to a thread of it: those come and go.
func TestPoolOutlivesThread(t *testing.T) {
	p := testPool(t, 1)
	ask := func() {
		doc, err := p.read(context.Background(), order{Reader: "text", Name: "a.txt"}, []byte("De aanbieder heeft een VOG."))
		if err != nil || doc.Problem != "" {
			t.Errorf("got problem %q, error %v", doc.Problem, err)
		}
	}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		runtime.LockOSThread() // and never unlocked: the thread ends here
		ask()
	}()
	<-gone
	for range 20 {
		time.Sleep(5 * time.Millisecond)
		ask()
	}
}

// A worker that hangs, with nobody there to end it, ends by itself.
func TestWorkerWithoutParent(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w, err := start(Isolation{Path: self, Args: []string{self, workerArgument}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.exchange(order{Reader: "loop", Name: "a.pdf", Time: time.Millisecond}, nil); err == nil {
		t.Error("got an answer")
	}
	if err := w.cmd.Wait(); w.cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("got %v", err)
	}
}

func TestPoolCannotStart(t *testing.T) {
	p := NewPool(Isolation{Path: "/bestaat/niet", Args: []string{"x"}})
	defer p.Close()
	if _, err := Read(t.Context(), exampleDir, Options{Pool: p}); !errors.Is(err, ErrWorker) {
		t.Errorf("got %v, want ErrWorker", err)
	}
}
