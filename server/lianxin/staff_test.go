package main

import (
	"regexp"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

// What staff add prints lets the newcomer in; a code works once.
func TestStaffCredentials(t *testing.T) {
	c := place(t)
	r := start(t, c, "serve")
	c.named(t)
	said := well(t, c.with("staff", "add", "he", "--name", "何三", "--role", "reviewer")...)
	printed := regexp.MustCompile(`(?s)Password: (\S+)\n.*authenticator: (\S+)\n`).FindStringSubmatch(said)
	if printed == nil {
		t.Fatalf("no password and no secret in\n%s", said)
	}
	code, err := totp.GenerateCode(printed[2], time.Now())
	if err != nil {
		t.Fatal(err)
	}
	login := []string{"name", "he", "password", printed[1], "code", code}
	b := r.browser()
	b.must("/desk")(b.fill("/staff/login", "/staff/login", login...))
	if again, err := r.browser().fill("/staff/login", "/staff/login", login...); err != nil || again.to != "" {
		t.Errorf("the same code let somebody in twice: %v %q", err, again.to)
	}
}
