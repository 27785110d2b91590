// Package example fills every page with made-up values: empty and full, plain
// and with errors. Tests execute them all; whoever changes the looks looks at
// them. No server imports this package.
package example

import (
	"lianxin/locales"
	"lianxin/views"
)

// Example is one page as it may come to a person.
type Example struct {
	Name  string // for files and tests: file-errors
	Form  bool   // a step of a form; otherwise a page of content
	Model views.Model
}

// All are the examples in the language of the words.
func All(bundle *locales.Bundle, lang string) []Example {
	words := bundle.Words(lang)
	p := views.Page{
		Words: words, Languages: bundle.Languages(),
		County:  words.Pick(map[string]string{"zh-Hans": "示范县", "en": "Shifan County"}),
		Hotline: "0311-8000 1234", Here: "/", Token: token, Once: token[:32], Demo: true,
	}
	all := entry(p)
	all = append(all, filing(p)...)
	all = append(all, following(p)...)
	all = append(all, deeds(p)...)
	all = append(all, people(p)...)
	all = append(all, anyone(p)...)
	all = append(all, share(p)...)
	all = append(all, patterns(p)...)
	all = append(all, desks(p)...)
	all = append(all, intake(p)...)
	all = append(all, calls(p)...)
	all = append(all, assist(p)...)
	all = append(all, papers(p)...)
	all = append(all, admin(p)...)
	all = append(all, first(p)...)
	return append(all, demo(p)...)
}

// token is as long as a real one: budgets count it.
const token = "mFq2o9x7Jd0cYw3sLr8TbK5uVh1eZgNa6PiRWkXyQ4A"

// with gives the page wrong answers.
func with(p views.Page, errs ...views.Error) views.Page {
	p.Errors = errs
	return p
}

// in is the page of somebody who is logged in.
func in(p views.Page, back string) views.Page {
	p.Who, p.Back = "138****8000", back
	return p
}

func entry(p views.Page) []Example {
	plain := p
	plain.Demo, plain.Token, plain.Once = false, "", ""
	wrong := with(p, views.Error{Field: "phone", Text: "手机号码是 11 位数字，您写了 10 位，请再看一看。"})
	wrongCode := with(p, views.Error{Field: "code", Text: "验证码不对，请照短信再填一次。"})
	p.Back = "/"
	fault := p
	fault.RequestNumber = "7F3K 29QD"
	return []Example{
		{"home", false, views.Home{Page: plain}},
		{"home-known", false, views.Home{Page: in(p, "")}},
		{"login", true, views.Login{Page: p}},
		{"login-errors", true, views.Login{Page: wrong, Phone: "138 0013 800", Kept: "k7", Then: "/file/check"}},
		{"login-text", true, views.Login{Page: p, Text: true}},
		{"login-slip", true, views.Login{Page: p, Kept: "k7", Then: "/case/38271940561", Slip: true}},
		{"login-slip-plain", true, views.Login{Page: p, Then: "/case/38271940561", Slip: true}},
		{"lookup-kept", true, views.Lookup{Page: p, Kept: "k7"}},
		{"code", true, views.LoginCode{Page: p, Phone: "138****8000", Attempt: "3f9a2c", Then: "/file"}},
		{"code-text", true, views.LoginCode{Page: p, Phone: "138****8000", Attempt: "3f9a2c", Text: &views.TextLogin{Code: "48 29 13", To: "10690000"}}},
		{"code-text-only", true, views.LoginCode{Page: p, Phone: "138****8000", Attempt: "3f9a2c", Shared: "yes", Text: &views.TextLogin{Code: "48 29 13", To: "10690000", Only: true}}},
		{"code-text-scarce", true, views.LoginCode{Page: p, Phone: "138****8000", Attempt: "3f9a2c", Text: &views.TextLogin{Code: "48 29 13", To: "10690000", Scarce: true}}},
		{"code-errors", true, views.LoginCode{Page: wrongCode, Phone: "138****8000", Code: "48 29 31", Attempt: "3f9a2c", Kept: "k7"}},
		{"lookup", true, views.Lookup{Page: p}},
		{"lookup-errors", true, views.Lookup{Page: with(p,
			views.Error{Field: "number", Text: "受理编号有 11 位数字，请照回执再填一次。"},
			views.Error{Field: "pin", Text: "查询码有 6 位数字。"}), Number: "3827", PIN: "12"}},
		{"message", false, views.Message{Page: fault, Heading: "这一页出了毛病", Paragraphs: []string{
			"不是您的错。您写的内容还在。", "过几分钟再试一次；还是不行，请打电话。"},
			Body:  "东关村供销社门口的路灯坏了半个月。",
			Links: []views.Link{{Href: "/", Text: "回首页"}},
			Again: &views.Again{Post: "/file/check", Hidden: []views.Hidden{{Name: "kept", Value: "k7"}}, Button: "再交一次"}}},
		{"message-plain", false, views.Message{Page: p, Heading: "您已经退出",
			Paragraphs: []string{"下次来，还用手机号登录。"}, Links: []views.Link{{Href: "/", Text: "回首页"}}}},
	}
}
