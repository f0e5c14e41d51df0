package main

import (
	"fmt"
	"io"
	"iter"
	"os"

	"inkooptoets/rules/result"
)

// spool is a place on disk for what a run found until it is written: a large run does not fit in memory. Every worker has a file of its own. The files have
// no name any more where the system allows that, so that nothing of a draft stays behind when the program is killed.
type spool struct {
	files []*os.File
	ends  []int64
	names []string // still to be removed
}

// span is a piece of a spool.
type span struct {
	file   int
	at     int64
	length int
}

func newSpool(workers int) (*spool, error) {
	s := &spool{ends: make([]int64, workers)}
	for range workers {
		f, err := os.CreateTemp("", "inkooptoets-")
		if err != nil {
			s.close()
			return nil, spooling(err)
		}
		s.files = append(s.files, f)
		if os.Remove(f.Name()) != nil {
			s.names = append(s.names, f.Name())
		}
	}
	return s, nil
}

func spooling(err error) error {
	return fmt.Errorf("de map voor tijdelijke bestanden %s (TMPDIR) is niet te gebruiken: %s", os.TempDir(), why(err))
}

// add writes a piece to the file of a worker.
func (s *spool) add(worker int, piece []byte) (span, error) {
	at := span{worker, s.ends[worker], len(piece)}
	if _, err := s.files[worker].WriteAt(piece, at.at); err != nil {
		return span{}, spooling(err)
	}
	s.ends[worker] += int64(len(piece))
	return at, nil
}

// read gives a piece back, in buf if it fits.
func (s *spool) read(at span, buf []byte) ([]byte, error) {
	if cap(buf) < at.length {
		buf = make([]byte, at.length)
	}
	buf = buf[:at.length]
	if _, err := s.files[at.file].ReadAt(buf, at.at); err != nil {
		return nil, spooling(err)
	}
	return buf, nil
}

func (s *spool) close() {
	if s == nil {
		return
	}
	for _, f := range s.files {
		_ = f.Close() // what was in it is not wanted any more
	}
	for _, name := range s.names {
		_ = os.Remove(name)
	}
}

// parts is a run of which the dossiers are in memory or in a spool.
type parts struct {
	head  result.Run       // without dossiers
	whole []result.Dossier // when there is no spool
	spool *spool
	order []span
}

// encoded gives the dossiers as JSON, in order. What it gives is good until the next.
func (p *parts) encoded() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if p.spool == nil {
			for _, d := range p.whole {
				if !yield(result.EncodeDossier(d)) {
					return
				}
			}
			return
		}
		var buf []byte
		for _, at := range p.order {
			var err error
			if buf, err = p.spool.read(at, buf); !yield(buf, err) {
				return
			}
		}
	}
}

// encode writes the run as JSON.
func (p *parts) encode(w io.Writer) error { return result.EncodeParts(w, p.head, p.encoded()) }

// dossiers gives the dossiers one by one, in order.
func (p *parts) dossiers() iter.Seq2[result.Dossier, error] {
	return func(yield func(result.Dossier, error) bool) {
		for raw, err := range p.encoded() {
			var d result.Dossier
			if err == nil {
				d, err = result.DecodeDossier(raw)
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// run gives the run whole, in memory.
func (p *parts) run() (result.Run, error) {
	run := p.head
	if p.spool == nil {
		run.Dossiers = p.whole
		return run, nil
	}
	for d, err := range p.dossiers() {
		if err != nil {
			return run, err
		}
		run.Dossiers = append(run.Dossiers, d)
	}
	return run, nil
}
