// What an IT person does besides setting a county up: bringing in the table of
// another system, looking after the box, and giving its seal out of the house.
import assert from 'node:assert/strict'
import {readFile} from 'node:fs/promises'
import {after, before, describe, test} from 'node:test'
import {open, person} from './browser.js'
import {looking} from './look.js'
import {choose, enter, follow, on, onDesk, press, said, state, t, work} from './people.js'
import {open as serve} from './server.js'
import {needs} from './tools.js'

const title = '东街路灯整夜不亮'
const table = `工单号,诉求类型,标题,内容,受理时间,承办单位,回访结果
2026090001,求助,${title},"东街的路灯不亮，
晚上看不见路",2026-09-10 09:00,城管局,
2026090002,建议,车站长椅,车站放几把长椅,2026-09-11,某某局,
2026090003,闲聊,天气,今天天气好,2026-09-12,,
`
const upload = text => ({name: '导出.csv', mimeType: 'text/csv', buffer: Buffer.from(text)})

describe('an IT person and the box', {...needs('chromium'), timeout: 300_000}, () => {
  let server, browser
  const {look, sound} = looking()
  const newPerson = options => person(browser, options)
  before(async () => {
    server = await serve()
    browser = await open()
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('an administrator brings in a table, mends its bad row, and a case of it is worked on to its end', async () => {
    const admin = await newPerson({width: 1280})
    await enter(admin, server, 'admin')
    await admin.goto(`${server.url}/admin`)
    await admin.locator('.choices a', {hasText: t('import.title')}).click()
    await on(admin, 'import.title')
    await look('import', admin)
    const send = async text => {
      await admin.getByLabel(t('import.file.label')).setInputFiles(upload(text))
      await press(admin, 'import.button')
    }
    await send('a,b\n1,2\n')
    assert.equal(admin.status(), 422)
    await look('import-errors', admin)

    await send(table)
    assert.ok((await said(admin)).includes(t('import.tried', {Read: 3, Added: 2, Known: 0, Bad: 1})))
    for (const taken of [t('import.column.body'), t('import.left'), '县城市管理局', t('import.unknown'), '闲聊']) {
      assert.ok((await said(admin)).includes(taken), `the report does not say ${taken}`)
    }
    await look('import-tried', admin)
    const [download] = await Promise.all([admin.waitForEvent('download'), follow(admin, 'import.bad.take')])
    const bad = await readFile(await download.path(), 'utf8')
    assert.match(bad, /闲聊/)
    assert.doesNotMatch(bad, /长椅/)

    await admin.getByRole('button', {name: t('import.go.button', {Count: 2}), exact: true}).click()
    assert.ok((await said(admin)).includes(t('import.done', {Read: 3, Added: 2, Known: 0, Bad: 1})))
    await look('import-done', admin)
    await follow(admin, 'import.another')
    await send(bad.replace(',闲聊,', ',咨询,'))
    await admin.getByRole('button', {name: t('import.go.button', {Count: 1}), exact: true}).click()
    assert.ok((await said(admin)).includes(t('import.done', {Read: 1, Added: 1, Known: 0, Bad: 0})))

    const dispatcher = await newPerson({width: 1280})
    await enter(dispatcher, server, 'dispatcher')
    for (const title of ['车站长椅', '天气']) assert.ok(await onDesk(dispatcher, server, title))
    const bare = (await dispatcher.locator('tr', {hasText: title}).getByRole('link').first().getAttribute('href')).split('/').at(-1)
    await work(server, newPerson, title, {found: '9月18日去看过。', done: '9月18日换了灯泡。', contact: '李建平，0300-800 1102'})

    const pin = (await server.command('pin', bare)).match(/PIN +(\d{3} \d{3})/)[1]
    const author = await newPerson()
    await author.goto(`${server.url}/lookup`)
    await author.getByLabel(t('lookup.number.label')).fill(bare)
    await author.getByLabel(t('lookup.pin.label')).fill(pin)
    await press(author, 'lookup.submit')
    await look('case-imported', author)
    assert.match(await said(author), /换了灯泡/)
    await choose(author, 'rate.yes.label')
    await press(author, 'rate.submit')
    await state(author, 'closed')
  })

  test('anybody takes the seal away, and an administrator sees how the box is', async () => {
    const anyone = await newPerson()
    await anyone.goto(`${server.url}/checkpoint`)
    assert.ok((await said(anyone)).includes(t('checkpoint.none')))
    const sealed = await server.command('checkpoint')
    await anyone.goto(server.url)
    await follow(anyone, 'privacy.title')
    await follow(anyone, 'checkpoint.title')
    await on(anyone, 'checkpoint.title')
    await look('checkpoint', anyone)
    const [download] = await Promise.all([anyone.waitForEvent('download'), follow(anyone, 'checkpoint.take')])
    assert.equal(await readFile(await download.path(), 'utf8'), sealed)
    await server.command('verify', '--checkpoint', await download.path())

    const admin = await newPerson({width: 1280})
    await enter(admin, server, 'admin')
    await admin.goto(`${server.url}/admin`)
    await admin.locator('.choices a', {hasText: t('box.title')}).click()
    await on(admin, 'box.title')
    await look('box', admin)
    assert.ok((await said(admin)).includes(await anyone.locator('p.box .num').innerText()))
    await follow(admin, 'checkpoint.title')
    await on(admin, 'checkpoint.title')
  })

  test('every page on the way passes the checks and both validators', () => sound())
})
