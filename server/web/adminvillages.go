package web

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// The villages of a township, and the words that people write for villages which
// nobody knows.

// straysPath is where the county says which villages those words mean. The county
// desk may say so too: it reads them in the messages.
const straysPath = "/villages"

func villagesPath(p board.Place) string { return "/admin/places/" + placeKey(p) + "/villages" }

// townAt is the township in the path.
func (r *request) townAt() (board.Place, error) {
	i, err := r.placeAt()
	if err != nil {
		return board.Place{}, err
	}
	return r.county.Townships[i], nil
}

// villagesOf are the villages of a township.
func (r *request) villagesOf(p board.Place) []board.Place {
	if v := r.county.Villages[p.Kept()]; v != nil {
		return v.List
	}
	return nil
}

// villageList are the villages of a township, with the form that adds some.
func villageList(r *request) (views.Model, error) {
	town, err := r.townAt()
	if err != nil {
		return nil, err
	}
	path := villagesPath(town)
	r.administer(path, "/admin/places/"+placeKey(town))
	name := r.words.Pick(town.Name)
	m := views.AdminList{
		Heading: r.words.T("admin.villages.title", "Town", name), Lead: []string{r.words.T("admin.villages.lead")}, Caption: r.words.T("admin.villages.caption", "Town", name),
		Columns: []string{r.words.T("admin.name"), r.words.T("admin.places.code")}, Empty: r.words.T("admin.villages.empty"),
		Add: &views.Action{
			Deed: "add", Title: r.words.T("admin.villages.add"), Post: path, Once: r.stamp(path), Button: r.words.T("admin.add"),
			Fields: []views.Field{{Name: "rows", Kind: views.Area, Rows: 6, Value: r.typed("rows", ""),
				Label: r.words.T("admin.villages.rows.label"), Hint: r.words.T("admin.villages.rows.hint")}},
		},
	}
	for _, p := range leaf(r, &m, path, r.villagesOf(town), placeKey, func(p board.Place) []string { return everyName(p.Name, p.Code) }) {
		m.Rows = append(m.Rows, views.AdminRow{Href: path + "/" + placeKey(p), Name: r.words.Pick(p.Name), Note: r.otherNames(p.Name), Cells: []string{p.Code}})
	}
	m.Page = r.page()
	return m, nil
}

func addVillages(r *request) (string, error) {
	town, err := r.townAt()
	if err != nil {
		return "", err
	}
	rows, err := parsePlaces([]byte(r.post("rows")))
	if err != nil || len(rows) == 0 {
		return "", board.Fault{Kind: board.Invalid, ID: "villages.rows", Field: "rows"}
	}
	_, err = r.site.Office.AddVillages(r.once(), r.who.Actor, town.Kept(), rows)
	return villagesPath(town) + "?said=added", inField("rows", err)
}

// inField puts a fault of a list where the page asks for the list.
func inField(field string, err error) error {
	if faults, refused := board.Faults(err); refused && faults[0].Field != "" {
		faults[0].Field = field
		return faults[0]
	}
	return err
}

func (r *request) villageAt() (town, village board.Place, err error) {
	if town, err = r.townAt(); err != nil {
		return town, village, err
	}
	list := r.villagesOf(town)
	i := slices.IndexFunc(list, func(p board.Place) bool { return placeKey(p) == r.params["village"] })
	if i < 0 {
		return town, village, noPage
	}
	return town, list[i], nil
}

// oneVillage is a village to be renamed, or taken off the list.
func oneVillage(r *request) (views.Model, error) {
	town, p, err := r.villageAt()
	if err != nil {
		return nil, err
	}
	path := villagesPath(town) + "/" + placeKey(p)
	r.administer(path, villagesPath(town))
	m := views.AdminForm{
		Heading: r.words.Pick(p.Name), Lead: []string{r.words.T("admin.villages.rename")}, Groups: []views.Group{{Fields: r.placeFields(p)}},
		Post: path, Button: r.words.T("admin.save"),
		Danger: []views.Action{{
			Deed: "remove", Title: r.words.T("admin.remove"), Hint: r.words.T("admin.villages.remove.hint"),
			Post: path + "/remove", Once: r.stamp(path + "/remove"), Button: r.words.T("admin.remove.button"),
			Fields: []views.Field{r.sureField(r.words.T("admin.remove.sure"))},
		}},
	}
	m.Page = r.page()
	m.Page.Once = r.stamp(path)
	return m, nil
}

func changeVillage(r *request) (string, error) {
	town, p, err := r.villageAt()
	if err != nil {
		return "", err
	}
	return villagesPath(town) + "?said=saved", r.site.Office.RenameVillage(r.once(), r.who.Actor, town.Kept(), p.Name["zh-Hans"], r.placeTyped())
}

