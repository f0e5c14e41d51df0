package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"inkooptoets/extract"
)

// reading are the choices about how files are read.
type reading struct {
	ocr      bool
	password string
	isolate  string
	timeout  time.Duration
	memory   int // megabytes
}

const (
	workerCommand   = "__extract"
	usualTimeout    = time.Minute
	usualMemory     = 1024 // megabytes
	isolateOn       = "on"
	isolateOff      = "off"
	megabyte        = 1 << 20
	smallestMemory  = 64
	workerMemoryKey = "memory"
)

// jobs is the flag that says how many dossiers are done at the same time; 0 is what nobody asked for: one per core.
type jobs int

func (j *jobs) String() string { return "" }

func (j *jobs) Type() string { return "jobs" }

func (j *jobs) Set(value string) error {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		return errors.New("not a number from 1")
	}
	*j = jobs(n)
	return nil
}

// register adds the flags. Isolation has a fixed default per system, so that the help is the same everywhere else.
func (r *reading) register(flags *pflag.FlagSet) {
	usual := isolateOff
	if runtime.GOOS == "linux" {
		usual = isolateOn
	}
	flags.BoolVar(&r.ocr, "ocr", false, "lees ook gescande pagina's van een PDF (met pdftoppm en tesseract, als die zijn geïnstalleerd)")
	flags.StringVar(&r.password, "password", "", "`WACHTWOORD` van beveiligde PDF's")
	flags.StringVar(&r.isolate, "isolate", usual, "lees elk bestand in een apart proces, zodat een kapot bestand de rest niet raakt: `KEUZE` on of off")
	flags.DurationVar(&r.timeout, "extract-timeout", usualTimeout, "`TIJD` die een bestand lezen mag kosten, zoals 90s of 2m")
	flags.IntVar(&r.memory, "extract-memory", usualMemory, "geheugen in `MB` dat een bestand lezen mag kosten")
}

// options gives what the reader of files needs to know. close ends what was started for it, and is to be called when all files are read.
func (r reading) options(jobs int) (o extract.Options, close func(), err error) {
	if err := oneOf("isolate", []string{isolateOn, isolateOff}, r.isolate); err != nil {
		return o, nil, err
	}
	if r.timeout <= 0 {
		return o, nil, fmt.Errorf("--extract-timeout %s: moet meer dan 0 zijn", r.timeout)
	}
	if r.memory < smallestMemory {
		return o, nil, fmt.Errorf("--extract-memory %d: minstens %d", r.memory, smallestMemory)
	}
	o = extract.Options{OCR: r.ocr, Password: r.password, Time: r.timeout}
	if r.isolate == isolateOff {
		return o, func() {}, nil
	}
	self, err := os.Executable()
	if err != nil {
		return o, nil, fmt.Errorf("het eigen programma is niet te vinden voor --isolate=on (%s); gebruik --isolate=off", why(err))
	}
	o.Pool = extract.NewPool(extract.Isolation{
		Path:    self,
		Args:    []string{os.Args[0], workerCommand, fmt.Sprintf("--%s=%d", workerMemoryKey, r.memory)},
		Workers: jobs,
	})
	return o, o.Pool.Close, nil
}

// newWorker is the other side: the process that reads files for another. It is not for people.
func newWorker() *cobra.Command {
	memory := 0
	cmd := &cobra.Command{
		Use:    workerCommand,
		Short:  "Leest bestanden voor een ander proces",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return extract.Serve(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), int64(memory)*megabyte)
		},
	}
	cmd.Flags().IntVar(&memory, workerMemoryKey, 0, "geheugen in `MB`")
	return cmd
}
