package web

import (
	"lianxin/server/board"
	"lianxin/static"
	"lianxin/views"
)

// table is every door of the site. There is no other list: who is not named
// may not pass, and what is not here is not there.
func table(p Parts) []route {
	const get, post = "GET", "POST"
	all := []door{anyone}
	resident := []door{board.Resident}
	reader := []door{board.Resident, opener}
	caller := []door{board.Resident, phoned}
	operator := []door{board.Operator}
	helper := []door{board.Helper}
	handler := []door{board.Handler}
	counter := []door{board.Operator, board.Dispatcher}
	inspector := []door{board.Inspector}
	countyDesk := board.CountyDesk
	admins := []door{board.Admin}
	overseers := []door{board.Admin, board.Inspector}
	placers := []door{board.Admin, board.Dispatcher}

	routes := []route{
		{method: get, path: "/static/:name", doors: all, file: static.Find},
		{method: get, path: "/", doors: all, page: home},
		{method: post, path: "/display", doors: all, form: readDisplay, harmless: true, early: true},
		{method: post, path: "/logout", doors: all, form: func(*request) form { return logout{} }},

		{method: get, path: "/public", doors: all, common: true, page: public},
		{method: get, path: "/public/:number", doors: all, common: true, page: publicCase},
		{method: get, path: "/units", doors: all, common: true, page: units},
		{method: get, path: "/assisted", doors: all, common: true, page: assisted},
		{method: get, path: "/checkpoint", doors: all, common: true, page: checkpoint},
		{method: get, path: "/checkpoint/file", doors: all, take: takeSeal},
		{method: get, path: "/about-desk", doors: all, page: showDeskComplaint},
		{method: post, path: "/about-desk", doors: resident, form: readDeskComplaint},

		{method: get, path: "/login", doors: all, page: showLogin},
		{method: post, path: "/login", doors: all, form: readLogin, login: true},
		{method: get, path: "/login/code", doors: all, page: showCode},
		{method: post, path: "/login/code", doors: all, form: func(r *request) form { return readCode(r) }, login: true},
		{method: post, path: "/login/code/again", doors: all, form: func(r *request) form { return codeAgain{readCode(r)} }, login: true},
		{method: get, path: "/login/card", doors: all, page: showCard},
		{method: post, path: "/login/card", doors: all, form: readCard, login: true},
		{method: get, path: "/who", doors: caller, page: showWho},
		{method: post, path: "/who", doors: caller, form: readWho},
		{method: get, path: "/me", doors: resident, page: showMe},
		{method: post, path: "/me", doors: resident, form: readMe},
		{method: get, path: "/me/family", doors: resident, page: showFamily},
		{method: post, path: "/me/family", doors: resident, form: readFamily, deed: true},
		{method: post, path: "/me/family/free", doors: resident, form: readFreeKin},
		{method: get, path: "/me/parent", doors: resident, page: showParent},
		{method: post, path: "/me/parent", doors: resident, form: readParent},
		{method: post, path: "/me/parent/code", doors: resident, form: readParentCode},
		{method: get, path: "/me/phone", doors: resident, page: showPhoneChange},
		{method: post, path: "/me/phone", doors: resident, form: readPhoneChange},
		{method: post, path: "/me/phone/code", doors: resident, form: readPhoneCode},
		{method: post, path: "/me/phone/keep", doors: resident, form: func(*request) form { return keepPhone{} }, deed: true},
		{method: get, path: "/me/stay", doors: resident, page: showStay},
		{method: post, path: "/me/stay", doors: resident, form: readStay},
		{method: get, path: "/lookup", doors: all, page: showLookUp},
		{method: post, path: "/lookup", doors: all, form: readLookUp, login: true},
		{method: get, path: "/staff/login", doors: all, page: showStaffLogin},
		{method: post, path: "/staff/login", doors: all, form: readStaffLogin, login: true},

		{method: get, path: accountPath, doors: board.StaffRoles, page: account},
		{method: post, path: accountPath, doors: board.StaffRoles, form: asksPerson("", account, changePassword), deed: true, factor: true},
		{method: post, path: accountPath + "/recovery", doors: board.StaffRoles, form: readRecovery, deed: true, factor: true},
		{method: post, path: accountPath + "/others", doors: board.StaffRoles, form: asksPerson("others", account, endOthers), deed: true},

		{method: get, path: "/file", doors: resident, page: showFiling},
		{method: post, path: "/file", doors: resident, form: readFiling},
		{method: get, path: "/file/step/:step", doors: resident, page: showStep},
		{method: post, path: "/file/step/:step", doors: resident, form: readStep},
		{method: get, path: "/file/check", doors: resident, page: showCheck},
		{method: post, path: "/file/check", doors: resident, form: func(*request) form { return check{} }, deed: true},
		{method: get, path: "/receipt/:number", doors: resident, page: receipt},

		{method: get, path: "/cases", doors: resident, page: mine},
		{method: get, path: "/case/:number", doors: reader, page: oneCase},
		{method: get, path: "/case/:number/rate", doors: reader, page: showRate},
		{method: post, path: "/case/:number/rate", doors: reader, form: readRate, deed: true},

		{method: get, path: "/case/:number/looks", doors: reader, page: looks},
		{method: get, path: "/case/:number" + filePart + ":attached", doors: reader, take: takeFile},

		{method: get, path: "/desk", doors: board.StaffRoles, page: desk},
		{method: get, path: "/desk/export/:file", doors: board.Takers, take: takeShelf, factor: true},
		{method: get, path: askPath + ":file", doors: board.Takers, page: askToTake},
		{method: post, path: askPath + ":file", doors: board.Takers, form: asks("", askToTake, mayTake), factor: true},
		{method: get, path: "/desk/case/:number", doors: caseworkers, page: deskCase},
		{method: get, path: "/desk/case/:number" + filePart + ":attached", doors: caseworkers, page: deskFile},
		{method: get, path: "/desk/case/:number" + filePart + ":attached/open", doors: caseworkers, take: takeFile},
		{method: get, path: "/desk/intake", doors: operator, page: showIntake},
		{method: post, path: "/desk/intake", doors: operator, form: readIntake, deed: true},
		{method: get, path: "/desk/intake/:number", doors: operator, page: takenIn},
		{method: get, path: "/desk/quote", doors: operator, page: showQuote},
		{method: post, path: "/desk/quote", doors: operator, form: readQuote, deed: true},
		{method: get, path: "/desk/freeze", doors: counter, page: showFreeze},
		{method: post, path: "/desk/freeze", doors: counter, form: readFreeze, deed: true},
		{method: get, path: "/desk/slip", doors: counter, page: showReslip},
		{method: post, path: "/desk/slip", doors: counter, form: readReslip, deed: true},
		{method: get, path: "/batch", doors: operator, page: showBatch},
		{method: post, path: "/batch", doors: operator, form: readBatch, deed: true},
		{method: get, path: "/calls", doors: operator, page: calls},
		{method: get, path: "/calls/:number", doors: operator, page: showCall},
		{method: get, path: "/calls/person/:person", doors: operator, page: showCallBack},
		{method: post, path: "/calls/person/:person/spoke", doors: operator, form: readCallBack(spoke), deed: true},
		{method: post, path: "/calls/person/:person/missed", doors: operator, form: readCallBack(missed), deed: true},
		{method: get, path: "/letters", doors: operator, page: letters},
		{method: get, path: "/letters/:number", doors: operator, page: showLetter},
		{method: post, path: "/letters/:number", doors: operator, form: func(*request) form { return letterForm{} }, deed: true},
		{method: get, path: "/desk/phone", doors: operator, page: showDeskPhone},
		{method: post, path: "/desk/phone", doors: operator, form: readDeskPhone, deed: true},
		{method: get, path: "/desk/templates", doors: handler, page: showTemplates},
		{method: post, path: "/desk/templates", doors: handler, form: readTemplate},
		{method: post, path: "/desk/templates/drop", doors: handler, form: readDrop},

		{method: get, path: "/patterns", doors: inspector, page: patterns},
		{method: get, path: "/patterns/:staff", doors: inspector, page: patternCases},

		{method: get, path: "/assist", doors: helper, page: assist},
		{method: post, path: "/assist/start", doors: helper, form: readStart},
		{method: post, path: "/assist/end", doors: helper, form: func(*request) form { return endHelp{} }},
		{method: get, path: "/assist/new", doors: helper, page: showSomebody},
		{method: post, path: "/assist/new", doors: helper, form: readSomebody},
		{method: get, path: "/assist/words", doors: helper, page: showHelpedWords},
		{method: post, path: "/assist/words", doors: helper, form: readHelpedWords},
		{method: get, path: "/assist/read", doors: helper, page: showReadBack},
		{method: post, path: "/assist/read", doors: helper, form: readReadBack, deed: true},
		{method: get, path: "/assist/code", doors: helper, page: showHelpedCode},
		{method: post, path: "/assist/code", doors: helper, form: readHelpedCode, deed: true},
		{method: post, path: "/assist/code/again", doors: helper, form: func(r *request) form { return consentAgain{} }},
		{method: get, path: "/assist/receipt/:number", doors: helper, page: helpedReceipt},
		{method: get, path: "/assist/tasks", doors: helper, page: tasks},
		{method: get, path: "/assist/case/:number", doors: helper, page: helpedCase},
		{method: post, path: "/assist/case/:number/readout", doors: helper, form: readAloud(board.TellOut), deed: true},
		{method: post, path: "/assist/case/:number/passback", doors: helper, form: readAloud(board.PassBack), deed: true},
		{method: get, path: papersPath, doors: countyDesk, page: register},
		{method: post, path: papersPath, doors: countyDesk, form: readPrint, deed: true, factor: true},
		{method: get, path: givePath, doors: operator, page: givingCard},
		{method: post, path: givePath, doors: operator, form: asksPerson("", givingCard, giveCard), deed: true},
		{method: get, path: "/papers/:series", doors: countyDesk, page: oneSeries},
		{method: post, path: "/papers/:series/handout", doors: countyDesk, form: asksPerson("handout", oneSeries, handOut), deed: true},
		{method: post, path: "/papers/:series/revoke", doors: countyDesk, form: readRevoke, deed: true},

		{method: get, path: "/admin", doors: admins, page: admin},
		{method: get, path: "/admin/county", doors: admins, page: county},
		{method: post, path: "/admin/county", doors: admins, form: asks("", county, setCounty), deed: true},
		{method: get, path: "/admin/units", doors: admins, page: unitList},
		{method: post, path: "/admin/units", doors: admins, form: asks("add", unitList, addUnit), deed: true},
		{method: get, path: "/admin/units/:unit", doors: admins, page: oneUnit},
		{method: post, path: "/admin/units/:unit", doors: admins, form: asks("", oneUnit, changeUnit), deed: true},
		{method: post, path: "/admin/units/:unit/close", doors: admins, form: asks("close", oneUnit, closeUnit), deed: true},
		{method: get, path: "/admin/places", doors: admins, page: placeList},
		{method: post, path: "/admin/places", doors: admins, form: asks("add", placeList, addPlace), deed: true},
		{method: get, path: "/admin/places/import", doors: admins, page: placeImport},
		{method: post, path: "/admin/places/import", doors: admins, form: asks("", placeImport, importPlaces), deed: true, upload: true},
		{method: get, path: "/admin/places/:place", doors: admins, page: onePlace},
		{method: post, path: "/admin/places/:place", doors: admins, form: asks("", onePlace, changePlace), deed: true},
		{method: post, path: "/admin/places/:place/remove", doors: admins, form: asks("remove", onePlace, removePlace), deed: true},
		{method: get, path: "/admin/places/:place/villages", doors: admins, page: villageList},
		{method: post, path: "/admin/places/:place/villages", doors: admins, form: asks("add", villageList, addVillages), deed: true},
		{method: get, path: "/admin/places/:place/villages/:village", doors: admins, page: oneVillage},
		{method: post, path: "/admin/places/:place/villages/:village", doors: admins, form: asks("", oneVillage, changeVillage), deed: true},
		{method: post, path: "/admin/places/:place/villages/:village/remove", doors: admins, form: asks("remove", oneVillage, removeVillage), deed: true},
		{method: get, path: changesPath, doors: overseers, page: changeList},
		{method: get, path: straysPath, doors: placers, page: strayList},
		{method: get, path: straysPath + "/:stray", doors: placers, page: oneStray},
		{method: post, path: straysPath + "/:stray", doors: placers, form: asksPerson("", oneStray, meanVillage), deed: true},
		{method: get, path: "/admin/topics", doors: admins, page: topicList},
		{method: post, path: "/admin/topics", doors: admins, form: asks("add", topicList, addTopic), deed: true},
		{method: get, path: "/admin/topics/:topic", doors: admins, page: oneTopic},
		{method: post, path: "/admin/topics/:topic", doors: admins, form: asks("", oneTopic, changeTopic), deed: true},
		{method: post, path: "/admin/topics/:topic/remove", doors: admins, form: asks("remove", oneTopic, removeTopic), deed: true},
		{method: get, path: "/admin/staff", doors: admins, page: staffList},
		{method: post, path: "/admin/staff", doors: admins, form: readHire, deed: true, factor: true},
		{method: get, path: "/admin/staff/:staff", doors: admins, page: oneStaff},
		{method: post, path: "/admin/staff/:staff", doors: admins, form: asksPerson("", oneStaff, postStaff), deed: true, factor: true},
		{method: post, path: "/admin/staff/:staff/away", doors: admins, form: asksPerson("away", oneStaff, goAway), deed: true, factor: true},
		{method: post, path: "/admin/staff/:staff/card", doors: admins, form: asksPerson("card", oneStaff, giveStaffCard), deed: true, factor: true},
		{method: post, path: "/admin/staff/:staff/rekey", doors: admins, form: readRekey, deed: true, factor: true},
		{method: post, path: "/admin/staff/:staff/leave", doors: admins, form: asksPerson("leave", oneStaff, leave), deed: true, factor: true},
		{method: get, path: "/admin/roster", doors: admins, page: roster},
		{method: post, path: "/admin/roster", doors: admins, form: asks("", roster, setRoster), deed: true},
		{method: get, path: "/admin/settings", doors: admins, page: settings},
		{method: post, path: "/admin/settings", doors: admins, form: asks("", settings, setRules), deed: true, factor: true},
		{method: get, path: "/admin/calendar", doors: admins, page: calendar},
		{method: post, path: "/admin/calendar", doors: admins, form: asks("", calendar, loadYear), deed: true, upload: true},
		{method: get, path: holdsPath, doors: admins, page: holdList},
		{method: post, path: holdsPath, doors: admins, form: asks("hold", holdList, setHold), deed: true, factor: true},
		{method: get, path: "/admin/box", doors: admins, page: box},
		{method: get, path: "/admin/sessions", doors: admins, page: sessionList},
		{method: post, path: "/admin/sessions/:session", doors: admins, form: asks("", sessionList, endSession), deed: true},
	}
	for _, name := range views.Guides {
		routes = append(routes, route{method: get, path: "/" + name, doors: all, common: true, page: guide(name)})
	}
	for _, what := range aboutCases {
		routes = append(routes, route{method: post, path: "/calls/:number/" + what, doors: operator, form: readCalled(what), deed: true})
	}
	// Photos and recordings are added by the person, and by who took the case in.
	for _, by := range []struct {
		at    attachAt
		doors []door
	}{{ownCase, reader}, {takenInCase, operator}, {helpedCases, helper}} {
		path := string(by.at) + ":number/"
		routes = append(routes,
			route{method: get, path: path + "attach", doors: by.doors, page: showAttach(by.at)},
			route{method: post, path: path + "attach", doors: by.doors, form: readAttach(by.at), deed: true, upload: true, media: true},
			route{method: post, path: path + "detach/:attached", doors: by.doors, form: readDetach(by.at), deed: true})
	}
	// A resident's deeds have a page each.
	for _, d := range ownDeeds {
		path := "/case/:number/" + string(d)
		routes = append(routes,
			route{method: get, path: path, doors: reader, page: showCaseDeed(d)},
			route{method: post, path: path, doors: reader, form: readCaseDeed(d), deed: true})
	}
	// The deeds of those who open cases are those of the board's table, for the
	// roles it names.
	for _, row := range board.Deeds {
		doors := onDesk(row)
		if len(doors) == 0 {
			continue // a resident's, a helper's or an operator's, who have pages of their own, or the calendar's
		}
		routes = append(routes, route{
			method: post, path: "/desk/case/:number/" + string(row.Deed), doors: doors, form: readDeed(row.Deed), deed: true,
		})
	}
	if p.Bring != nil {
		routes = append(routes,
			route{method: get, path: tablePath, doors: admins, page: tableForm},
			route{method: post, path: tablePath, doors: admins, form: asks("", tableForm, tryTable), upload: true, table: true},
			route{method: get, path: reportPath, doors: admins, page: tableReport},
			route{method: get, path: badPath, doors: admins, take: takeBad},
			route{method: post, path: reportPath, doors: admins, form: asks("go", tableReport, bringTable)},
			route{method: post, path: dropPath, doors: admins, form: asks("drop", tableReport, dropTable)},
		)
	}
	if p.First != nil {
		routes = append(routes,
			route{method: get, path: "/first", doors: all, page: showFirst, early: true},
			route{method: post, path: "/first", doors: all, form: readFirst, login: true, early: true},
		)
	}
	if p.Demo != nil {
		routes = append(routes,
			route{method: get, path: "/demo", doors: all, page: roles},
			route{method: post, path: "/demo/enter/:role", doors: all, form: readEntry},
			route{method: get, path: "/demo/phone", doors: all, page: showPhone},
			route{method: post, path: "/demo/phone", doors: all, form: readText},
		)
	}
	return routes
}
