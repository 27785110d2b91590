package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Note is what came of one backup or one drill, or went by the county's rule in a
// night. It lies beside the backups, so
// that a box that was off, or moved, still knows when it last tried them.
type Note struct {
	Kind    string        `json:"kind"` // Made, Tried or LetGo
	At      time.Time     `json:"at"`
	File    string        `json:"file,omitempty"` // without its folder
	Size    int64         `json:"size,omitempty"` // bytes of the store
	Streams int           `json:"streams,omitempty"`
	Events  int           `json:"events,omitempty"`
	Files   int           `json:"files,omitempty"` // photos and recordings
	Lost    int           `json:"lost,omitempty"`  // of them that could not be backed up
	Took    time.Duration `json:"took,omitempty"`
	Failed  string        `json:"failed,omitempty"` // why nothing came of it
	Cases   int           `json:"cases,omitempty"`  // that were let go of
	Persons int           `json:"persons,omitempty"`
}

// The kinds of notes.
const (
	Made  = "backup"
	Tried = "drill"
	LetGo = "retention"
)

const (
	historyName = "history.json"
	notesKept   = 90 // a month of nights and their drills
)

// Of is the note on a report, or on the fault that came in its place.
func Of(kind string, r Report, at time.Time, err error) Note {
	n := Note{Kind: kind, At: at.UTC(), Size: r.Size, Streams: r.Streams, Events: r.Events, Files: r.Files.Count, Lost: len(r.Lost), Took: r.Took}
	if r.File != "" {
		n.File = filepath.Base(r.File)
	}
	if err != nil {
		n.Failed = err.Error()
	}
	return n
}

// History gives the notes of a folder, the newest first; none when there are
// none.
func History(dir string) ([]Note, error) {
	text, err := os.ReadFile(filepath.Join(dir, historyName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var notes []Note
	if err == nil {
		err = json.Unmarshal(text, &notes)
	}
	if err != nil {
		return nil, fmt.Errorf("history of the backups: %w", err)
	}
	return notes, nil
}

// Remember adds a note. Notes that cannot be read are begun anew: they are
// figures, not the backups.
func Remember(dir string, n Note) error {
	busy.Lock()
	defer busy.Unlock()
	notes, _ := History(dir)
	notes = slices.Insert(notes, 0, n)
	text, err := json.MarshalIndent(notes[:min(len(notes), notesKept)], "", " ")
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, ".history-")
	if err != nil {
		return fmt.Errorf("history of the backups: %w", err)
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(text)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return fmt.Errorf("history of the backups: %w", err)
	}
	return os.Rename(temp.Name(), filepath.Join(dir, historyName))
}

// Last is the newest note of a kind that something came of, not later than now.
func Last(notes []Note, kind string, now time.Time) (Note, bool) {
	for _, n := range notes {
		if n.Kind == kind && n.Failed == "" && !n.At.After(now) {
			return n, true
		}
	}
	return Note{}, false
}
