package office

import (
	"encoding/hex"
	"net/netip"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Origin is where a request comes from. Browser is a hash of a cookie that the
// login page gave, "" when there is none.
type Origin struct {
	Browser string
	Address netip.Addr
	Hall    bool   // from the county's own desks, where a crowd logs in on a few machines
	Stay    Stay   // what the person said of the browser
	Token   string // of the last login in the browser, whether it is over or not; "" none
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

// loginOf names a login with a phone, for as long as its browser keeps the cookie:
// the browser that comes with it is the phone's holder's.
func loginOf(token string, p board.Phone) string {
	hash := store.TokenHash(token)
	return hex.EncodeToString(hash[:]) + " " + string(p)
}

// The limits on codes and on guesses. Their numbers come from trust.md,
// "Limits on codes and texts"; a stranger's guesses are counted against the
// stranger's browser and address, never against the phone or the case.
var (
	phonesPerAddress    = store.Limit{Name: "phones-address", Max: 20, Window: time.Hour}
	phonesAtOnce        = store.Limit{Name: "phones-at-once", Max: 5, Window: 3 * time.Minute}
	phonesPerBrowser    = store.Limit{Name: "phones-browser", Max: 3, Window: 24 * time.Hour}
	phoneOfAddress      = store.Limit{Name: "phone-of-address", Max: 1, Window: time.Hour}
	phoneOfBrowser      = store.Limit{Name: "phone-of-browser", Max: 1, Window: 24 * time.Hour}
	loginOfPhone        = store.Limit{Name: "login-of-phone", Max: 1, Window: residentMost}
	sendsPerPrefix      = store.Limit{Name: "sends-prefix", Max: 15, Window: time.Hour}
	loginsPerPrefix     = store.Limit{Name: "logins-prefix", Max: 1 << 30, Window: time.Hour}
	wrongCodesBrowser   = store.Limit{Name: "wrong-codes-browser", Max: 10, Window: time.Hour}
	wrongCodesBrowDay   = store.Limit{Name: "wrong-codes-browser-day", Max: 20, Window: 24 * time.Hour}
	wrongCodesAddress   = store.Limit{Name: "wrong-codes-address", Max: 30, Window: time.Hour}
	wrongCodesAddrDay   = store.Limit{Name: "wrong-codes-address-day", Max: 200, Window: 24 * time.Hour}
	wrongPINsOfCase     = store.Limit{Name: "wrong-pins-case", Max: 5, Window: 15 * time.Minute}
	wrongPINsOfCaseDay  = store.Limit{Name: "wrong-pins-case-day", Max: 15, Window: 24 * time.Hour}
	wrongPINsAddress    = store.Limit{Name: "wrong-pins-address", Max: 20, Window: time.Hour}
	wrongPINsAll        = store.Limit{Name: "wrong-pins-all", Max: 200, Window: 24 * time.Hour}
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
	converted = 3  // a prefix is paused when fewer than 3 in 10 of its codes came back
)

// maySend tells whether a code may be sent to this phone now, and counts it.
// Nobody outside learns the answer: the page is the same.
func (o *Office) maySend(tx *store.Tx, p board.Phone, from Origin, now time.Time) (bool, error) {
	sendings, err := tx.Sendings(p, now)
	if err != nil {
		return false, err
	}
	known, err := tx.Full(loginOfPhone, loginOf(from.Token, p), now)
	if err != nil || !sendings.Allow(known, now) {
		return false, err
	}
	for _, check := range []func() (bool, error){
		func() (bool, error) { return fewPhones(tx, p, from, now) },
		func() (bool, error) { return prefixOpen(tx, p, now) },
		func() (bool, error) { return o.codesLeft(tx, p, now) },
	} {
		if ok, err := check(); err != nil || !ok {
			return false, err
		}
	}
	_, err = tx.Add(sendsPerPrefix, p.Prefix(), now)
	return true, join(err, countText(tx, now), tx.PutSendings(p, sendings.Add(known, now)))
}

// crowds are the counters of how many phones one browser and one network ask
// for, each with that of the phones it asked for before.
func crowds(from Origin) []crowd {
	if from.Hall {
		return nil
	}
	return []crowd{
		{from.network(), phoneOfAddress, []store.Limit{phonesPerAddress, phonesAtOnce}},
		{from.Browser, phoneOfBrowser, []store.Limit{phonesPerBrowser}},
	}
}

type crowd struct {
	who  string
	pair store.Limit // of who and one phone
	all  []store.Limit
}

// fewPhones counts a phone against its network and its browser, once for each
// phone: a village shares one address, and one person may need many texts.
func fewPhones(tx *store.Tx, p board.Phone, from Origin, now time.Time) (bool, error) {
	for _, c := range crowds(from) {
		if c.who == "" {
			continue
		}
		before, err := tx.Full(c.pair, c.who+" "+string(p), now)
		if err != nil {
			return false, err
		}
		if before {
			continue
		}
		for _, l := range c.all {
			if full, err := tx.Full(l, c.who, now); err != nil || full {
				return false, err
			}
		}
		for _, l := range c.all {
			if _, err := tx.Add(l, c.who, now); err != nil {
				return false, err
			}
		}
		if _, err := tx.Add(c.pair, c.who+" "+string(p), now); err != nil {
			return false, err
		}
	}
	return true, nil
}

// codeTyped notes that a phone's code was typed: the phone is no stranger's. It
// makes room for the next of its network, or a street behind one address could
// not log in within an hour.
func codeTyped(tx *store.Tx, p board.Phone, from Origin, now time.Time) error {
	_, err := tx.Add(loginsPerPrefix, p.Prefix(), now)
	asked, e := tx.Full(phoneOfAddress, from.network()+" "+string(p), now)
	if err = join(err, e); err != nil || !asked || from.Hall {
		return err
	}
	return join(tx.Return(phonesPerAddress, from.network(), now), tx.Return(phonesAtOnce, from.network(), now))
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

// wrongCodes are the counters of wrong one-time codes.
func wrongCodes(from Origin) guesses {
	return guesses{{wrongCodesBrowser, from.Browser}, {wrongCodesAddress, from.network()},
		{wrongCodesBrowDay, from.Browser}, {wrongCodesAddrDay, from.network()}}
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
