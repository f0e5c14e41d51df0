package pdf

import (
	"fmt"
	"os"
	"testing"
)

func TestZY(t *testing.T) {
	d, _ := os.ReadFile("/work/shared/devset/d02-merenland/basisovereenkomst.pdf")
	r, _ := open(d)
	f := &file{fonts: map[string]*font{}}
	lv := pageLeaves(r.Trailer().Key("Root").Key("Pages"))
	p := f.page(lv[0], 1)
	for _, l := range lines(ordered(p.runs()), 1) {
		fmt.Printf("%.1f-%.1f y%.1f edge%.1f size%.1f bold%v tx%.1f n%d %.50q\n", l.x0, l.x1, l.y, l.edge, l.size, l.bold, l.textX, len(l.runs), l.text)
	}
}
