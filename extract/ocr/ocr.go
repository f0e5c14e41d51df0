// Package ocr reads the text on a scanned page of a PDF with two programs on the machine: pdftoppm makes a picture of the page,
// tesseract reads it. It does not judge what it read, and it writes nothing to disk.
package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

const (
	resolution = "200"  // dots per inch; more is slower and reads no better
	width      = "7000" // dots of the picture at most, enough for A0: pdftoppm takes gigabytes for a page of five metres
	height     = "9500"
	timeLimit  = 60 * time.Second // a page
	maxPicture = 256 << 20
	maxText    = 4 << 20
)

// Missing returns in Dutch what has to be installed before pages can be read; empty when all is there.
func Missing(ctx context.Context) string {
	var programs []string
	if _, err := exec.LookPath("pdftoppm"); err != nil {
		programs = append(programs, "poppler-utils (pdftoppm)")
	}
	if _, err := exec.LookPath("tesseract"); err != nil {
		programs = append(programs, "tesseract-ocr", "tesseract-ocr-nld")
	} else if !dutch(ctx) {
		programs = append(programs, "tesseract-ocr-nld")
	}
	return strings.Join(programs, ", ")
}

// dutch says whether tesseract knows the language.
func dutch(ctx context.Context) bool {
	out, err := run(ctx, "tesseract", []string{"--list-langs"}, nil, maxText)
	for line := range strings.Lines(string(out)) {
		if strings.TrimSpace(line) == "nld" {
			return true
		}
	}
	return err != nil // it cannot say; trying will tell
}

// Page reads page number page, from 1, of the PDF file data. password opens a protected file; pdftoppm takes it on its command line only.
func Page(ctx context.Context, data []byte, page int, password string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	n := strconv.Itoa(page)
	args := []string{"-f", n, "-l", n, "-r", resolution, "-W", width, "-H", height, "-gray"}
	if password != "" {
		args = append(args, "-opw", password, "-upw", password) // it may be that of the owner or of the user
	}
	picture, err := run(ctx, "pdftoppm", append(args, "-"), data, maxPicture)
	if err != nil {
		return "", fmt.Errorf("draw page %d: %w", page, err)
	}
	text, err := run(ctx, "tesseract", []string{"-", "-", "-l", "nld", "--psm", "3"}, picture, maxText)
	if err != nil {
		return "", fmt.Errorf("read page %d: %w", page, err)
	}
	return string(text), nil
}

var errTooMuch = errors.New("program writes too much")

// run gives data to a program and returns at most limit bytes of what it writes.
func run(ctx context.Context, program string, args []string, data []byte, limit int64) ([]byte, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdin = bytes.NewReader(data)
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1") // tesseract is slower with more threads on one small page
	cmd.WaitDelay = time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(out, limit+1))
	if int64(len(text)) > limit {
		err = errTooMuch
		if killErr := cmd.Process.Kill(); killErr != nil {
			err = errors.Join(err, killErr)
		}
	}
	if waitErr := cmd.Wait(); err == nil {
		err = waitErr
	}
	return text, err
}
