package web

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"
	"unicode"

	"github.com/gofiber/fiber/v2"
)

// readForm reads the body of a post, and only the body: the query never counts.
// A field that comes twice is refused, because whoever reads the first and
// whoever reads the last would do different things.
func readForm(contentType string, body []byte) (map[string]string, error) {
	kind, _, err := mime.ParseMediaType(contentType)
	if contentType != "" && (err != nil || kind != "application/x-www-form-urlencoded") {
		return nil, fiber.ErrUnsupportedMediaType
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, fiber.ErrBadRequest
	}
	return single(values)
}

// mostParts is more than any form of ours has fields.
const mostParts = 40

// readUpload reads a form that may bring files. They are held in memory and end
// with the request; their names, which say what somebody's computer looks like
// inside, are not read.
func (r *request) readUpload(contentType string, body []byte) (map[string]string, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "multipart/form-data" {
		return readForm(contentType, body)
	}
	values := url.Values{}
	r.files = map[string][]byte{}
	for parts := multipart.NewReader(bytes.NewReader(body), params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return single(values)
		}
		if err != nil || len(values) >= mostParts {
			return nil, fiber.ErrBadRequest
		}
		var content bytes.Buffer
		if part.FileName() != "" && len(r.files) == 0 {
			content.Grow(len(body)) // what grows piece by piece is held twice
		}
		if _, err := content.ReadFrom(part); err != nil {
			return nil, fiber.ErrBadRequest
		}
		if name := part.FormName(); part.FileName() != "" {
			r.files[name] = content.Bytes()
			values.Add(name, "")
		} else {
			values.Add(name, content.String())
		}
	}
}

func single(values url.Values) (map[string]string, error) {
	fields := make(map[string]string, len(values))
	for name, all := range values {
		if len(all) > 1 {
			return nil, fiber.ErrBadRequest
		}
		fields[name] = tidy(all[0])
	}
	return fields, nil
}

// tidy gives a text the line breaks that we count in, and takes out what no
// keyboard types: broken characters and invisible controls.
func tidy(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text)
}

// local is a path on this site that somebody may be sent on to, "" for
// anything else: no other host, nothing that a browser would read as one.
func local(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsFunc(path, func(r rune) bool {
		return r == '\\' || unicode.IsControl(r)
	}) {
		return ""
	}
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, "\\") {
		return ""
	}
	clean := url.URL{Path: u.Path, RawQuery: u.RawQuery}
	return clean.String()
}

// then is where a login leads on to.
func then(path, otherwise string) string {
	if path = local(path); path != "" {
		return path
	}
	return otherwise
}

// readQuery reads the query of an address, as far as it can be read: it only
// ever chooses what is shown.
func readQuery(query string) map[string]string {
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil
	}
	first := make(map[string]string, len(values))
	for name := range values {
		first[name] = tidy(values.Get(name))
	}
	return first
}
