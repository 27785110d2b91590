package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianxin/server/board"
	"lianxin/views"
)

// placeList are the townships and streets.
func placeList(r *request) (views.Model, error) {
	r.administer("/admin/places", "/admin")
	m := views.AdminList{
		Heading: r.words.T("admin.places.title"), Lead: []string{r.words.T("admin.places.lead")}, Caption: r.words.T("admin.places.caption"),
		Columns: []string{r.words.T("admin.name"), r.words.T("admin.villages"), r.words.T("admin.places.code")}, Empty: r.words.T("admin.places.empty"),
		Add: &views.Action{
			Deed: "add", Title: r.words.T("admin.places.add"), Post: "/admin/places", Once: r.stamp("/admin/places"), Button: r.words.T("admin.add"),
			Fields: r.placeFields(board.Place{}),
		},
		Links: []views.Link{
			{Href: "/admin/places/import", Text: r.words.T("admin.places.import")}, {Href: straysPath, Text: r.words.T("strays.title")},
		},
	}
	for _, p := range leaf(r, &m, "/admin/places", r.county.Townships, placeKey, func(p board.Place) []string { return everyName(p.Name, p.Code, p.Key) }) {
		m.Rows = append(m.Rows, views.AdminRow{
			Href: "/admin/places/" + placeKey(p), Name: r.words.Pick(p.Name), Note: r.otherNames(p.Name),
			Cells: []string{r.words.T("admin.villages.count", "Count", len(r.villagesOf(p))), p.Code},
		})
	}
	m.Page = r.page()
	return m, nil
}

// otherNames are the names in the languages that the page does not speak.
func (r *request) otherNames(names board.Texts) string {
	var others []string
	for _, l := range r.site.Words.Languages() {
		if name := names[l.Tag]; name != "" && name != r.words.Pick(names) {
			others = append(others, name)
		}
	}
	return strings.Join(others, " · ")
}

func (r *request) placeFields(p board.Place) []views.Field {
	return append(r.tongues("name", "admin.name.label", "", views.Text, p.Name), views.Field{
		Name: "code", Kind: views.Text, InputMode: "numeric", Value: r.typed("code", p.Code),
		Label: r.words.T("admin.places.code.label"), Hint: r.words.T("admin.places.code.hint"),
	})
}

// placeKey names a place in a path.
func placeKey(p board.Place) string {
	sum := sha256.Sum256([]byte(p.Kept()))
	return hex.EncodeToString(sum[:6])
}

func (r *request) placeTyped() board.Place {
	return board.Place{Name: r.spoken("name"), Code: board.Digits(r.post("code"))}
}

func addPlace(r *request) (string, error) {
	return "/admin/places?said=added", r.listPlaces(append(slices.Clone(r.county.Townships), r.placeTyped()), "name")
}

// listPlaces replaces the list; field is where the page asks for the name of one.
func (r *request) listPlaces(places []board.Place, field string) error {
	err := r.site.Office.ListPlaces(r.once(), r.who.Actor, places)
	faults, expected := board.Faults(err)
	if !expected || faults[0].Field != "places" {
		return err
	}
	faults[0].Field = field
	return faults[0]
}

func (r *request) placeAt() (int, error) {
	i := slices.IndexFunc(r.county.Townships, func(p board.Place) bool { return placeKey(p) == r.params["place"] })
	if i < 0 {
		return i, noPage
	}
	return i, nil
}

// onePlace is a township to be changed, or taken off the list.
func onePlace(r *request) (views.Model, error) {
	i, err := r.placeAt()
	if err != nil {
		return nil, err
	}
	p := r.county.Townships[i]
	path := "/admin/places/" + placeKey(p)
	r.administer(path, "/admin/places")
	m := views.AdminForm{
		Page: r.page(), Heading: r.words.Pick(p.Name), Groups: []views.Group{{Fields: r.placeFields(p)}}, Post: path, Button: r.words.T("admin.save"),
		Links: []views.Link{{Href: path + "/villages", Text: r.words.T("admin.villages.link", "Count", len(r.villagesOf(p)))}},
		Danger: []views.Action{{
			Deed: "remove", Title: r.words.T("admin.remove"), Hint: r.words.T("admin.places.remove.hint"),
			Post: path + "/remove", Once: r.stamp(path + "/remove"), Button: r.words.T("admin.remove.button"),
			Fields: []views.Field{r.sureField(r.words.T("admin.remove.sure"))},
		}},
	}
	m.Page.Once = r.stamp(path)
	return m, nil
}

