package report

import (
	"fmt"
	"io"
	"strings"
)

// formats are the forms that something other than a run can have, the default first.
type formats[T any] []struct {
	name  string
	write func(w io.Writer, v T, o Options) error
}

func (fs formats[T]) names() []string {
	var names []string
	for _, f := range fs {
		names = append(names, f.name)
	}
	return names
}

// to writes v in the named format; an empty name is the default one. what says in messages what v is.
func (fs formats[T]) to(w io.Writer, format, what string, v T, o Options) error {
	o, err := o.complete()
	if err != nil {
		return err
	}
	for i, f := range fs {
		if f.name == format || format == "" && i == 0 {
			return f.write(w, v, o)
		}
	}
	return fmt.Errorf("unknown format %q of %s; known are %s", format, what, strings.Join(fs.names(), ", "))
}
