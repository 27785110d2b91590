package office

import (
	"context"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
	"golang.org/x/crypto/argon2"

	"lianxin/server/board"
	"lianxin/store"
)

// The cost of a staff password: argon2id with 19 MiB, two passes, one lane
// (OWASP's first choice), 37 ms on a small box.
const (
	argonTime   = 2
	argonMemory = 19 * 1024
	argonLanes  = 1
	argonSalt   = 16
	argonKey    = 32
	stepSeconds = 30 // RFC 6238
)

// hash gives the password in the PHC string format. At most two are hashed at
// once, so that a flood of logins cannot eat the memory.
func (o *Office) hash(password string, salt []byte) string {
	o.slots <- struct{}{}
	defer func() { <-o.slots }()
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonLanes, argonKey)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

// passes tells whether password is the one that was hashed. It takes as long
// for a hash that is none, so that nobody learns who works here.
func (o *Office) passes(password, hash string) bool {
	salt := make([]byte, argonSalt)
	if parts := strings.Split(hash, "$"); len(parts) == 6 {
		if b, err := base64.RawStdEncoding.DecodeString(parts[4]); err == nil {
			salt = b
		}
	}
	return subtle.ConstantTimeCompare([]byte(o.hash(password, salt)), []byte(hash)) == 1
}

// letters of a password that is copied by hand: none that is taken for another.
// There are 32 of them, 80 bits in sixteen.
const letters = "abcdefghijkmnpqrstuvwxyz23456789"

// credentials draws what a new member of staff was not given, and hashes the
// password.
func (o *Office) credentials(n NewStaff) (Credentials, string, error) {
	salt := make([]byte, argonSalt)
	if _, err := io.ReadFull(o.random, salt); err != nil {
		return Credentials{}, "", fmt.Errorf("random source: %w", err)
	}
	if n.Password == "" {
		drawn := make([]byte, 16)
		if _, err := io.ReadFull(o.random, drawn); err != nil {
			return Credentials{}, "", fmt.Errorf("random source: %w", err)
		}
		for i, d := range drawn {
			drawn[i] = letters[int(d)%len(letters)]
		}
		n.Password = string(drawn)
	}
	if err := board.CheckPassword(n.Password, n.Login, n.Name); err != nil {
		return Credentials{}, "", err
	}
	opts := totp.GenerateOpts{Issuer: "Lianxin", AccountName: n.Login, Rand: o.random}
	if n.Secret != "" {
		secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(n.Secret)
		if err != nil {
			return Credentials{}, "", fmt.Errorf("secret of %q: %w", n.Login, err)
		}
		opts.Secret = secret
	}
	key, err := totp.Generate(opts)
	if err != nil {
		return Credentials{}, "", fmt.Errorf("second factor of %q: %w", n.Login, err)
	}
	return Credentials{Password: n.Password, Secret: key.Secret(), URL: key.URL()}, o.hash(n.Password, salt), nil
}

// StaffLogIn lets a member of staff in by password and second factor: the six
// digits of now, the next code of the card that was given them, or a recovery
// code. Every wrong part gets the same refusal.
func (o *Office) StaffLogIn(ctx context.Context, login, password, code string, from Origin) (string, error) {
	token, err := o.token()
	if err != nil {
		return "", err
	}
	login = strings.TrimSpace(login)
	counters := wrongAsStaff(login, from)
	staff, err := o.staffToTry(ctx, login, counters)
	if err != nil {
		return "", err
	}
	right := o.passes(password, staff.Password) && staff.Login == login && login != "" && !staff.Left
	var refused error
	err = o.update(ctx, func(tx *store.Tx) error {
		refused = nil
		now := o.now()
		var by factor
		if right {
			var err error
			if by, err = o.secondFactor(tx, staff.ID, code, now); err != nil {
				return err
			}
		}
		if by == noFactor {
			refused = board.Fault{Kind: board.Denied, ID: o.orClock("staff.refused", "staff.refused-clock")}
			return counters.wrong(tx, now)
		}
		s := staffSession(staff.ID, now)
		s.Shown, s.Recovered = now, by == byRecovery
		return tx.PutSession(store.TokenHash(token), s)
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return "", err
	}
	return token, nil
}

// staffToTry finds whom a login names. A name that nobody has gives an empty
// member of staff, whose password nothing passes.
func (o *Office) staffToTry(ctx context.Context, login string, counters guesses) (*board.Staff, error) {
	staff := &board.Staff{}
	err := o.store.View(ctx, func(tx *store.Tx) error {
		if err := counters.open(tx, "staff.wait", o.now()); err != nil {
			return err
		}
		found, err := tx.StaffByLogin(login)
		if found != nil {
			staff = found
		}
		return err
	})
	return staff, err
}

// step tells in which half minute a code is right: now, or one to either side
// for clocks that are a little off.
func (o *Office) step(secret, code string) (step int64, right bool) {
	now := o.now()
	for _, off := range []int64{0, -1, 1} {
		at := now.Add(time.Duration(off*stepSeconds) * time.Second)
		want, err := totp.GenerateCodeCustom(secret, at, totp.ValidateOpts{Period: stepSeconds, Digits: otp.DigitsSix})
		if err == nil && secret != "" && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return at.Unix() / stepSeconds, true
		}
	}
	return 0, false
}

func staffSession(id board.ID, now time.Time) store.Session {
	return store.Session{Staff: id, Begun: now, Seen: now, Ends: now.Add(staffIdle)}
}

// Enter gives a session for a member of staff without asking for anything, then
// or later. It is for the made-up county only; whoever calls it sees to that.
func (o *Office) Enter(ctx context.Context, login string) (string, error) {
	token, err := o.token()
	if err != nil {
		return "", err
	}
	return token, o.update(ctx, func(tx *store.Tx) error {
		staff, err := tx.StaffByLogin(login)
		if err != nil {
			return err
		}
		if staff == nil {
			return board.Fault{Kind: board.Missing, ID: "staff.missing"}
		}
		s := staffSession(staff.ID, o.now())
		s.Clicked = true
		return tx.PutSession(store.TokenHash(token), s)
	})
}
