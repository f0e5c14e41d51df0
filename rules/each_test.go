package rules

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
)

// Everything is called, errors keep their order, and a panic reaches the caller: whoever judges many dossiers loses one.
func TestEach(t *testing.T) {
	var calls atomic.Int32
	err := each(100, 1, func(i int) error {
		calls.Add(1)
		if i%40 == 7 {
			return errors.New(strings.Repeat("x", i))
		}
		return nil
	})
	if calls.Load() != 100 || err == nil || len(err.Error()) != 7+1+47+1+87 || strings.Index(err.Error(), "\n") != 7 {
		t.Errorf("%d calls, %v", calls.Load(), err)
	}
	if err := each(0, 1, func(int) error { return errors.New("called") }); err != nil {
		t.Error(err)
	}
	got := func() (x any) {
		defer func() { x = recover() }()
		_ = each(100, 1, func(i int) error {
			if i == 3 || i == 60 {
				panic(i)
			}
			return nil
		})
		return nil
	}()
	if got != 3 {
		t.Errorf("panic %v, want 3", got)
	}
}
