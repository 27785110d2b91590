// The desks: what staff do, and how they come in.
import assert from 'node:assert/strict'
import {after, before, describe, test} from 'node:test'
import {axe} from './axe.js'
import {focused, open, person} from './browser.js'
import * as checks from './checks.js'
import {choose, does, enter, file, hire, logInStaff, on, press, t, take, unit} from './people.js'
import {open as serve, openEmpty} from './server.js'
import {needs} from './tools.js'

const empty = {found: '您反映的问题已收悉。', done: '已转有关部门研究。', contact: '值班室 0300-800 5000'}
const full = {found: '9月18日到站台看过，早班车七点四十才到。', done: '9月21日起加开六点五十一班。', contact: '运输科 老周，0300-800 5001'}

describe('staff at their desks', {...needs('chromium'), timeout: 300_000}, () => {
  let server, browser
  const desk = async role => {
    const page = await person(browser, {width: 1280})
    await enter(page, server, role)
    return page
  }
  before(async () => {
    server = await serve()
    browser = await open()
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('a reviewer returns an empty answer; the resident reads only the one that passed, and re-opens', async () => {
    const resident = await person(browser)
    const {number, bare} = await file(resident, server, '14000000301', {kind: 'suggest', body: '早上去县医院的车太晚，赶不上挂号。', title: '早班车太晚'})
    const dispatcher = await desk('dispatcher'), handler = await desk('handler'), reviewer = await desk('reviewer')
    await take(dispatcher, number)
    await does(dispatcher, 'assign', {unit})
    await handler.reload()
    await take(handler, number)
    await does(handler, 'sign')
    await does(handler, 'answer', empty)
    await press(handler, 'preview.send')

    await reviewer.reload()
    await take(reviewer, number)
    await does(reviewer, 'return', {reason: '没有写查到了什么，也没有日期。'})
    await resident.goto(`${server.url}/case/${bare}`)
    assert.doesNotMatch(await resident.content(), /已收悉|也没有日期/)

    await handler.goto(`${server.url}/desk/case/${bare}`)
    assert.match(await handler.locator('main').innerText(), /也没有日期/)
    checks.none([...await axe(handler), ...await checks.reflow(handler)])
    await does(handler, 'answer', full)
    await press(handler, 'preview.send')
    await reviewer.goto(`${server.url}/desk/case/${bare}`)
    await does(reviewer, 'approve')

    await resident.reload()
    assert.match(await resident.locator('.letter').innerText(), /六点五十一班/)
    assert.doesNotMatch(await resident.content(), /已收悉/)
    await choose(resident, 'rate.no.label')
    await press(resident, 'rate.submit')
    await handler.goto(`${server.url}/desk`)
    assert.equal(await handler.locator('tr', {hasText: number}).count(), 1, 'it is on the same desk again')
  })

  test('a form of a desk that is not filled says so at the field, and keeps the rest', async () => {
    const handler = await desk('handler')
    const resident = await person(browser)
    const {number} = await file(resident, server, '14000000302', {kind: 'help', body: '巷口的井盖没了。'})
    const dispatcher = await desk('dispatcher')
    await take(dispatcher, number)
    await does(dispatcher, 'assign')
    assert.equal(dispatcher.status(), 422)
    await does(dispatcher, 'assign', {unit})
    await handler.reload()
    await take(handler, number)
    await does(handler, 'sign')
    await does(handler, 'answer', {found: '井盖被车压裂了。'})
    assert.equal(handler.status(), 422)
    await focused(handler, 'errs')
    assert.equal(await handler.getByLabel(t('deed.answer.found.label')).inputValue(), '井盖被车压裂了。')
    checks.none([...await axe(handler), ...await checks.reflow(handler)])
  })

  test('a county opens: it is named and staffed by command, and its dispatcher logs in', async context => {
    const county = await openEmpty()
    context.after(() => county.stop())
    await county.command('county', '--name', '青山县', '--name-en', 'Qingshan', '--hotline', '0300-800 9999', '--township', '城关镇=Chengguan')
    await county.command('unit', 'add', '水利局', '--en', 'Water Bureau')
    const zhou = await hire(county, 'zhoulan', '周岚', 'dispatcher')

    const page = await person(browser, {width: 1280})
    await logInStaff(page, county, zhou, '000000')
    assert.match(await page.locator('#errs').innerText(), new RegExp(t('fault.staff.refused')))
    await logInStaff(page, county, zhou)
    await on(page, 'desk.title')
    assert.match(await page.locator('header').innerText(), /青山县/)
  })
})
