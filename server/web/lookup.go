package web

import (
	"strings"

	"lianxin/server/board"
	"lianxin/views"
)

// lookUp opens a case with its number and PIN. Words that were written when an
// earlier look had ended are carried along, as a login does.
type lookUp struct{ number, pin, kept string }

func showLookUp(r *request) (views.Model, error) { return lookUp{}.page(r) }

func readLookUp(r *request) form { return lookUp{r.post("number"), r.post("pin"), r.post("kept")} }

func (f lookUp) page(r *request) (views.Model, error) {
	r.know()
	r.back = "/"
	return views.Lookup{Page: r.page(), Number: f.number, PIN: f.pin, Kept: f.kept}, nil
}

func (f lookUp) do(r *request) (outcome, error) {
	if f.kept != "" && f.number == "" && f.pin == "" { // comes from the page of the login, to be asked for both
		if k, ok := unpack(f.kept); ok {
			f.number = board.Number(caseOf(k.Path)).Grouped()
		}
		model, err := f.page(r)
		return outcome{model: model}, err
	}
	token, n, err := r.site.Office.LookUp(r, r.session, f.number, f.pin, r.origin)
	if err != nil {
		return outcome{}, err
	}
	if token != "" {
		if err := r.enter(token, 0); err != nil {
			return outcome{}, err
		}
	} else if r.who, err = r.site.Office.Who(r, r.session); err != nil {
		return outcome{}, err
	}
	return r.resume(f.kept, "/case/"+string(n))
}

// caseOf is the number in the path of a resident's case, "" in any other path.
func caseOf(path string) string {
	rest, ok := strings.CutPrefix(path, "/case/")
	number, _, _ := strings.Cut(rest, "/")
	if number, _, _ = strings.Cut(number, "?"); !ok {
		return ""
	}
	return number
}
