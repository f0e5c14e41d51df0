package extract

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"time"

	"inkooptoets/extract/dossier"
)

// ErrWorker says that a process to read files in cannot be started.
var ErrWorker = errors.New("worker does not start")

const (
	maxAnswer = 128 << 20 // bytes of one document as a worker writes it
	maxStderr = 4 << 10
	maxStack  = 128 << 20       // bytes; no sound file comes near it, and the runtime's own limit takes long to reach
	grace     = 2 * time.Second // between the time limit, which a reader may obey, and the end of its process
)

// Isolation says how worker processes are started and what each may use.
type Isolation struct {
	Path    string   // the program; it has to call Serve on its standard input and output
	Args    []string // its arguments, the name it is called by first
	Memory  int64    // per process, in bytes; 0: no limit
	Workers int      // how many at the same time; 0: one per core
}

// Pool reads files in worker processes: running out of memory or stack, or never coming to an end, is the end of one file and not of the
// run. A process is started when it is first needed, serves many files, and is replaced when it dies. A Pool is for any number of
// goroutines.
type Pool struct {
	how    Isolation
	idle   chan *worker // nil: not started yet
	thread chan func()  // run there, one after the other
}

// NewPool makes a pool. Nothing is started yet.
func NewPool(how Isolation) *Pool {
	p := &Pool{how: how, idle: make(chan *worker, max(1, cmp.Or(how.Workers, runtime.GOMAXPROCS(0)))), thread: make(chan func())}
	go keepThread(p.thread)
	for range cap(p.idle) {
		p.idle <- nil
	}
	return p
}

// Close ends all workers. Nothing may be read after it.
func (p *Pool) Close() {
	for range cap(p.idle) {
		if w := <-p.idle; w != nil {
			w.end()
		}
	}
	close(p.thread)
}

// keepThread runs functions on one thread of the system, which is there until the channel closes. Linux takes the end of the thread that
// started a process for the end of its parent.
func keepThread(functions <-chan func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for f := range functions {
		f()
	}
}

// start starts a worker.
func (p *Pool) start() (w *worker, err error) {
	done := make(chan struct{})
	p.thread <- func() { w, err = start(p.how); close(done) }
	<-done
	return w, err
}

// order is what a worker is asked; the bytes of the file follow it.
type order struct {
	Reader   string
	Name     string
	Password string
	Time     time.Duration
}

// read has a file read by a worker. Its error is that of a cancelled context, or of a worker that cannot be started; what happens to a
// worker on the way is a Problem of the document.
func (p *Pool) read(ctx context.Context, o order, data []byte) (dossier.Document, error) {
	var w *worker
	select {
	case w = <-p.idle:
	case <-ctx.Done():
		return dossier.Document{}, fmt.Errorf("read %s: %w", o.Name, ctx.Err())
	}
	defer func() { p.idle <- w }()
	if w == nil {
		started, err := p.start()
		if err != nil {
			return dossier.Document{}, fmt.Errorf("%w: %w", ErrWorker, err)
		}
		w = started
	}
	doc, err := w.ask(ctx, o, data)
	if err == nil {
		return doc, nil
	}
	err = w.verdict(err)
	w = nil
	if ctx.Err() != nil {
		return dossier.Document{}, fmt.Errorf("read %s: %w", o.Name, ctx.Err())
	}
	return dossier.Document{Path: o.Name, Format: o.Reader, Problem: problem(err)}, nil
}

// worker is one process.
type worker struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    io.Reader
	stderr *head
}

func start(how Isolation) (*worker, error) {
	w := &worker{cmd: &exec.Cmd{Path: how.Path, Args: how.Args}, stderr: &head{}}
	w.cmd.Stderr = w.stderr
	dieWithParent(w.cmd)
	var err error
	if w.in, err = w.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if w.out, err = w.cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	return w, w.cmd.Start()
}

// ask sends one file and waits for the document. After an error the worker is of no more use.
func (w *worker) ask(ctx context.Context, o order, data []byte) (dossier.Document, error) {
	expired := make(chan struct{})
	if o.Time > 0 {
		clock := time.AfterFunc(o.Time+grace, func() { close(expired); w.kill() })
		defer clock.Stop()
	}
	defer context.AfterFunc(ctx, w.kill)()
	answer, err := w.exchange(o, data)
	select {
	case <-expired:
		return dossier.Document{}, context.DeadlineExceeded
	default:
	}
	if err != nil {
		return dossier.Document{}, err
	}
	var doc dossier.Document
	return doc, json.Unmarshal(answer, &doc)
}

