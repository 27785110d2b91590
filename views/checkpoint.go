package views

// Checkpoint is /checkpoint: the seal of the whole record, for anybody to keep.
type Checkpoint struct {
	Page
	Short string // in groups of four; "" nothing is sealed yet
	Size  int64  // entries that it holds for
	Time  string
	Lines []string // the signed note
	Key   string   // verifies it
}

// Template names the page's file.
func (Checkpoint) Template() string { return "checkpoint" }

// Title asks what it answers.
func (m Checkpoint) Title() string { return m.T("checkpoint.title") }
