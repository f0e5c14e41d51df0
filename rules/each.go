package rules

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
)

// each calls do for 0 to n-1 on every processor, in no fixed order; share is the number of calls that is worth a processor of its own. All calls are made,
// and their errors joined in order.
func each(n, share int, do func(i int) error) error {
	faults := make([]error, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), 1+n/share) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				faults[i] = do(i)
			}
		})
	}
	wg.Wait()
	return errors.Join(faults...)
}
