package board

import (
	"crypto/sha256"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Villages are the villages and communities of one township that the county
// knows: the fold of their stream. A message says where in the person's own
// words, and Find tells which village they mean. A list that is nil or empty
// knows none, and changes nothing.
type Villages struct {
	ID       ID                `json:"id"`
	Township string            `json:"township"`
	List     []Place           `json:"list,omitempty"`
	Meant    map[string]string `json:"meant,omitempty"` // what people write, plain: the village they mean, "" for none
	Changed  Changes           `json:"changed"`
}

// The facts of a township's villages.
type (
	VillagesListed struct {
		Township string  `json:"township"`
		List     []Place `json:"list"`
	}
	// VillageMeant says which village people mean by some words, once for all.
	VillageMeant struct {
		Township string `json:"township"`
		Words    string `json:"words"`
		Village  string `json:"village,omitempty"` // "" none of the list
	}
)

func (VillagesListed) Kind() EventKind { return "villages-listed" }
func (VillageMeant) Kind() EventKind   { return "village-meant" }

func init() {
	enter[VillagesListed]()
	enter[VillageMeant]()
}

// MostVillages is how many villages one township can have: the largest has
// about half as many.
const MostVillages = 300

// VillageStream is the stream of a township's villages; the township by the name
// under which cases keep it.
func VillageStream(township string) Stream {
	sum := sha256.Sum256([]byte(township))
	var id ID
	copy(id[:], sum[:])
	return Stream{Hamlets, id}
}

func (v *Villages) Stream() Stream { return Stream{Hamlets, v.ID} }
func (v *Villages) Keeper() ID     { return ID{} }

// ListVillages says what the villages of a township are. It replaces the list.
func ListVillages(by Actor, township string, list []Place, now time.Time) (Event, error) {
	seen := map[string]bool{}
	for _, p := range list {
		name := p.Name["zh-Hans"]
		if blank(name) || strings.ContainsFunc(name, unicode.IsControl) || utf8.RuneCountInString(name) > MaxName || seen[plain(name)] {
			return Event{}, invalid("name", "villages.name", "Name", name)
		}
		seen[plain(name)] = true
	}
	if len(list) > MostVillages {
		return Event{}, invalid("name", "villages.many", "Max", MostVillages)
	}
	return admin(VillageStream(township), by, VillagesListed{township, list}, now)
}

// Mean says which village of the list people mean by some words; "" none. The
// county desk reads those words in the cases, so it may say so too.
func (v *Villages) Mean(by Actor, words, village string, now time.Time) (Event, error) {
	role := by.Roles.Meet(Roles{Admin, Dispatcher, System})
	if role == "" {
		return Event{}, Fault{Kind: Denied, ID: "deed.role"}
	}
	if plain(words) == "" || village != "" && !v.has(village) {
		return Event{}, invalid("village", "villages.none")
	}
	return happened(v.Stream(), by, role, ID{}, VillageMeant{v.Township, words, village}, now), nil
}

func (v *Villages) has(village string) bool {
	return slices.ContainsFunc(v.List, func(p Place) bool { return p.Name["zh-Hans"] == village })
}

func (v *Villages) Apply(e Event) {
	v.Changed.note(e)
	switch f := e.Hollow().Fact.(type) {
	case VillagesListed:
		v.Township, v.List = f.Township, f.List
	case VillageMeant:
		if v.Meant == nil {
			v.Meant = map[string]string{}
		}
		v.Township, v.Meant[plain(f.Words)] = f.Township, f.Village
	}
}

// Whereabouts is what somebody's words about where they live come to.
type Whereabouts struct {
	Text  string   // as it is kept: the village by its own name, and what they said besides
	Known string   // the village of the list; "" none is sure
	Near  []string // villages that may be meant when none is sure, the likeliest first
	Stray bool     // the township has a list, and nobody has said yet what these words mean
}

// mostNear is how many villages are offered: more is a list to be searched.
const mostNear = 4

// Find tells which village is meant by what somebody typed. It is sure of one
// only when no other could be meant: its name, or its name without what all
// villages are called, with or without the township before it and a group or
// house behind it; or what somebody of the county has said that these words mean.
func (v *Villages) Find(typed string) Whereabouts {
	asIs := Whereabouts{Text: strings.TrimSpace(typed)}
	words := plain(typed)
	if v == nil || len(v.List) == 0 || words == "" {
		return asIs
	}
	if village, said := v.Meant[words]; said && v.has(village) {
		return Whereabouts{Text: village, Known: village}
	} else if said && village == "" {
		return asIs
	}
	asIs.Stray = true
	if rest, with := strings.CutPrefix(words, plain(v.Township)); with && rest != "" && !v.begins(words) {
		words = rest
	}
	if village, rest := v.longest(words); village != "" {
		if !strings.HasPrefix(asIs.Text, village) {
			asIs.Text = village + rest
		}
		return Whereabouts{Text: asIs.Text, Known: village}
	}
	head, rest := cutGroup(words)
	var same []string
	for _, p := range v.List {
		if stem(plain(p.Name["zh-Hans"])) == stem(head) {
			same = append(same, p.Name["zh-Hans"])
		}
	}
	switch {
	case len(same) == 1:
		return Whereabouts{Text: same[0] + rest, Known: same[0]}
	case len(same) > 1:
		asIs.Near = same[:min(len(same), mostNear)]
	default:
		asIs.Near = v.near(stem(head))
	}
	return asIs
}

// In is the village whose full name stands in an address; "" when none does.
func (v *Villages) In(address string) string {
	address, found, length := plain(address), "", 0
	for _, p := range v.List {
		name := plain(p.Name["zh-Hans"])
		if stem(name) != name && len(name) > length && strings.Contains(address, name) {
			found, length = p.Name["zh-Hans"], len(name)
		}
	}
	return found
}

// begins tells whether words begin with the name of a village: some are called
// as their township is.
func (v *Villages) begins(words string) bool { name, _ := v.longest(words); return name != "" }

// longest is the village with the longest name that the words are, or begin with
// where it is clear that the name ends there; rest is what they say besides.
func (v *Villages) longest(words string) (village, rest string) {
	length := 0
	for _, p := range v.List {
		for _, text := range p.Name {
			name := plain(text)
			if more, says := lies(words, name); says && len(name) > length {
				village, rest, length = p.Name["zh-Hans"], more, len(name)
			}
		}
	}
	return village, rest
}

// lies tells whether words say the name of a village, alone or with something
// behind it where it is clear that the name ends there.
func lies(words, name string) (rest string, yes bool) {
	rest, begins := strings.CutPrefix(words, name)
	if !begins || name == "" {
		return "", false
	}
	more, _ := cutGroup(rest)
	return rest, more == "" || stem(name) != name
}

// near are the villages whose names may have been meant, the likeliest first.
func (v *Villages) near(word string) []string {
	type candidate struct {
		name string
		far  int
	}
	var all []candidate
	for _, p := range v.List {
		if far, alike := distance(word, stem(plain(p.Name["zh-Hans"]))); alike {
			all = append(all, candidate{p.Name["zh-Hans"], far})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return a.far - b.far })
	var names []string
	for _, c := range all[:min(len(all), mostNear)] {
		names = append(names, c.name)
	}
	return names
}

// distance is how far two names are from each other, in halves of a sign: signs
// that sound or look alike are half a sign apart. alike tells whether one may
// have been typed for the other. That two villages are both somebody's home or
// hill does not make them alike.
func distance(typed, name string) (far int, alike bool) {
	a, b := []rune(typed), []rune(name)
	if len(a) < 2 || len(b) < 2 {
		return 0, false
	}
	own := false // a sign in common that is not in every other name
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = 2 * j
	}
	for i, sign := range a {
		left, above := row[0], 0
		row[0] = 2 * (i + 1)
		for j, other := range b {
			cost := 2
			switch {
			case sign == other:
				cost = 0
			case confused(sign, other):
				cost = 1
			}
			own = own || cost < 2 && (!strings.ContainsRune(commonSigns, sign) || !strings.ContainsRune(commonSigns, other))
			above, left = row[j+1], left+cost
			row[j+1], left = min(left, above+2, row[j]+2), above
		}
	}
	far = row[len(b)]
	return far, own && far <= min(max(len(a), len(b)), 4)
}

