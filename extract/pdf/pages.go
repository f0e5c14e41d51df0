package pdf

import (
	"fmt"

	"github.com/ledongthuc/pdf"

	"inkooptoets/extract/dossier"
)

// leaf is one page with the properties it inherits.
type leaf struct {
	dict      pdf.Value
	resources pdf.Value
	box       [4]float64
	rotate    int
}

// pageLeaves walks the page tree once. The library's own look-up walks from the root for every page and trusts the counts in it.
func (f *file) pageLeaves() []leaf {
	w := pageWalk{file: f, open: map[string]bool{}}
	w.visit(f.root.Key("Pages"), leaf{box: [4]float64{0, 0, 595, 842}}, 0)
	return w.leaves
}

type pageWalk struct {
	file   *file
	leaves []leaf
	nodes  int
	open   map[string]bool // the way down to the current node: a tree may bite its own tail
}

func (w *pageWalk) visit(v pdf.Value, from leaf, depth int) {
	if v.Kind() != pdf.Dict {
		w.file.warn(dossier.CodeDamaged, damagedDetail)
		return
	}
	if w.nodes++; w.nodes > maxNodes || depth > maxDepth {
		w.file.warn(dossier.CodeLimit, limitDetail)
		return
	}
	if len(w.leaves) >= maxPages {
		w.file.warn(dossier.CodeLimit, fmt.Sprintf("Het bestand heeft meer dan %d bladzijden; de rest is niet gelezen.", maxPages))
		return
	}
	from = inherit(v, from)
	kids := v.Key("Kids")
	kind := v.Key("Type").Name()
	if kids.Kind() != pdf.Array {
		if kind != "Pages" && kind != "Catalog" {
			w.leaves = append(w.leaves, from)
		}
		return
	}
	id := v.String() // names the objects it refers to: a usable identity
	if w.open[id] {
		w.file.warn(dossier.CodeDamaged, damagedDetail)
		return
	}
	w.open[id] = true
	defer delete(w.open, id)
	for i := range kids.Len() {
		if w.nodes > maxNodes || len(w.leaves) > maxPages {
			break
		}
		w.visit(kids.Index(i), from, depth+1)
	}
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
