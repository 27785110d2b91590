package locales

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	i18ntemplate "github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// zone is Beijing time, the only time people of the county live by. It is not
// time.Local: the machine may be set to anything.
var zone = time.FixedZone("CST", 8*3600)

// strict makes an argument that was forgotten an error instead of the text
// "<no value>" on somebody's page.
var strict = &i18ntemplate.TextParser{Option: "missingkey=error"}

// Words speaks one language. It is small and copied freely; page models embed
// it, so that templates say {{.T "login.title"}}. Lang and Dir are the values
// of the lang and dir attributes.
type Words struct {
	Lang, Dir string
	tongue    *tongue
}

// In is the same words in another language.
func (w Words) In(lang string) Words {
	if w.tongue == nil {
		return w
	}
	return w.tongue.bundle.Words(lang)
}

// T is the text of a key. The pairs fill its placeholders: "Date", value, and
// so on; a pair "Count", n also chooses the plural form.
//
// T never fails. What cannot be said (no such key, an argument missing) is
// shown as the key in square brackets and logged once; a key that only the
// default language has is said in the default language.
func (w Words) T(id string, pairs ...any) string {
	if w.tongue == nil {
		return visible(id)
	}
	all := w.tongue.bundle
	speaker := w.tongue
	text := speaker.texts[id]
	if text == nil {
		all.tell("no text for the key", w.Lang, id)
		speaker = all.tongues[0]
		if text = speaker.texts[id]; text == nil {
			return visible(id)
		}
	}
	if plain(text) {
		return text.Other
	}
	said, err := speaker.fill(text, pairs)
	if err != nil {
		all.tell("arguments do not fit the text", w.Lang, id)
		return visible(id)
	}
	return said
}

// fill puts the arguments into a text and chooses its plural form.
func (t *tongue) fill(text *i18n.Message, pairs []any) (string, error) {
	values := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return "", fmt.Errorf("argument %d is not a name", i+1)
		}
		values[name] = pairs[i+1]
	}
	order := &i18n.LocalizeConfig{MessageID: text.ID, TemplateData: values, TemplateParser: strict}
	// A text without plural forms may mention a count too.
	if n, ok := values["Count"]; ok && len(forms(text)) > 1 {
		order.PluralCount = fmt.Sprint(n) // as text, because go-i18n refuses unsigned numbers
	}
	return t.localizer.Localize(order)
}

// plain says whether a text is always the same.
func plain(m *i18n.Message) bool {
	return len(forms(m)) == 1 && !strings.Contains(m.Other, "{{")
}

func visible(id string) string { return "[" + id + "]" }

// Date is a date for letters, receipts and deadlines: 2026年9月24日, 24
// September 2026. Like all dates here it is the date in Beijing.
func (w Words) Date(t time.Time) string { return w.moment("date.full", t) }

// Day is a date near enough to need its weekday more than its year:
// 9月24日（星期四）, Thursday 24 September.
func (w Words) Day(t time.Time) string { return w.moment("date.day", t) }

// DateTime is a moment of a running matter: 9月24日 15:04. Where years may
// differ, in records and imports, use Stamp.
func (w Words) DateTime(t time.Time) string { return w.moment("date.moment", t) }

// Stamp is a moment that may be long ago: 2026年9月24日 15:04.
func (w Words) Stamp(t time.Time) string { return w.moment("date.stamp", t) }

// Month is a month of a year, for figures: 2026年9月, September 2026.
func (w Words) Month(t time.Time) string { return w.moment("date.year-month", t) }

// moment says a time in one of the shapes that each language has for it.
func (w Words) moment(id string, t time.Time) string {
	t = t.In(zone)
	return w.T(id,
		"Year", t.Year(),
		"Month", w.T("date.month."+strconv.Itoa(int(t.Month()))),
		"Day", t.Day(),
		"Weekday", w.T("date.weekday."+strconv.Itoa(int(t.Weekday()))),
		"Time", t.Format("15:04"))
}

// Pick chooses from a name that the county keeps in several languages: the
// language spoken, else the default, else the first by tag that has one.
func (w Words) Pick(names map[string]string) string {
	for _, lang := range []string{w.Lang, Default} {
		if names[lang] != "" {
			return names[lang]
		}
	}
	var tags []string
	for tag, name := range names {
		if name != "" {
			tags = append(tags, tag)
		}
	}
	if len(tags) == 0 {
		return ""
	}
	return names[slices.Min(tags)]
}
