package office

import (
	"net/netip"
	"strconv"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Origin is where a request comes from. Browser is a hash of a cookie that the
// login page gave, "" when there is none.
type Origin struct {
	Browser string
	Address netip.Addr
}

// network is the address as it is counted: an IPv6 house has a whole /64.
func (o Origin) network() string {
	addr := o.Address.Unmap()
	if addr.Is6() {
		if p, err := addr.Prefix(64); err == nil {
			return p.String()
		}
	}
	return addr.String()
}

// The limits on codes and on guesses. Their numbers come from trust.md,
// "Limits on codes and texts"; a stranger's guesses are counted against the
// stranger's browser and address, never against the phone or the case.
var (
	codesPerPhoneHour   = store.Limit{Name: "codes-phone-hour", Max: 5, Window: time.Hour}
	codesPerPhoneDay    = store.Limit{Name: "codes-phone-day", Max: 10, Window: 24 * time.Hour}
	phonesPerAddress    = store.Limit{Name: "phones-address", Max: 20, Window: time.Hour}
	phonesPerBrowser    = store.Limit{Name: "phones-browser", Max: 3, Window: 24 * time.Hour}
	phoneOfAddress      = store.Limit{Name: "phone-of-address", Max: 1, Window: time.Hour}
	phoneOfBrowser      = store.Limit{Name: "phone-of-browser", Max: 1, Window: 24 * time.Hour}
	sendsPerPrefix      = store.Limit{Name: "sends-prefix", Max: 15, Window: time.Hour}
	loginsPerPrefix     = store.Limit{Name: "logins-prefix", Max: 1 << 30, Window: time.Hour}
	codesPerDay         = store.Limit{Name: "codes-day", Max: 200, Window: 24 * time.Hour}
	wrongPerHour        = store.Limit{Name: "wrong-hour", Max: board.WrongPerHour, Window: time.Hour}
	wrongCodesBrowser   = store.Limit{Name: "wrong-codes-browser", Max: 10, Window: time.Hour}
	wrongCodesAddress   = store.Limit{Name: "wrong-codes-address", Max: 30, Window: time.Hour}
	wrongPINsOfCase     = store.Limit{Name: "wrong-pins-case", Max: 5, Window: 15 * time.Minute}
	wrongPINsAddress    = store.Limit{Name: "wrong-pins-address", Max: 20, Window: time.Hour}
	wrongCardHere       = store.Limit{Name: "wrong-card-here", Max: 5, Window: 15 * time.Minute}
	wrongCardDay        = store.Limit{Name: "wrong-card-day", Max: 15, Window: 24 * time.Hour}
	wrongCardAll        = store.Limit{Name: "wrong-card-all", Max: 200, Window: 24 * time.Hour}
	wrongPasswords      = store.Limit{Name: "wrong-passwords", Max: 5, Window: 15 * time.Minute}
	wrongPasswordsPlace = store.Limit{Name: "wrong-passwords-address", Max: 30, Window: time.Hour}
	wrongNamesOfPhone   = store.Limit{Name: "wrong-names-phone", Max: 5, Window: time.Hour}
	wrongNamesBrowser   = store.Limit{Name: "wrong-names-browser", Max: 10, Window: 24 * time.Hour}
	wrongNamesAddress   = store.Limit{Name: "wrong-names-address", Max: 30, Window: time.Hour}
	consentsPerPerson   = store.Limit{Name: "consents-person", Max: 5, Window: 24 * time.Hour}
	kinPerPerson        = store.Limit{Name: "kin-person", Max: 10, Window: 24 * time.Hour}
	kinPerPhone         = store.Limit{Name: "kin-phone", Max: 3, Window: 24 * time.Hour}
	consentsPerPhone    = store.Limit{Name: "consents-phone", Max: 10, Window: 24 * time.Hour}
	textsPerSender      = store.Limit{Name: "texts-sender", Max: 20, Window: 24 * time.Hour}
	unplacedPerSender   = store.Limit{Name: "unplaced-sender", Max: 3, Window: 24 * time.Hour}
)

const (
	everybody = "" // who a site-wide limit counts for
	known     = 5  // a fifth of the day's texts is kept for people the county knows already
	converted = 3  // a prefix is paused when fewer than 3 in 10 of its codes came back
)

// maySend tells whether a code may be sent to this phone now, and counts it.
// Nobody outside learns the answer: the page is the same.
func (o *Office) maySend(tx *store.Tx, p board.Phone, from Origin, now time.Time) (bool, error) {
	for _, check := range []func() (bool, error){
		func() (bool, error) { return o.cooledDown(tx, p, now) },
		func() (bool, error) { return within(tx, codesPerPhoneHour, string(p), now) },
		func() (bool, error) { return within(tx, codesPerPhoneDay, string(p), now) },
		func() (bool, error) {
			return newPhone(tx, phoneOfAddress, phonesPerAddress, from.network(), p, now)
		},
		func() (bool, error) { return newPhone(tx, phoneOfBrowser, phonesPerBrowser, from.Browser, p, now) },
		func() (bool, error) { return prefixOpen(tx, p, now) },
		func() (bool, error) { return dayOpen(tx, p, now) },
	} {
		if ok, err := check(); err != nil || !ok {
			return false, err
		}
	}
	for l, who := range map[store.Limit]string{
		codesPerPhoneHour: string(p), codesPerPhoneDay: string(p), sendsPerPrefix: p.Prefix(), codesPerDay: everybody,
	} {
		if _, err := tx.Add(l, who, now); err != nil {
			return false, err
		}
	}
	return true, o.coolDown(tx, p, now)
}

func within(tx *store.Tx, l store.Limit, who string, now time.Time) (bool, error) {
	full, err := tx.Full(l, who, now)
	return !full, err
}

// newPhone counts a phone against an address or a browser, once for each phone:
// a village shares one address, and one person may need many texts.
func newPhone(tx *store.Tx, pair, all store.Limit, who string, p board.Phone, now time.Time) (bool, error) {
	if who == "" {
		return true, nil
	}
	before, err := tx.Full(pair, who+" "+string(p), now)
	if err != nil || before {
		return before, err
	}
	if full, err := tx.Full(all, who, now); err != nil || full {
		return false, err
	}
	if _, err := tx.Add(pair, who+" "+string(p), now); err != nil {
		return false, err
	}
	return tx.Add(all, who, now)
}

// cooledDown tells whether the wait after the last text to a phone is over.
func (o *Office) cooledDown(tx *store.Tx, p board.Phone, now time.Time) (bool, error) {
	for i := range board.CoolDowns {
		if full, err := tx.Full(coolDown(i), string(p), now); err != nil || full {
			return false, err
		}
	}
	return true, nil
}

// coolDown begins the wait that follows the text just counted.
func (o *Office) coolDown(tx *store.Tx, p board.Phone, now time.Time) error {
	n, _, err := tx.Counted(codesPerPhoneDay, string(p), now)
	if err != nil {
		return err
	}
	_, err = tx.Add(coolDown(min(n, len(board.CoolDowns))-1), string(p), now)
	return err
}

func coolDown(i int) store.Limit {
	return store.Limit{Name: "cool-down-" + strconv.Itoa(i), Max: 1, Window: board.CoolDowns[i]}
}

// prefixOpen pauses a block of numbers that asks for many codes and types few
// of them: numbers bought to pump texts come in blocks.
func prefixOpen(tx *store.Tx, p board.Phone, now time.Time) (bool, error) {
	sent, _, err := tx.Counted(sendsPerPrefix, p.Prefix(), now)
	if err != nil || sent <= sendsPerPrefix.Max {
		return err == nil, err
	}
	came, _, err := tx.Counted(loginsPerPrefix, p.Prefix(), now)
	return came*10 >= sent*converted, err
}

// dayOpen keeps the last fifth of the day's texts for people that the county
// knows.
func dayOpen(tx *store.Tx, p board.Phone, now time.Time) (bool, error) {
	sent, _, err := tx.Counted(codesPerDay, everybody, now)
	if err != nil || sent >= codesPerDay.Max {
		return false, err
	}
	if sent < codesPerDay.Max-codesPerDay.Max/known {
		return true, nil
	}
	persons, err := tx.PersonsByPhone(p)
	return len(persons) > 0, err
}

// wait is a refusal that says in how many minutes to try again.
func wait(id string, ends, now time.Time) board.Fault {
	return board.Fault{Kind: board.TooMany, ID: id, Args: []any{"Count", int((ends.Sub(now) + time.Minute - 1) / time.Minute)}}
}

// guesses are the counters that one wrong guess adds to, and that refuse
// further ones when they are full.
type guesses []struct {
	store.Limit
	who string
}

// open refuses when any of the counters is full.
func (gs guesses) open(tx *store.Tx, id string, now time.Time) error {
	for _, g := range gs {
		n, ends, err := tx.Counted(g.Limit, g.who, now)
		if err != nil {
			return err
		}
		if g.who != "" && n >= g.Max {
			return wait(id, ends, now)
		}
	}
	return nil
}

// wrong counts one wrong guess.
func (gs guesses) wrong(tx *store.Tx, now time.Time) error {
	for _, g := range gs {
		if g.who == "" {
			continue
		}
		if _, err := tx.Add(g.Limit, g.who, now); err != nil {
			return err
		}
	}
	return nil
}