// confused tells whether two signs are often written for each other.
func confused(a, b rune) bool {
	return slices.ContainsFunc(alikeSigns, func(group string) bool {
		return strings.ContainsRune(group, a) && strings.ContainsRune(group, b)
	})
}

// stem is a village's name without what says that it is one. Something is left.
func stem(name string) string {
	for _, rank := range villageRanks {
		short, cut := strings.CutSuffix(name, rank)
		switch {
		case !cut:
		case utf8.RuneCountInString(short) > 1:
			return short
		case short != "" && strings.HasPrefix(rank, villageSign):
			return short + villageSign
		}
	}
	return name
}

// cutGroup cuts off the group, the house or the number behind a village.
func cutGroup(words string) (village, group string) {
	signs := []rune(words)
	at := len(signs)
	for at > 0 && strings.ContainsRune(houseSigns, signs[at-1]) {
		at--
	}
	if at == len(signs) || !strings.ContainsFunc(string(signs[at:]), counts) {
		return words, ""
	}
	for at < len(signs) && !counts(signs[at]) { // a word of houses may end a village's name
		at++
	}
	return string(signs[:at]), string(signs[at:])
}

func counts(sign rune) bool { return strings.ContainsRune(countSigns, sign) }

// plain writes words as one writes them without looking twice: no blanks or
// points, narrow digits and letters, one script.
func plain(words string) string {
	return strings.Map(func(sign rune) rune {
		if sign >= '！' && sign <= '～' {
			sign -= '！' - '!'
		}
		if simple, known := simpleSigns[sign]; known {
			return simple
		}
		if !unicode.IsLetter(sign) && !unicode.IsNumber(sign) && !unicode.IsMark(sign) {
			return -1
		}
		return unicode.ToLower(sign)
	}, words)
}

// SameWords tells whether two texts are the same words to whoever reads quickly.
func SameWords(one, other string) bool { return plain(one) == plain(other) }

// Is tells whether two places are one: by their code, or else by their name.
func (p Place) Is(other Place) bool {
	if p.Code != "" && other.Code != "" {
		return p.Code == other.Code
	}
	return SameWords(p.Name["zh-Hans"], other.Name["zh-Hans"])
}

// Says tells whether a text has some words in it, however they were typed.
func Says(text, words string) bool { return strings.Contains(plain(text), plain(words)) }
