package board

import "strings"

// ParseArea reads where a helper helps, as people write it: a township, and
// behind a blank a village; a township alone is the whole of it. Names may have
// blanks of their own.
func (s *Settings) ParseArea(text string) (Area, error) {
	words := strings.Fields(text)
	for n := len(words); n > 0; n-- {
		if town, known := s.Township(strings.Join(words[:n], " ")); known {
			return Area{Township: town.Kept(), Village: strings.Join(words[n:], " ")}, nil
		}
	}
	if len(words) == 0 || len(s.Townships) > 0 {
		return Area{}, invalid("areas", "staff.town", "Name", strings.Join(words, " "))
	}
	return Area{Township: words[0], Village: strings.Join(words[1:], " ")}, nil
}
