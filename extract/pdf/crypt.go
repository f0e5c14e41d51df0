package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"hash"

	"inkooptoets/extract/dossier"
)

// method is how strings or streams are encrypted.
type method uint8

const (
	inClear method = iota
	byRC4
	byAES128
	byAES256
)

// crypt undoes the encryption of a file by the Standard security handler, revisions 2 to 6. A nil crypt changes nothing.
type crypt struct {
	key     []byte
	strings method
	streams method
}

// lock is what a file says about its encryption.
type lock struct {
	revision        int
	bytes           int // length of the key
	owner, user     []byte
	ownerKey        []byte // revision 5 and 6: the key of the file, encrypted
	userKey         []byte
	permissions     uint32
	id              []byte
	clearMetadata   bool
	strings, stream method
}

// unlock finds the key of an encrypted file with one of the passwords; the empty one opens most files.
func unlock(d dict, id string, passwords []string, at func(object) object) (*crypt, error) {
	l, err := lockOf(d, id, at)
	if err != nil {
		return nil, err
	}
	for _, password := range passwords {
		for _, form := range forms(password, l.revision) {
			if k := l.open(form); k != nil {
				return &crypt{key: k, strings: l.strings, streams: l.stream}, nil
			}
		}
	}
	return nil, fmt.Errorf("no password fits: %w: %w", dossier.ErrEncrypted, dossier.ErrPassword)
}

func lockOf(d dict, id string, at func(object) object) (lock, error) {
	resolved := make(dict, len(d))
	for i, e := range d {
		resolved[i] = entry{e.key, at(e.value)}
	}
	d = resolved
	unknown := func(what string, v any) error {
		return fmt.Errorf("%s %v: %w: %w", what, v, dossier.ErrEncrypted, dossier.ErrUnsupported)
	}
	if f := d.name("Filter"); f != "Standard" {
		return lock{}, unknown("security handler", f)
	}
	l := lock{
		revision: d.int("R", 0), bytes: d.int("Length", 40) / 8, id: []byte(id), permissions: uint32(int64(d.int("P", 0))),
		owner: []byte(d.text("O")), user: []byte(d.text("U")), ownerKey: []byte(d.text("OE")), userKey: []byte(d.text("UE")),
	}
	if metadata, ok := d.get("EncryptMetadata").(bool); ok {
		l.clearMetadata = !metadata
	}
	version := d.int("V", 0)
	switch version {
	case 1:
		l.bytes, l.strings, l.stream = 5, byRC4, byRC4
	case 2, 3:
		l.strings, l.stream = byRC4, byRC4
	case 4, 5:
		filters := dictOf(d.get("CF"))
		var ok1, ok2 bool
		l.strings, ok1 = methodOf(filters, d.name("StrF"), at)
		l.stream, ok2 = methodOf(filters, d.name("StmF"), at)
		if !ok1 || !ok2 {
			return lock{}, unknown("crypt filter", d.name("StmF"))
		}
		l.bytes = 16
	default:
		return lock{}, unknown("encryption version", version)
	}
	switch {
	case l.revision < 2 || l.revision > 6 || (l.revision >= 5) != (version == 5):
		return lock{}, unknown("encryption revision", l.revision)
	case l.bytes < 5 || l.bytes > 16 || len(l.owner) < 32 || len(l.user) < 32,
		l.revision >= 5 && (len(l.owner) < 48 || len(l.user) < 48 || len(l.ownerKey) < 32 || len(l.userKey) < 32):
		return lock{}, fmt.Errorf("encryption dictionary: %w", dossier.ErrDamaged)
	}
	if l.revision == 2 {
		l.bytes = 5
	}
	return l, nil
}

func methodOf(filters dict, name key, at func(object) object) (method, bool) {
	if name == "" || name == "Identity" {
		return inClear, true
	}
	switch dictOf(at(filters.get(name))).name("CFM") {
	case "None":
		return inClear, true
	case "V2":
		return byRC4, true
	case "AESV2":
		return byAES128, true
	case "AESV3":
		return byAES256, true
	}
	return inClear, false
}

// forms gives a password in the encodings in which programs hand it over.
func forms(password string, revision int) [][]byte {
	all := [][]byte{[]byte(password)}
	if revision >= 5 {
		return [][]byte{all[0][:min(len(all[0]), 127)]}
	}
	var latin []byte
	for _, r := range password {
		if r > 255 {
			return all
		}
		latin = append(latin, byte(r))
	}
	if len(latin) != len(password) {
		all = append([][]byte{latin}, all...)
	}
	return all
}

// open tries a password as that of the user and as that of the owner. It gives the key of the file, nil if the password is wrong.
func (l lock) open(password []byte) []byte {
	if l.revision >= 5 {
		return l.openNew(password)
	}
	if k := l.openUser(password); k != nil {
		return k
	}
	return l.openUser(l.userPassword(password))
}

var padding = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

func padded(password []byte) []byte {
	return append(bytes.Clone(password), padding...)[:32]
}

// openUser makes the key of the file from a user password and checks it against what the file holds.
func (l lock) openUser(password []byte) []byte {
	h := md5.New()
	h.Write(padded(password))
	h.Write(l.owner[:32])
	h.Write(binary.LittleEndian.AppendUint32(nil, l.permissions))
	h.Write(l.id)
	if l.revision >= 4 && l.clearMetadata {
		h.Write([]byte{255, 255, 255, 255})
	}
	k := h.Sum(nil)
	if l.revision >= 3 {
		for range 50 {
			sum := md5.Sum(k[:l.bytes])
			k = sum[:]
		}
	}
	k = k[:l.bytes]

	proof, length := padding, 32
	if l.revision >= 3 {
		sum := md5.Sum(append(bytes.Clone(padding), l.id...))
		proof, length = sum[:], 16
	}
	if subtle.ConstantTimeCompare(l.rounds(k, proof, false)[:length], l.user[:length]) == 1 {
		return k
	}
	return nil
}

