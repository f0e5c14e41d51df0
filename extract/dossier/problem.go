package dossier

import "errors"

// The reasons for which a reader gives up on a file. They are for errors.Is; extract words them for the reader of a report.
var (
	ErrEncrypted   = errors.New("file is protected with a password")
	ErrPassword    = errors.New("file needs another password")                      // comes with ErrEncrypted, for formats that can be opened with one
	ErrUnsupported = errors.New("file is protected in a way that is not supported") // comes with ErrEncrypted
	ErrDamaged     = errors.New("file is damaged")
	ErrTooLarge    = errors.New("file is too large or nested too deep")
	ErrNoText      = errors.New("file holds no text")
)