func removeVillage(r *request) (string, error) {
	town, err := r.townAt()
	if err != nil {
		return "", err
	}
	_, p, err := r.villageAt()
	if err != nil {
		return villagesPath(town) + "?said=removed", nil // by the click before
	}
	if err := r.sure(); err != nil {
		return "", err
	}
	return villagesPath(town) + "?said=removed", r.site.Office.DropVillage(r.once(), r.who.Actor, town.Kept(), p.Name["zh-Hans"])
}

func strayKey(s office.Stray) string {
	sum := sha256.Sum256([]byte(s.Township + " " + s.Words))
	return hex.EncodeToString(sum[:6])
}

func strayPath(s office.Stray) string { return straysPath + "/" + strayKey(s) }

// strayList are the words for villages that nobody knows, the most frequent first.
func strayList(r *request) (views.Model, error) {
	strays, err := r.site.Office.Strays(r, r.who)
	if err != nil {
		return nil, err
	}
	back := ""
	if r.who.Roles.Has(board.Admin) {
		back = "/admin/places"
	}
	r.administer(straysPath, back)
	m := views.AdminList{
		Heading: r.words.T("strays.title"), Lead: []string{r.words.T("strays.lead")}, Caption: r.words.T("strays.caption"), Empty: r.words.T("strays.none"),
		Columns: []string{r.words.T("strays.words"), r.words.T("file.place.label"), r.words.T("strays.count"), r.words.T("strays.near")},
	}
	for _, s := range leaf(r, &m, straysPath, strays, strayKey, func(s office.Stray) []string { return []string{s.Words, r.town(s.Township)} }) {
		near := ""
		if len(s.Near) > 0 {
			near = s.Near[0]
		}
		m.Rows = append(m.Rows, views.AdminRow{Href: strayPath(s), Name: s.Words, Cells: []string{r.town(s.Township), strconv.Itoa(s.Count), near}})
	}
	m.Page = r.page()
	return m, nil
}

func (r *request) strayAt() (office.Stray, error) {
	strays, err := r.site.Office.Strays(r, r.who)
	if err != nil {
		return office.Stray{}, err
	}
	i := slices.IndexFunc(strays, func(s office.Stray) bool { return strayKey(s) == r.params["stray"] })
	if i < 0 {
		return office.Stray{}, noPage
	}
	return strays[i], nil
}

// oneStray asks which village some words mean: the likely ones, or any of the
// township, or none.
func oneStray(r *request) (views.Model, error) {
	s, err := r.strayAt()
	if err != nil {
		return nil, err
	}
	path := strayPath(s)
	r.administer(path, straysPath)
	likely := views.Field{Name: "likely", Kind: views.Choice, Short: true, Label: r.words.T("strays.likely"), Value: r.typed("likely", "")}
	for _, name := range s.Near {
		likely.Options = append(likely.Options, views.Option{Value: name, Label: name})
	}
	likely.Options = append(likely.Options, views.Option{Value: views.AsTyped, Label: r.words.T("strays.no-village")})
	all := views.Field{Name: "village", Kind: views.Select, Label: r.words.T("strays.other"), Value: r.typed("village", ""),
		Options: []views.Option{{Label: r.words.T("desk.choose")}}}
	town, _ := r.county.Township(s.Township)
	for _, p := range r.villagesOf(town) {
		all.Options = append(all.Options, views.Option{Value: p.Name["zh-Hans"], Label: r.words.Pick(p.Name)})
	}
	m := views.AdminForm{
		Heading: s.Words, Lead: []string{r.words.T("strays.once")}, Groups: []views.Group{{Fields: []views.Field{likely, all}}}, Post: path, Button: r.words.T("admin.save"),
		Facts: []views.Fact{{Name: r.words.T("file.place.label"), Value: r.town(s.Township)}, {Name: r.words.T("strays.count"), Value: strconv.Itoa(s.Count)}},
	}
	if r.who.Roles.Has(board.Admin) {
		m.Links = []views.Link{{Href: villagesPath(town), Text: r.words.T("strays.add")}}
	}
	m.Page = r.page()
	m.Page.Once = r.stamp(path)
	return m, nil
}

func meanVillage(r *request) (string, error) {
	s, err := r.strayAt()
	if err != nil {
		return straysPath + "?said=saved", nil // by the click before
	}
	village := r.post("village")
	switch likely := r.post("likely"); {
	case likely == views.AsTyped && village == "":
	case likely != "" && likely != views.AsTyped && village == "":
		village = likely
	case village == "" || likely != "" && likely != village:
		return "", board.Fault{Kind: board.Invalid, ID: "villages.none", Field: "likely"}
	}
	return straysPath + "?said=saved", r.site.Office.MeanVillage(r.once(), r.who.Actor, s.Township, s.Words, village)
}
