package pdf

import "math"

// rule is a thin horizontal or vertical line; x0 <= x1, y0 <= y1.
type rule struct {
	x0, y0, x1, y1 float64
	frame          int // number of the rectangle it is a side of, 0 if none
}

func (r rule) vertical() bool { return r.x1-r.x0 < 3 }

// paint follows the path operators, as far as needed to find ruled lines.
func (in *interpreter) paint(op string, args []token, s state) {
	switch op {
	case "m":
		in.close()
		in.to(s, num(args, 0), num(args, 1))
	case "l":
		in.to(s, num(args, 0), num(args, 1))
	case "c":
		in.page.curves++
		in.to(s, num(args, 4), num(args, 5))
	case "v", "y":
		in.page.curves++
		in.to(s, num(args, 2), num(args, 3))
	case "h":
		if len(in.path) > 0 {
			in.path = append(in.path, in.path[0])
		}
	case "re":
		in.close()
		x, y, w, h := num(args, 0), num(args, 1), num(args, 2), num(args, 3)
		for _, p := range [][2]float64{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}} {
			in.to(s, p[0], p[1])
		}
		in.close()
	case "S", "s", "f", "F", "f*", "B", "B*", "b", "b*":
		in.close()
		for _, box := range in.boxes {
			in.ruleFrom(box, op[0] != 'f' && op[0] != 'F')
		}
		in.boxes = nil
	case "n":
		in.path, in.boxes = nil, nil
	}
}

func (in *interpreter) to(s state, x, y float64) {
	x, y = s.ctm.point(x, y)
	if len(in.path) < 64 { // longer paths are drawings
		in.path = append(in.path, [2]float64{x, y})
	}
}

func (in *interpreter) close() {
	if len(in.path) > 1 && len(in.boxes) < 4096 {
		in.boxes = append(in.boxes, in.path)
	}
	in.path = nil
}

// ruleFrom adds a painted path as rules: a thin shape is one rule, a stroked outline one for each straight side.
func (in *interpreter) ruleFrom(points [][2]float64, stroked bool) {
	b := bounds(points)
	if b.x1-b.x0 < 3 || b.y1-b.y0 < 3 {
		in.addRule(b)
		return
	}
	if !stroked {
		return
	}
	frame := 0
	if rectangular(points) && len(in.page.frames) < 1000 {
		in.page.frames = append(in.page.frames, b)
		frame = len(in.page.frames)
	}
	for i := 1; i < len(points); i++ {
		side := bounds(points[i-1 : i+1])
		side.frame = frame
		if side.x1-side.x0 < 1 || side.y1-side.y0 < 1 {
			in.addRule(side)
		}
	}
}

// bounds is the smallest rectangle around points.
func bounds(points [][2]float64) rule {
	b := rule{x0: points[0][0], y0: points[0][1], x1: points[0][0], y1: points[0][1]}
	for _, p := range points[1:] {
		b.x0, b.y0, b.x1, b.y1 = min(b.x0, p[0]), min(b.y0, p[1]), max(b.x1, p[0]), max(b.y1, p[1])
	}
	return b
}

// rectangular says whether points are the corners of an upright rectangle, the first repeated.
func rectangular(points [][2]float64) bool {
	if len(points) < 5 || points[0] != points[len(points)-1] {
		return false
	}
	for i := 1; i < len(points); i++ {
		if math.Abs(points[i][0]-points[i-1][0]) > 0.5 && math.Abs(points[i][1]-points[i-1][1]) > 0.5 {
			return false
		}
	}
	return true
}

func (in *interpreter) addRule(r rule) {
	if math.Max(r.x1-r.x0, r.y1-r.y0) >= 4 && len(in.page.rules) < 5000 {
		in.page.rules = append(in.page.rules, r)
	}
}
