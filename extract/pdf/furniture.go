package pdf

import (
	"math"
	"regexp"
	"strings"
)

var (
	digits     = regexp.MustCompile(`\d+`)
	pageNumber = regexp.MustCompile(`(?i)^(?:pagina|blad|blz\.?|p\.)?\s*\d{1,4}(?:\s*(?:van|/|\|)\s*\d{1,4})?$|(?:^|\W)pagina \d{1,4}(?: van \d{1,4})?$|^[-–]\s*\d{1,4}\s*[-–]$`)
)

// dropFurniture drops running headers and footers and page numbers: a line at the top or bottom of the page that is either a
// page number or has the same text, digits aside, at the same height on at least half of the pages. The height matters: a
// footnote that is repeated is text. So does the whole line: a bullet is not a header. Pages that are the same from top to bottom count
// as one: their text is repeated, but runs around nothing.
func dropFurniture(pages []page) {
	type place struct {
		text string
		y    int
	}
	height := func(r run) int { return int(math.Round(r.y / 3)) }
	whole := make([]map[int]string, len(pages)) // the text on each height of each page
	seen := map[place]int{}
	twins := map[uint64]bool{}
	for i, p := range pages {
		whole[i] = map[int]string{}
		for _, r := range p.words {
			if inMargin(p, r) {
				whole[i][height(r)] += r.text + " "
			}
		}
		id := likeness(p.words)
		if twins[id] {
			continue
		}
		twins[id] = true
		for y, text := range whole[i] {
			seen[place{digits.ReplaceAllString(text, "#"), y}]++
		}
	}
	repeated := max(2, (len(twins)+1)/2)
	for i, p := range pages {
		body := make([]run, 0, len(p.words))
		notes := noteLines(p.words)
		for k, r := range p.words {
			if inMargin(p, r) && !notes[k] {
				y := height(r)
				text := whole[i][y]
				pattern := digits.ReplaceAllString(text, "#")
				count := seen[place{pattern, y}] + max(seen[place{pattern, y - 1}], seen[place{pattern, y + 1}]) // rounding may split one height
				if count >= repeated || r.size > 6.5 && pageNumber.MatchString(strings.TrimSpace(text)) {        // smaller is the mark of a footnote
					continue
				}
			}
			body = append(body, r)
			pages[i].body += r.letters
		}
		pages[i].words = body
	}
}

// likeness is the same for pages with the same words on the same places, page numbers and other figures aside.
func likeness(runs []run) uint64 {
	const prime = 1099511628211 // FNV-1a
	sum := uint64(14695981039346656037)
	for _, r := range runs {
		for i := range len(r.text) {
			if c := r.text[i]; c < '0' || c > '9' {
				sum = (sum ^ uint64(c)) * prime
			}
		}
		sum = (sum ^ uint64(math.Round(r.y/3))) * prime
	}
	return sum
}

// noteLines are the runs that are part of a footnote, by index: a raised number stands before it, or the number that it starts with is
// raised somewhere else on the page.
func noteLines(runs []run) map[int]bool {
	out := map[int]bool{}
	marks := map[string]bool{}
	for _, m := range marksOf(runs) {
		marks[m] = true
	}
	for k, r := range runs {
		number := leadingNumber(r.text)
		switch {
		case k > 0 && raised(runs[k-1], r):
			out[k-1], out[k] = true, true
		case number != "" && marks[number], out[k-1] && below(runs[k-1], r):
			out[k] = true
		}
	}
	return out
}

// below says whether next is the line under r, in the same letters.
func below(r, next run) bool {
	down := r.y - next.y
	return next.turned == r.turned && math.Abs(r.size-next.size) < 0.3 && down > 0 && down < 1.6*r.size
}

func inMargin(p page, r run) bool {
	y, height := r.y, p.height
	if r.turned != 0 {
		if (r.turned+p.turned)%4 != 0 {
			return false
		}
		y, height = p.asPrinted(r) // the page was turned, but not its header and footer
	}
	return y < 0.12*height || y > 0.88*height
}
