package rules

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// each calls do for 0 to n-1 on every processor, in no fixed order; share is the number of calls that is worth a processor of its own. All calls are made,
// and their errors joined in order. A panic goes on in the caller, who can catch it: in a goroutine it would be the end of the program.
func each(n, share int, do func(i int) error) error {
	faults := make([]error, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), 1+n/share) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				faults[i] = caught(func() error { return do(i) })
			}
		})
	}
	wg.Wait()
	for _, fault := range faults {
		if c, ok := fault.(crash); ok {
			panic(c.value)
		}
	}
	return errors.Join(faults...)
}

// crash is a panic on its way to where it can be caught.
type crash struct{ value any }

func (c crash) Error() string { return fmt.Sprintf("panic: %v", c.value) }

// caught runs do; its panic becomes an error.
func caught(do func() error) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = crash{x}
		}
	}()
	return do()
}
