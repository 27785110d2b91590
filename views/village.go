package views

// Meant is the question which village somebody means whose words are those of
// none. Its answers are the names of villages, and AsTyped for none of them.
const (
	Meant   = "meant"
	AsTyped = "-"
)

// meant offers villages that may be meant; no field when there is none. What was
// typed stands first: some browsers choose the first answer by themselves.
func (p Page) meant(near []string, asTyped bool) []Field {
	if len(near) == 0 {
		return nil
	}
	f := Field{Name: Meant, Kind: Choice, Short: true, Label: p.T("village.meant")}
	if asTyped {
		f.Value = AsTyped
	}
	f.Options = []Option{{Value: AsTyped, Label: p.T("village.as-typed")}}
	for _, name := range near {
		f.Options = append(f.Options, Option{Value: name, Label: name})
	}
	return []Field{p.Field(f)}
}