func changePlace(r *request) (string, error) {
	i, err := r.placeAt()
	if err != nil {
		return "", err
	}
	places := slices.Clone(r.county.Townships)
	places[i] = places[i].Renamed(r.placeTyped())
	return "/admin/places?said=saved", r.listPlaces(places, "name")
}

func removePlace(r *request) (string, error) {
	i, err := r.placeAt()
	if err != nil {
		return "/admin/places?said=removed", nil // by the click before
	}
	if err := r.sure(); err != nil {
		return "", err
	}
	return "/admin/places?said=removed", r.listPlaces(slices.Delete(slices.Clone(r.county.Townships), i, i+1), "sure")
}

// placeImport takes in a list of division codes.
func placeImport(r *request) (views.Model, error) {
	r.administer("/admin/places/import", "/admin/places")
	m := views.AdminForm{
		Page: r.page(), Heading: r.words.T("admin.places.import"), Lead: []string{r.words.T("admin.places.import.lead"), r.words.T("admin.places.import.list")},
		Post: "/admin/places/import", Button: r.words.T("admin.places.import.button"), After: r.words.T("admin.places.import.after"),
		Groups: []views.Group{{Fields: []views.Field{
			{Name: "file", Kind: views.Upload, Label: r.words.T("admin.places.file.label"), Hint: r.words.T("admin.places.file.hint")},
			{Name: "rows", Kind: views.Area, Rows: 6, Label: r.words.T("admin.places.rows.label"), Hint: r.words.T("admin.places.rows.hint"), Value: r.post("rows")},
			{Name: "code", Kind: views.Text, InputMode: "numeric", Label: r.words.T("admin.places.county.label"), Hint: r.words.T("admin.places.county.hint"), Value: r.post("code")},
		}}},
	}
	m.Page.Once = r.stamp(m.Post)
	return m, nil
}

func importPlaces(r *request) (string, error) {
	file := r.files["file"]
	if !utf8.Valid(file) {
		return "", board.Fault{Kind: board.Invalid, ID: "places.file", Field: "file"}
	}
	rows, err := parsePlaces(append(append(bytes.Clone(file), '\n'), r.post("rows")...))
	if err != nil {
		return "", board.Fault{Kind: board.Invalid, ID: "places.file", Field: "file"}
	}
	county := board.Digits(r.post("code"))
	rows = slices.DeleteFunc(rows, func(p board.Place) bool { return !strings.HasPrefix(p.Code, county) })
	switch {
	case len(rows) == 0:
		return "", board.Fault{Kind: board.Invalid, ID: "places.none", Field: "rows"}
	case len(rows) > mostRows: // there may be forty thousand
		return "", board.Fault{Kind: board.Invalid, ID: "places.many", Field: "code", Args: []any{"Max", board.MostPlaces}}
	}
	added, err := r.site.Office.BringPlaces(r.once(), r.who.Actor, rows)
	return "/admin/places?said=brought&count=" + strconv.Itoa(added), inField("code", err)
}

// mostRows is more townships and villages than any county has.
const mostRows = 3000

// parsePlaces reads rows of a code and a name, with an English name behind or
// without, in any order of the first two; a row may be a name alone. Other
// columns, such as the codes above it in the national list, are passed over.
func parsePlaces(text []byte) ([]board.Place, error) {
	plain := strings.NewReplacer("\t", ",", "，", ",", "\ufeff", "").Replace(string(text))
	rows := csv.NewReader(strings.NewReader(plain))
	rows.FieldsPerRecord, rows.LazyQuotes, rows.TrimLeadingSpace = -1, true, true
	var places []board.Place
	for {
		cells, err := rows.Read()
		if err == io.EOF {
			return places, nil
		}
		if err != nil {
			return nil, err
		}
		p := board.Place{Name: board.Texts{}}
		for _, cell := range cells {
			cell = trim(cell)
			switch {
			case cell == "":
			case board.AllDigits(cell):
				if p.Code == "" {
					p.Code = cell
				}
			case p.Name["zh-Hans"] == "" && strings.ContainsFunc(cell, han):
				p.Name["zh-Hans"] = cell
			case p.Name["en"] == "" && p.Name["zh-Hans"] != "":
				p.Name["en"] = cell
			}
		}
		if p.Name["zh-Hans"] != "" {
			places = append(places, p)
		}
	}
}

func han(c rune) bool { return unicode.Is(unicode.Han, c) }
