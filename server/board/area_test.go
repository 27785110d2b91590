package board

import "testing"

func TestAreasAsPeopleWriteThem(t *testing.T) {
	county := &Settings{Townships: []Place{
		{Name: Texts{"zh-Hans": "柳河镇", "en": "Liuhe Town"}}, {Name: Texts{"zh-Hans": "柳河", "en": "Liuhe"}},
	}}
	for text, want := range map[string]Area{
		"柳河镇":                  {Township: "柳河镇"},
		" 柳河镇　东关村 ":            {Township: "柳河镇", Village: "东关村"},
		"Liuhe Town 东关村":       {Township: "柳河镇", Village: "东关村"},
		"Liuhe Dongguan Cun":   {Township: "柳河", Village: "Dongguan Cun"},
		"柳河镇 Dongguan Village": {Township: "柳河镇", Village: "Dongguan Village"},
	} {
		if got, err := county.ParseArea(text); err != nil || got != want {
			t.Errorf("%q is %+v, %v, want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "  ", "东关村", "双桥镇 东关村"} {
		if got, err := county.ParseArea(text); err == nil {
			t.Errorf("%q is %+v", text, got)
		}
	}
	if got, err := (&Settings{}).ParseArea("东河 西村"); err != nil || got != (Area{"东河", "西村"}) {
		t.Errorf("in a county without a list it is %+v, %v", got, err)
	}
}