func (w *worker) exchange(o order, data []byte) ([]byte, error) {
	head, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	if err := send(w.in, head); err != nil {
		return nil, err
	}
	if err := send(w.in, data); err != nil {
		return nil, err
	}
	return receive(w.out, maxAnswer)
}

func (w *worker) kill() { _ = w.cmd.Process.Kill() } // it may be gone already

// end lets a worker stop by itself: its input is at an end.
func (w *worker) end() {
	_ = w.in.Close()
	_ = w.cmd.Wait() // how it ends does not matter any more
}

// verdict ends a worker and says why it failed, from what the Go runtime wrote as it died.
func (w *worker) verdict(err error) error {
	w.kill()
	_ = w.cmd.Wait() // killed: that is how it ends
	said := w.stderr.data
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return err
	case bytes.Contains(said, []byte("out of memory")), bytes.Contains(said, []byte("cannot allocate memory")), bytes.Contains(said, []byte("stack exceeds")):
		return fmt.Errorf("worker: %w", dossier.ErrTooLarge)
	}
	return fmt.Errorf("worker: %w: %w", errCrash, err)
}

// head keeps the first bytes of what is written to it.
type head struct{ data []byte }

func (h *head) Write(b []byte) (int, error) {
	h.data = append(h.data, b[:min(len(b), maxStderr-len(h.data))]...)
	return len(b), nil
}

// send writes a message with its length before it.
func send(w io.Writer, message []byte) error {
	if _, err := w.Write(binary.BigEndian.AppendUint64(nil, uint64(len(message)))); err != nil {
		return err
	}
	_, err := w.Write(message)
	return err
}

// receive reads a message of at most limit bytes.
func receive(r io.Reader, limit int64) ([]byte, error) {
	var size [8]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint64(size[:])
	if n > uint64(limit) {
		return nil, fmt.Errorf("message of %d bytes: %w", n, dossier.ErrTooLarge)
	}
	message := make([]byte, n)
	_, err := io.ReadFull(r, message)
	return message, err
}

// Serve is the other side of a Pool: it reads the files that come in until there are no more. memory is the limit of this process in
// bytes, 0 for none.
func Serve(ctx context.Context, in io.Reader, out io.Writer, memory int64) error {
	if err := limitProcess(memory); err != nil {
		return fmt.Errorf("limit worker: %w", err)
	}
	for {
		head, err := receive(in, maxAnswer)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("receive order: %w", err)
		}
		var o order
		if err := json.Unmarshal(head, &o); err != nil {
			return fmt.Errorf("read order: %w", err)
		}
		data, err := receive(in, maxFile)
		if err != nil {
			return fmt.Errorf("receive %s: %w", o.Name, err)
		}
		answer, err := serve(ctx, o, data)
		if err != nil {
			return fmt.Errorf("answer about %s: %w", o.Name, err)
		}
		if err := send(out, answer); err != nil {
			return fmt.Errorf("answer about %s: %w", o.Name, err)
		}
	}
}

func serve(ctx context.Context, o order, data []byte) ([]byte, error) {
	i := slices.IndexFunc(readers, func(r reader) bool { return r.name == o.Reader })
	if i < 0 {
		return nil, fmt.Errorf("no reader %q", o.Reader)
	}
	ctx, cancel := limited(ctx, o.Time)
	defer cancel()
	if o.Time > 0 { // the parent ends a worker that is too late; this is for when there is no parent any more
		defer time.AfterFunc(o.Time+2*grace, func() { os.Exit(1) }).Stop()
	}
	answer, err := json.Marshal(readSafely(ctx, readers[i], o.Name, data, o.Password))
	if err != nil || len(answer) <= maxAnswer {
		return answer, err
	}
	return json.Marshal(dossier.Document{Path: o.Name, Format: o.Reader, Problem: problem(dossier.ErrTooLarge)})
}

// limited ends a context after a time; 0 is no limit.
func limited(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	if limit <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, limit)
}
