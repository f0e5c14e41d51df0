// Package doc reads the old Word format (.doc) through a program on the machine, antiword or catdoc. It does not read the format
// itself, and without such a program it says what to do.
package doc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"

	"inkooptoets/extract/dossier"
)

// ErrNoProgram says that no program is installed that reads .doc.
var ErrNoProgram = errors.New("no program for the old Word format is installed")

const (
	timeLimit = 30 * time.Second
	maxOutput = 64 << 20
)

// programs are tried from top to bottom. Each reads the file from standard input and writes UTF-8, a paragraph on one line.
var programs = []struct {
	name string
	args []string
}{
	{"antiword", []string{"-m", "UTF-8.txt", "-w", "0", "-"}},
	{"catdoc", []string{"-d", "utf-8", "-w"}},
}

// Read turns the .doc file data into a document. name is its path in the dossier. The text has no styles, so headings and lists are
// told by their form.
func Read(ctx context.Context, name string, data []byte) (dossier.Document, error) {
	err := ErrNoProgram
	for _, p := range programs {
		path, lookErr := exec.LookPath(p.name)
		if lookErr != nil {
			continue
		}
		var text string
		if text, err = run(ctx, path, p.args, data); err != nil {
			err = fmt.Errorf("run %s: %w: %w", p.name, dossier.ErrDamaged, err)
			continue
		}
		blocks := dossier.Outline(name, dossier.ParseText(paragraphs(text)))
		if len(blocks) == 0 {
			err = dossier.ErrNoText
			continue
		}
		return dossier.Document{Path: name, Format: "doc", Blocks: blocks, Warnings: []dossier.Warning{{
			Code:   "converted",
			Detail: "Het oude Word-formaat is gelezen met " + p.name + ": zonder opmaak, en misschien met tekst die is verwijderd of verborgen. Een DOCX wordt beter gelezen.",
		}}}, nil
	}
	if ctx.Err() != nil {
		return dossier.Document{}, fmt.Errorf("read %s: %w", name, ctx.Err())
	}
	return dossier.Document{}, err
}

// paragraphs puts a blank line after every line, because each is a paragraph of its own; the rows of a table stay together.
func paragraphs(text string) string {
	var out []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		n := len(out)
		switch {
		case !strings.HasPrefix(line, "|"):
			out = append(out, line, "")
		case n > 0 && continues(line) && strings.HasPrefix(out[n-1], "|"):
			out[n-1] = joinRow(out[n-1], line)
		default:
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// continues says whether a line of a table goes on with the row above: antiword draws a long cell over several lines, and of those only
// the first has something in the first column.
func continues(line string) bool {
	first, rest, _ := strings.Cut(line[1:], "|")
	return strings.TrimSpace(first) == "" && strings.Trim(rest, "| ") != ""
}

// joinRow puts the cells of two lines of a row together.
func joinRow(row, line string) string {
	above, below := strings.Split(row, "|"), strings.Split(line, "|")
	if len(above) != len(below) {
		return row + " " + strings.Trim(line, "| ") // a bar in the text
	}
	for i := range above {
		above[i] = strings.TrimRight(above[i], " ") + " " + strings.TrimSpace(below[i])
	}
	return strings.TrimSpace(strings.Join(above, "|"))
}

// run gives data to a program and returns what it writes.
func run(ctx context.Context, path string, args []string, data []byte) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Stdin = bytes.NewReader(data)
	cmd.WaitDelay = time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	text, err := io.ReadAll(io.LimitReader(out, maxOutput+1))
	if len(text) > maxOutput {
		cancel()
		err = dossier.ErrTooLarge
	}
	if waitErr := cmd.Wait(); err == nil {
		err = waitErr
	}
	return string(text), err
}
