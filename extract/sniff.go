package extract

import (
	"archive/zip"
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"inkooptoets/extract/dossier"
)

// oleMagic starts the container of old Office files and of Office files with a password.
var oleMagic = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// sample is what a reader may look at to know its format.
type sample struct {
	name  string
	head  []byte   // the first kilobytes
	parts []string // names in a zip container; of a truncated one none
}

// maxParts is how many names of a zip container are looked at.
const maxParts = 2000

func sampleOf(data []byte, name string) sample {
	s := sample{name: name, head: data[:min(len(data), 4096)]}
	if !bytes.HasPrefix(data, zipMagic) {
		return s
	}
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return s
	}
	for _, f := range zr.File[:min(len(zr.File), maxParts)] {
		s.parts = append(s.parts, strings.ReplaceAll(f.Name, `\`, "/"))
	}
	return s
}

var zipMagic = []byte("PK\x03\x04")

func (s sample) isZip() bool { return bytes.HasPrefix(s.head, zipMagic) }

// has says whether the container has a part below the folder prefix, or with that name. A truncated file has lost its list of
// parts; names stand uncompressed in it, so the first kilobytes have to do.
func (s sample) has(prefix string) bool {
	if !s.isZip() {
		return false
	}
	if s.parts == nil {
		return bytes.Contains(s.head, []byte(prefix))
	}
	return slices.ContainsFunc(s.parts, func(part string) bool { return strings.HasPrefix(strings.TrimPrefix(part, "/"), prefix) })
}

func (s sample) suffix() string { return strings.ToLower(path.Ext(s.name)) }

// isPDF allows for the rubbish that mail gateways put before the header.
func isPDF(s sample) bool {
	return bytes.Contains(s.head[:min(len(s.head), 1024)], []byte("%PDF-"))
}

// isDOCX takes packages with a Word part, and those that say nothing else: the main part may have any name.
func isDOCX(s sample) bool {
	if s.has("word/") || s.isZip() && s.suffix() == ".docx" && !s.has("xl/") && !isODT(s) {
		return true
	}
	return s.has("[Content_Types].xml") && !s.has("xl/") && !s.has("ppt/") && !s.has("visio/") && s.suffix() != ".zip"
}

func isXLSX(s sample) bool { return s.has("xl/") || s.isZip() && s.suffix() == ".xlsx" }

// isODT looks for the type that the first part of an OpenDocument file holds, and for its parts.
func isODT(s sample) bool {
	if !s.isZip() {
		return false
	}
	if i := bytes.Index(s.head, []byte("mimetypeapplication/")); i >= 0 && i < 100 {
		return bytes.HasPrefix(s.head[i+len("mimetype"):], []byte("application/vnd.oasis.opendocument.text"))
	}
	return s.has("content.xml") && s.has("META-INF/manifest.xml") || s.suffix() == ".odt" && s.parts == nil
}

// isDOC takes the old Office container that oleProblem has nothing against.
func isDOC(s sample) bool { return bytes.HasPrefix(s.head, oleMagic) }

// isBundle takes every other zip: a folder of documents.
func isBundle(s sample) bool {
	return s.isZip() && len(s.parts) > 0 && !isDOCX(s) && !isXLSX(s) && !isODT(s) && !s.has("ppt/") && !s.has("visio/") && !bytes.Contains(s.head[:min(len(s.head), 100)], []byte("mimetype"))
}

// isHTML looks at the first element; an extra from a mail programme or a comment may stand before it.
func isHTML(s sample) bool {
	head := strings.ToLower(string(bytes.TrimPrefix(s.head, []byte("\xef\xbb\xbf"))))
	start := strings.TrimLeft(head, " \t\r\n")
	if strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html") {
		return true
	}
	switch s.suffix() {
	case ".html", ".htm", ".xhtml":
		return strings.Contains(head, "<") && !s.isZip()
	}
	return strings.HasPrefix(start, "<") && strings.Contains(head, "<html")
}

// isText takes the two suffixes of plain text, and text without a suffix that says otherwise. Other text files (csv, json) would be
// read with their marks as words.
func isText(s sample) bool {
	switch s.suffix() {
	case ".txt", ".md", ".markdown", ".text":
		return !bytes.ContainsRune(s.head, 0) || utf16Text(s.head)
	}
	return false
}

func utf16Text(head []byte) bool {
	return bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff})
}

// oleProblem says what is wrong with an old Office container, nil if it is a .doc: the names of its streams are UTF-16.
func oleProblem(data []byte) error {
	has := func(stream string) bool { return bytes.Contains(data, utf16LE(stream)) }
	switch {
	case has("EncryptedPackage"), has("EncryptionInfo"):
		return dossier.ErrEncrypted
	case has("WordDocument"):
		return nil
	case has("Workbook"), has("Book"):
		return errOldXLS
	case has("PowerPoint Document"):
		return errUnknown
	}
	return dossier.ErrEncrypted
}

func utf16LE(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// formatBySuffix is the format that the name of a file promises, empty for one we do not read.
func formatBySuffix(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".pdf", ".docx", ".xlsx", ".odt", ".doc", ".xls", ".zip":
		return strings.ToLower(path.Ext(name))[1:]
	case ".html", ".htm", ".xhtml":
		return "html"
	case ".txt", ".md", ".markdown", ".text":
		return "text"
	}
	return ""
}

// decode turns the bytes of a text file into a string. What is not UTF-8 or marked as UTF-16 is taken for Windows-1252, the
// encoding of old Dutch text files.
func decode(data []byte) string {
	if utf16Text(data) {
		units := make([]uint16, 0, len(data)/2)
		for i := 2; i+1 < len(data); i += 2 {
			lo, hi := data[i], data[i+1]
			if data[0] == 0xfe {
				lo, hi = hi, lo
			}
			units = append(units, uint16(hi)<<8|uint16(lo))
		}
		return string(utf16.Decode(units))
	}
	if utf8.Valid(data) {
		return string(data)
	}
	return windows1252(data)
}
