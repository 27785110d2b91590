package web

import (
	"net/url"
	"slices"

	"lianxin/server/board"
	"lianxin/views"
)

// listRows is how many rows one page of an admin's list shows: it has to be read,
// and to come over a slow line.
const listRows = 40

// leaf fits a list onto pages, and lets one look for a thing by what it is called:
// it gives those of this page, and puts the ways to the others into the model. A
// page begins at a key, so that it stays where it is when something is added.
func leaf[T any](r *request, m *views.AdminList, path string, all []T, key func(T) string, names func(T) []string) []T {
	m.Path, m.Query = path, trim(r.query["q"])
	found := all
	if m.Query != "" {
		found = slices.DeleteFunc(slices.Clone(all), func(one T) bool {
			return !slices.ContainsFunc(names(one), func(name string) bool { return board.Says(name, m.Query) })
		})
	}
	m.Long = len(all) > listRows
	if m.Query != "" && len(found) == 0 {
		m.Empty = r.words.T("admin.find.none", "Words", m.Query)
	}
	at := 0
	if from := r.query["from"]; from != "" {
		at = max(0, slices.IndexFunc(found, func(one T) bool { return key(one) == from }))
	}
	end := min(at+listRows, len(found))
	if len(found) > end {
		m.More = leafPath(path, m.Query, key(found[end]))
	}
	if at > 0 {
		m.First = leafPath(path, m.Query, "")
	}
	if len(found) > listRows {
		m.Part = r.words.T("admin.find.part", "First", at+1, "Last", end, "Count", len(found))
	}
	return found[at:end]
}

func leafPath(path, query, from string) string {
	values := url.Values{}
	if query != "" {
		values.Set("q", query)
	}
	if from != "" {
		values.Set("from", from)
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// everyName is what a thing is called in all languages.
func everyName(names board.Texts, more ...string) []string {
	for _, name := range names {
		more = append(more, name)
	}
	return more
}
