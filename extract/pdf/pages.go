package pdf

import "github.com/ledongthuc/pdf"

// leaf is one page with the properties it inherits.
type leaf struct {
	dict      pdf.Value
	resources pdf.Value
	box       [4]float64
	rotate    int
}

// pageLeaves walks the page tree once. The library's own look-up walks from the root for every page and trusts the counts in it.
func pageLeaves(root pdf.Value) []leaf {
	var out []leaf
	open := map[string]bool{} // the way down to the current node: a tree may bite its own tail
	nodes := 0
	var walk func(v pdf.Value, from leaf, depth int)
	walk = func(v pdf.Value, from leaf, depth int) {
		id := v.String() // names the objects it refers to: a usable identity
		nodes++
		if nodes > maxNodes || v.Kind() != pdf.Dict || depth > maxDepth || len(out) >= maxPages || open[id] {
			return
		}
		open[id] = true
		defer delete(open, id)
		from = inherit(v, from)
		kids := v.Key("Kids")
		if kids.Kind() != pdf.Array {
			out = append(out, from)
			return
		}
		for i := range kids.Len() {
			walk(kids.Index(i), from, depth+1)
		}
	}
	walk(root, leaf{box: [4]float64{0, 0, 595, 842}}, 0)
	return out
}

func inherit(v pdf.Value, from leaf) leaf {
	from.dict = v
	if r := v.Key("Resources"); r.Kind() == pdf.Dict {
		from.resources = r
	}
	for _, name := range []string{"MediaBox", "CropBox"} {
		if b := v.Key(name); b.Len() == 4 {
			for i := range from.box {
				from.box[i] = b.Index(i).Float64()
			}
		}
	}
	if r := v.Key("Rotate"); r.Kind() == pdf.Integer {
		from.rotate = int((r.Int64()%360 + 360) % 360)
	}
	return from
}
