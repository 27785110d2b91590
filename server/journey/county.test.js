// A county from an empty folder: the first run, and everything an admin sets.
import assert from 'node:assert/strict'
import {after, before, describe, test} from 'node:test'
import {open, person} from './browser.js'
import {looking} from './look.js'
import {authenticator, file, follow, logInStaff, on, onDesk, press, said, t} from './people.js'
import {openEmpty} from './server.js'
import {needs} from './tools.js'

const passphrase = '县里的人 都爱 说真话'
const [zh, en] = ['简体中文', 'English']

describe('an IT person and their county', {...needs('chromium'), timeout: 300_000}, () => {
  let server, browser
  const {look, sound} = looking()
  before(async () => {
    server = await openEmpty()
    browser = await open()
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('an IT person sets the county up from an empty folder', async () => {
    const page = await person(browser, {width: 1280})
    const type = (key, text, values) => page.getByLabel(t(key, values), {exact: true}).fill(text)
    const unfold = key => page.locator('details.act summary', {hasText: t(key)}).click()
    const card = async key => {
      await page.goto(`${server.url}/admin`)
      await page.locator('.choices a', {hasText: t(key)}).first().click()
      await on(page, key)
    }

    await page.goto(server.url)
    await on(page, 'first.open.title')
    await look('first-code', page)
    await type('first.open.label', '0000-0000-0000')
    await press(page, 'first.open.button')
    assert.equal(page.status(), 422)
    await type('first.open.label', (await server.said()).match(/^ +([0-9a-z]{4}(?:-[0-9a-z]{4}){2})$/m)[1])
    await press(page, 'first.open.button')

    await on(page, 'first.county.title')
    await look('first-county', page)
    await press(page, 'first.county.button')
    assert.equal(page.status(), 422)
    await type('first.name.label', '青山县', {Language: zh})
    await type('first.name.label', 'Qingshan County', {Language: en})
    await type('first.hotline.label', '0300-800 9999')
    await press(page, 'first.county.button')

    await on(page, 'first.admin.title')
    await look('first-admin', page)
    const secret = (await page.locator('.num').innerText()).replaceAll(' ', '')
    await type('first.admin.name.label', '石工')
    await type('first.login.label', 'shigong')
    await type('first.password.label', passphrase)
    await type('staff.code.label', '000000')
    await press(page, 'first.admin.button')
    assert.equal(page.status(), 422)
    await type('first.password.label', passphrase)
    await type('staff.code.label', authenticator(secret))
    await press(page, 'first.admin.button')

    await on(page, 'first.keys.title')
    await look('first-keys', page)
    const key = await page.locator('ol.key li').allInnerTexts()
    const group = Number((await page.locator('form label').first().innerText()).match(/\d+/)[0])
    await page.getByLabel(t('first.part.label', {Group: group})).fill(key[group - 1])
    await press(page, 'first.keys.button')
    await on(page, 'first.done.title')
    await look('first-done', page)
    await follow(page, 'first.done.next')
    await look('staff-login', page)
    const login = {login: 'shigong', password: passphrase, secret}
    // The code of this half minute was used up by the first run.
    await logInStaff(page, server, login, authenticator(secret, server.now() + 30_000))
    await on(page, 'admin.title')
    await look('admin', page)

    await card('admin.units.title')
    await look('units-none', page)
    await press(page, 'admin.add')
    assert.equal(page.status(), 422)
    await look('units-errors', page)
    await type('admin.name.label', '水利局', {Language: zh})
    await type('admin.name.label', 'Water Bureau', {Language: en})
    await press(page, 'admin.add')
    await look('units', page)
    await page.getByRole('link', {name: '水利局'}).click()
    await type('admin.units.does.label', '自来水、河道、机井', {Language: zh})
    await look('unit', page)
    await press(page, 'admin.save')

    await card('admin.places.title')
    await follow(page, 'admin.places.import')
    await look('places-import', page)
    await type('admin.places.rows.label', '130129101,城关镇\n130129102,柳河镇\n110101001,东华门街道')
    await type('admin.places.county.label', '130129')
    await press(page, 'admin.places.import.button')
    assert.doesNotMatch(await said(page), /东华门/)
    await look('places', page)
    await page.getByRole('link', {name: '柳河镇'}).click()
    await look('place', page)

    await card('admin.topics.title')
    await type('admin.name.label', '机井', {Language: zh})
    await page.getByLabel(t('admin.topics.parent.label')).selectOption({label: t('topic.farming')})
    await press(page, 'admin.add')
    assert.match(await said(page), /机井/)
    await look('topics', page)
    await page.getByRole('link', {name: '机井'}).click()
    await look('topic', page)

    await card('admin.staff.title')
    await look('people', page)
    await type('admin.staff.name', '周岚')
    await type('staff.name.label', 'zhoulan')
    await page.getByLabel(t('role.dispatcher'), {exact: true}).check()
    await press(page, 'admin.add')
    assert.match(await said(page), new RegExp(t('secret.once')))
    await look('credentials', page)
    const [word, base32] = await page.locator('.num').allInnerTexts()
    await follow(page, 'admin.staff.back')
    await page.getByRole('link', {name: '周岚'}).click()
    await page.getByLabel(t('admin.staff.deputy')).selectOption({label: '石工'})
    await press(page, 'admin.save')
    await unfold('admin.staff.away.title')
    await look('staff-one', page)

    await card('admin.roster.title')
    await look('roster', page)
    await page.getByRole('checkbox').first().check()
    await press(page, 'admin.save')
    assert.match(await said(page), new RegExp(t('admin.said.saved')))

    await card('admin.settings.title')
    await page.getByRole('link', {name: t('admin.settings.fill', {Name: t('preset.12345')})}).click()
    await look('settings', page)
    await type('rules.signDays', '0')
    await press(page, 'admin.save')
    assert.equal(page.status(), 422)
    await look('settings-errors', page)
    await type('rules.signDays', '２')
    await press(page, 'admin.save')
    assert.match(await said(page), new RegExp(t('admin.said.saved')))

    await card('admin.calendar.title')
    await look('calendar', page)
    const year = new Date(server.now()).getFullYear() + 1
    const days = ['01', '02', '03', '04'].map(day => ({name: '元旦', date: `${year}-01-${day}`, isOffDay: true}))
    await page.getByLabel(t('admin.calendar.file.label')).setInputFiles(
      {name: `${year}.json`, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({year, papers: ['https://www.gov.cn/'], days}))})
    await press(page, 'admin.calendar.button')
    assert.match(await said(page), new RegExp(t('admin.calendar.loaded', {Year: year})))

    await card('admin.county.title')
    await look('county', page)

    // Everything stands: somebody writes, and the new dispatcher has it before them.
    const resident = await person(browser)
    const {number} = await file(resident, server, '14000000701', {kind: 'ask', body: '机井什么时候修？', place: 1})
    assert.match(await resident.locator('header').innerText(), /青山县/)
    const zhou = await person(browser, {width: 1280})
    await logInStaff(zhou, server, {login: 'zhoulan', password: word, secret: base32.replaceAll(' ', '')})
    assert.ok(await onDesk(zhou, server, number))
    await page.goto(`${server.url}/desk/case/${number.replaceAll(' ', '')}`)
    assert.ok([403, 404].includes(page.status()), 'an admin reads no case')
    assert.doesNotMatch(await page.content(), /机井什么时候修/)

    await card('admin.sessions.title')
    await look('sessions', page)
    await page.locator('tr', {hasText: '周岚'}).getByRole('button').click()
    await zhou.reload()
    await on(zhou, 'staff.title')

    await page.goto(`${server.url}/first`)
    assert.equal(page.status(), 404, 'the first run happens once')
  })

  test('every page on the way passes the checks and both validators', () => sound())
})
