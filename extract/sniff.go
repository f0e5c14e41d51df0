package extract

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"inkooptoets/extract/dossier"
)

// oleMagic starts the container of old Office files and of Office files with a password.
var oleMagic = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// isPDF allows for the rubbish that mail gateways put before the header.
func isPDF(head []byte, _ string) bool {
	return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-"))
}

// isDOCX tells a Word file from other zip files by the names of its parts, which stand uncompressed in the container. A
// truncated file has lost its list of parts, so the first kilobytes have to do.
func isDOCX(head []byte, name string) bool {
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return false
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx", ".pptx", ".odt", ".ods", ".zip", ".xlsm", ".docm":
		return bytes.Contains(head, []byte("word/"))
	}
	return bytes.Contains(head, []byte("word/")) || bytes.Contains(head, []byte("[Content_Types].xml")) && !bytes.Contains(head, []byte("xl/")) && !bytes.Contains(head, []byte("ppt/")) || strings.EqualFold(path.Ext(name), ".docx")
}

// isText takes the two suffixes of plain text, and text without a suffix that says otherwise. Other text files (csv, html, json)
// would be read with their marks as words.
func isText(head []byte, name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".txt", ".md", ".markdown", ".text":
		return !bytes.ContainsRune(head, 0) || utf16Text(head)
	}
	return false
}

func utf16Text(head []byte) bool {
	return bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff})
}

// oleProblem tells a Word file with a password from an old .doc: the names of the streams are UTF-16 in the container.
func oleProblem(data []byte) error {
	if bytes.Contains(data, utf16LE("EncryptedPackage")) || bytes.Contains(data, utf16LE("EncryptionInfo")) {
		return dossier.ErrEncrypted
	}
	if bytes.Contains(data, utf16LE("WordDocument")) {
		return errOldWord
	}
	if bytes.Contains(data, utf16LE("Workbook")) || bytes.Contains(data, utf16LE("PowerPoint Document")) {
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
	case ".pdf":
		return "pdf"
	case ".docx":
		return "docx"
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
