package main

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"inkooptoets/extract/dossier"
	"inkooptoets/rules/policy"
	"inkooptoets/rules/result"
)

// divide leaves in the plan what is for one shard; asked is i/n, or empty for everything. A dossier goes by the hash of its place: every machine shares out
// the same way, wherever the documents stand on its disk.
func (p *plan) divide(asked string) error {
	if asked == "" {
		return nil
	}
	index, of, err := parseShard(asked)
	if err != nil {
		return err
	}
	s := &result.Shard{Index: index, Of: of, Plan: p.digest(), Total: len(p.targets), At: []int{}}
	var targets []target
	var chosen []settings
	for i, t := range p.targets {
		if shardOf(t.place, of) == index {
			s.At = append(s.At, i)
			targets, chosen = append(targets, t), append(chosen, p.chosen[i])
		}
	}
	p.targets, p.chosen, p.shard = targets, chosen, s
	return nil
}

// parseShard reads i/n.
func parseShard(asked string) (index, of int, err error) {
	i, n, ok := strings.Cut(asked, "/")
	index, err1 := strconv.Atoi(i)
	of, err2 := strconv.Atoi(n)
	if !ok || err1 != nil || err2 != nil || of < 1 || index < 1 || index > of {
		return 0, 0, fmt.Errorf("--shard %s: schrijf i/n, met i van 1 tot en met n, zoals 3/8", asked)
	}
	return index, of, nil
}

// shardOf is the shard of a dossier, from 1.
func shardOf(place string, of int) int {
	sum := sha256.Sum256([]byte(place))
	return int(binary.BigEndian.Uint64(sum[:8])%uint64(of)) + 1
}

// digest is a short hash over what must be the same in all shards and does not show in a run: which dossiers there are, and with what settings.
func (p *plan) digest() string {
	type one struct {
		Place, Name, Path string
		Given             dossier.Profile
		From              map[string]string
		Waivers           []policy.Waiver
	}
	var all []one
	for i, t := range p.targets {
		s := p.chosen[i]
		o := one{Place: t.place, Name: t.name, Path: s.path, Given: s.given, From: s.from}
		if s.file != nil {
			o.Waivers = s.file.Waivers
		}
		all = append(all, o)
	}
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(struct {
		All      []one
		Baseline *policy.Baseline
	}{all, p.baseline}); err != nil {
		panic(err) // plain text and numbers
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
