package seeds

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v3"
)

// Pack is a folder with requirements of one's own, on top of the catalogue: books (one source with its requirements, as in the folder frameworks) and the
// recognisers that go with them. A file with a list holds recognisers, any other is a book.
type Pack struct {
	Name string // how messages call the folder
	FS   fs.FS
}

// PackFile is one file of a pack.
type PackFile struct {
	Name string // with the name of the pack before it
	Data []byte
}

// Holds reports whether a requirement comes from p.
func (p Pack) Holds(r Requirement) bool { return strings.HasPrefix(r.File, p.Name+"/") }

// Recognisers are the files with recognisers.
func (p Pack) Recognisers() []PackFile {
	_, recognisers, _ := p.read() // what is wrong with the files is reported when the catalogue is loaded
	return recognisers
}

func (p Pack) read() (books, recognisers []PackFile, faults []fault) {
	names, err := fs.Glob(p.FS, "*.yaml")
	if err != nil {
		return nil, nil, []fault{{file: p.Name, what: "cannot be listed: " + reason(err)}}
	}
	slices.Sort(names)
	for _, n := range names {
		f := PackFile{Name: p.Name + "/" + n}
		if f.Data, err = fs.ReadFile(p.FS, n); err != nil {
			faults = append(faults, fault{file: f.Name, what: "cannot be read: " + reason(err)})
			continue
		}
		root, bad := document(f.Name, f.Data)
		faults = append(faults, bad...)
		switch {
		case root == nil:
		case root.Kind == yaml.SequenceNode:
			recognisers = append(recognisers, f)
		default:
			books = append(books, f)
		}
	}
	if len(books) == 0 && len(faults) == 0 {
		faults = append(faults, fault{file: p.Name, what: "holds no file with a source and its requirements"})
	}
	return books, recognisers, faults
}

// reserved are the words before the first hyphen that the catalogue keeps for itself, also for what it does not have yet.
var reserved = regexp.MustCompile(`^(c|h|n|l|jw|ov|k[0-9]+)$`)

// checkPack keeps the ids of a pack apart from those of the catalogue: its source starts with a word that no id of the catalogue starts with, and its
// requirements start with its source.
func checkPack(source []entry[Source], reqs []entry[Requirement], taken map[string]bool) []fault {
	var faults []fault
	for _, s := range source {
		if word, _, _ := strings.Cut(s.value.ID, "-"); taken[word] || reserved.MatchString(word) {
			faults = append(faults, s.at("id", "ids that start with %q are those of the catalogue; start with the name of your municipality or region", word))
		}
		for _, r := range reqs {
			if !strings.HasPrefix(r.value.ID, s.value.ID+"-") {
				faults = append(faults, r.at("id", "want an id that starts with %q", s.value.ID+"-"))
			}
		}
	}
	return faults
}

// prefixes are the words before the first hyphen of all ids.
func prefixes(sources []entry[Source], reqs []entry[Requirement]) map[string]bool {
	out := map[string]bool{}
	for _, s := range sources {
		word, _, _ := strings.Cut(s.value.ID, "-")
		out[word] = true
	}
	for _, r := range reqs {
		word, _, _ := strings.Cut(r.value.ID, "-")
		out[word] = true
	}
	return out
}

// extended is the fingerprint of a catalogue with packs: it depends on what their files say, not on where they are.
func extended(digest string, files []PackFile) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n", digest)
	for _, f := range files {
		fmt.Fprintf(h, "%s %d\n%s", f.Name[strings.LastIndexByte(f.Name, '/')+1:], len(f.Data), f.Data)
	}
	return fmt.Sprintf("%x", h.Sum(nil))[:12]
}