// userPassword finds the user password in what the owner's opens.
func (l lock) userPassword(owner []byte) []byte {
	sum := md5.Sum(padded(owner))
	k := sum[:]
	if l.revision >= 3 {
		for range 50 {
			sum := md5.Sum(k)
			k = sum[:]
		}
	}
	return l.rounds(k[:l.bytes], l.owner[:32], true)
}

// rounds applies RC4 once, or from revision 3 twenty times with another key each time.
func (l lock) rounds(k, data []byte, backwards bool) []byte {
	n := 1
	if l.revision >= 3 {
		n = 20
	}
	for i := range n {
		turn := i
		if backwards {
			turn = n - 1 - i
		}
		mixed := bytes.Clone(k)
		for j := range mixed {
			mixed[j] ^= byte(turn)
		}
		data = rc4With(mixed, data)
	}
	return data
}

func rc4With(k, data []byte) []byte {
	c, err := rc4.NewCipher(k)
	if err != nil {
		return data
	}
	out := make([]byte, len(data))
	c.XORKeyStream(out, data)
	return out
}

// openNew is open for revisions 5 and 6, whose key stands in the file, encrypted with the password of the user and of the owner.
func (l lock) openNew(password []byte) []byte {
	check, keySalt := func(b []byte) []byte { return b[32:40] }, func(b []byte) []byte { return b[40:48] }
	if bytes.Equal(l.hash(password, check(l.user), nil), l.user[:32]) {
		return unwrap(l.hash(password, keySalt(l.user), nil), l.userKey)
	}
	if bytes.Equal(l.hash(password, check(l.owner), l.user[:48]), l.owner[:32]) {
		return unwrap(l.hash(password, keySalt(l.owner), l.user[:48]), l.ownerKey)
	}
	return nil
}

func unwrap(k, wrapped []byte) []byte {
	block, err := aes.NewCipher(k)
	if err != nil {
		return nil
	}
	out := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(out, wrapped[:32])
	return out
}

// hash is that of revision 5, a plain sum, or of revision 6, which costs an attacker time.
func (l lock) hash(password, salt, more []byte) []byte {
	sum := sha256.Sum256(bytes.Join([][]byte{password, salt, more}, nil))
	k := sum[:]
	if l.revision == 5 {
		return k
	}
	for round := 0; ; round++ {
		unit := bytes.Join([][]byte{password, k, more}, nil)
		data := bytes.Repeat(unit, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(data, data)
		rest := 0
		for _, b := range data[:16] {
			rest += int(b)
		}
		h := []hash.Hash{sha256.New(), sha512.New384(), sha512.New()}[rest%3]
		h.Write(data)
		k = h.Sum(nil)
		if round >= 63 && int(data[len(data)-1]) <= round-31 {
			return k[:32]
		}
	}
}

// decrypt gives an object as it was before encryption. num and gen are those under which it stands in the file.
func (c *crypt) decrypt(o object, num ref, gen int) object {
	if c == nil {
		return o
	}
	switch o := o.(type) {
	case string:
		return string(c.bytes([]byte(o), c.strings, num, gen))
	case list:
		for i := range o {
			o[i] = c.decrypt(o[i], num, gen)
		}
	case dict:
		for i := range o {
			o[i].value = c.decrypt(o[i].value, num, gen)
		}
	case *body:
		c.decrypt(o.dict, num, gen)
		how := c.streams
		if o.dict.name("Type") == "XRef" || exempt(o.dict) {
			how = inClear
		}
		o.data = c.bytes(o.data, how, num, gen)
	}
	return o
}

// exempt reports whether a stream has a crypt filter of its own that leaves it as it is.
func exempt(d dict) bool {
	for _, f := range filtersOf(d, func(o object) object { return o }) {
		if f.name == "Crypt" {
			return true
		}
	}
	return false
}

func (c *crypt) bytes(data []byte, how method, num ref, gen int) []byte {
	switch how {
	case byRC4:
		return rc4With(c.objectKey(num, gen, ""), data)
	case byAES128:
		return cbc(c.objectKey(num, gen, "sAlT"), data)
	case byAES256:
		return cbc(c.key, data)
	}
	return data
}

// objectKey mixes the number of an object into the key.
func (c *crypt) objectKey(num ref, gen int, salt string) []byte {
	k := append(bytes.Clone(c.key), byte(num), byte(num>>8), byte(num>>16), byte(gen), byte(gen>>8))
	sum := md5.Sum(append(k, salt...))
	return sum[:min(len(c.key)+5, 16)]
}

// cbc undoes AES with the first block as its start. A last block that is not whole is lost; the padding goes if it is right.
func cbc(k, data []byte) []byte {
	block, err := aes.NewCipher(k)
	whole := len(data) / aes.BlockSize * aes.BlockSize
	if err != nil || whole < 2*aes.BlockSize {
		return nil
	}
	out := make([]byte, whole-aes.BlockSize)
	cipher.NewCBCDecrypter(block, data[:aes.BlockSize]).CryptBlocks(out, data[aes.BlockSize:whole])
	if n := int(out[len(out)-1]); n >= 1 && n <= aes.BlockSize {
		out = out[:len(out)-n]
	}
	return out
}
