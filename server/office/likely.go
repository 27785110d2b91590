package office

import (
	"cmp"
	"context"
	"slices"
	"time"

	"lianxin/server/board"
	"lianxin/server/reading"
	"lianxin/store"
)

// Likely is what helps to screen a case: open cases that seem to be about the
// same thing, and units that seem to be in charge, each with the likeliest first.
// Both are offers for somebody to look at; nothing follows from likeness alone.
type Likely struct {
	Same  []*board.Case
	Units []board.ID
}

const (
	// mostCompared is how many of the newest cases a case is compared with.
	mostCompared = 300
	// comparedFor is how old they may be.
	comparedFor = 90 * 24 * time.Hour
	// mostLikely is how many are offered.
	mostLikely = 3
)

// Likely compares a case that waits to be screened with the newest ones. It is
// empty for whoever does not screen it.
func (o *Office) Likely(ctx context.Context, who Who, n board.Number) (Likely, error) {
	var c *board.Case
	var others []*board.Case
	county, err := o.County(ctx)
	if err != nil {
		return Likely{}, err
	}
	err = o.store.View(ctx, func(tx *store.Tx) error {
		var err error
		if c, err = tx.CaseByNumber(n); err != nil || c == nil {
			return err
		}
		if _, e := c.May(who.Actor, board.Assign, o.now()); e != nil {
			c = nil
			return nil
		}
		others, _, err = tx.List(store.Newest(), nil, mostCompared)
		return err
	})
	if err != nil || c == nil {
		return Likely{}, err
	}
	others = slices.DeleteFunc(others, func(other *board.Case) bool {
		return other.ID == c.ID || !other.SeenBy(who.Actor, o.now()) || c.Filed.Sub(other.Filed) > comparedFor
	})
	l := likely(c, others, county)
	l.Same = slices.DeleteFunc(l.Same, func(other *board.Case) bool { return !c.Joins(other) })
	l.Same = l.Same[:min(len(l.Same), mostLikely)]
	for i, other := range l.Same {
		l.Same[i] = brief(other, who)
	}
	return l, nil
}

// likely orders the others by how much they are like the case, and the county's
// units by how much what they do, and what they were given before, is.
func likely(c *board.Case, others []*board.Case, county *Directory) (l Likely) {
	// Below that much likeness it is chance, in the matters of the made-up county:
	// of two cases, of a case and one that a unit was given, of a case and what a
	// unit says that it does. There 42 of 65 cases name their unit among three.
	const same, given, charge = 0.14, 0.02, 0.01
	traits := make([]reading.Traits, len(others))
	mine := reading.TraitsOf(c.Title, c.Body)
	var rarity reading.Rarity
	rarity.Add(mine)
	for i, other := range others {
		traits[i] = reading.TraitsOf(other.Title, other.Body)
		rarity.Add(traits[i])
	}
	like := map[board.ID]float64{}
	units := map[board.ID]float64{}
	for i, other := range others {
		like[other.ID] = rarity.Alike(mine, traits[i])
		if c.Township != "" && c.Township == other.Township { // the same lamp shines in one place
			like[other.ID] *= 2
		}
		if like[other.ID] >= same {
			l.Same = append(l.Same, other)
		}
		if like[other.ID] >= given {
			units[other.Lead] += like[other.ID]
		}
	}
	for _, u := range county.List {
		if does := rarity.Alike(mine, reading.TraitsOf(append(all(u.Name), all(u.Does)...)...)); does >= charge {
			units[u.ID] += 2 * does
		}
		if units[u.ID] > 0 && !u.Closed() && u.ID != c.About {
			l.Units = append(l.Units, u.ID)
		}
	}
	slices.SortStableFunc(l.Same, func(a, b *board.Case) int { return cmp.Compare(like[b.ID], like[a.ID]) })
	slices.SortStableFunc(l.Units, func(a, b board.ID) int { return cmp.Compare(units[b], units[a]) })
	l.Units = l.Units[:min(len(l.Units), mostLikely)]
	return l
}

// all is a name in every language.
func all(names board.Texts) (texts []string) {
	for _, name := range names {
		texts = append(texts, name)
	}
	return texts
}
