// Examples serves every example page of views, empty and full, plain and with
// errors, in every language, with the headers of the product: journeys measure
// them and take their pictures. It holds no data and is no part of the product.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"net"
	"net/http"
	"slices"

	"lianxin/locales"
	"lianxin/static"
	"lianxin/views"
	"lianxin/views/example"
)

const policy = "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

func main() {
	pages, err := render()
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	log.Fatal(http.Serve(listener, handler(pages)))
}

// render executes all examples: path → page.
func render() (map[string][]byte, error) {
	bundle, err := locales.Open()
	if err != nil {
		return nil, err
	}
	shown, err := views.Open()
	if err != nil {
		return nil, err
	}
	pages := map[string][]byte{}
	for _, language := range bundle.Languages() {
		for _, e := range example.All(bundle, language.Tag) {
			var page bytes.Buffer
			if err := shown.Render(&page, e.Model); err != nil {
				return nil, fmt.Errorf("example %s in %s: %w", e.Name, language.Tag, err)
			}
			pages["/"+language.Tag+"/"+e.Name] = page.Bytes()
		}
	}
	return pages, nil
}

// handler answers / with the list of all paths.
func handler(pages map[string][]byte) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		page, found := pages[r.URL.Path]
		file, stored := static.Find(r.URL.Path)
		switch {
		case r.URL.Path == "/":
			w.Header().Set("Content-Type", "application/json")
			json.NewEncoder(w).Encode(slices.Sorted(maps.Keys(pages)))
		case found:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write(page)
		case stored:
			w.Header().Set("Content-Type", file.Type)
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			w.Write(file.Body)
		default:
			http.NotFound(w, r)
		}
	}
}
