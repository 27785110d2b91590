// The loop as people walk it: Chromium with script off, one server, a fixed Friday.
import assert from 'node:assert/strict'
import {after, before, describe, test} from 'node:test'
import {axe} from './axe.js'
import {focused, open, person} from './browser.js'
import * as checks from './checks.js'
import {looking} from './look.js'
import {answer, choose, enter, file, follow, logIn, on, press, receipt, t, work} from './people.js'
import {open as serve} from './server.js'
import {needs} from './tools.js'
import * as wire from './wire.js'

const words = '东关村供销社门口到小学那段路，五盏路灯有四盏不亮，快半个月了。\n孩子下晚自习摸黑走。'
const reply = {
  found: '9月18日下午到东关村看过，供销社到小学有四盏灯不亮，是地下电缆被挖断。',
  done: '电缆9月19日接好，四盏灯换了灯泡，当晚都亮了。',
  basis: '《城市照明管理规定》第二十二条', contact: '路灯管理所 李师傅，0300-800 5678',
}

describe('people and their message board', {...needs('chromium'), timeout: 300_000}, () => {
  let server, browser
  const newPerson = options => person(browser, options)
  before(async () => {
    server = await serve()
    browser = await open()
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('a resident files, follows and rates, without script', async () => {
    const phone = '14000000101'
    const page = await newPerson()
    const eyes = looking()
    const look = (name, at = page) => eyes.look(name, at)

    await page.goto(server.url)
    await on(page, 'home.title')
    await look('home')
    await follow(page, 'home.file')
    await logIn(page, server, phone, look)
    await on(page, 'file.title')
    await look('file')
    await answer(page, {kind: 'help', body: words, title: '东关村路灯不亮', place: 1, village: '东关村', name: '李大娘'})
    await press(page, 'file.next')
    await on(page, 'check.title')
    assert.match(await page.locator('main').innerText(), /孩子下晚自习摸黑走/)
    await look('check')
    await press(page, 'check.send')
    const {number, bare} = await receipt(page)
    await look('receipt')
    await server.text(phone, text => text.includes(bare) || text.includes(number))

    await follow(page, 'receipt.case')
    await look('case')
    assert.match(await page.locator('.stamp').first().innerText(), new RegExp(t('state.received')))

    await work(server, () => newPerson({width: 1280}), number, reply, look)

    await follow(page, 'case.refresh')
    await look('case-answered')
    assert.match(await page.locator('.letter').innerText(), /当晚都亮了/)
    await choose(page, 'rate.yes.label')
    await press(page, 'rate.submit')
    await page.goto(server.url)
    await follow(page, 'home.cases')
    await on(page, 'cases.title')
    await look('cases')
    await page.getByRole('link', {name: '东关村路灯不亮'}).first().click()
    assert.match(await page.locator('main').innerText(), new RegExp(t('case.rating', {Rating: t('outcome.solved')})))
    await look('case-rated')

    await eyes.sound()
  })

  test('a resident answers one question a page', async () => {
    const page = await newPerson()
    await page.goto(`${server.url}/file/step/kind`)
    await logIn(page, server, '14000000102')
    await on(page, 'file.kind.title')
    await choose(page, 'kind.suggest')
    await press(page, 'file.next')
    await on(page, 'file.words.title')
    await page.getByLabel(t('file.body.label')).fill('车站到医院，早上加一班车。')
    await press(page, 'file.next')
    await on(page, 'file.place.title')
    await press(page, 'file.next')
    await on(page, 'file.you.title')
    await press(page, 'file.next')
    await on(page, 'check.title')
    await press(page, 'check.send')
    await receipt(page)
  })

  test('a wrong answer says how to mend it, and no word is lost', async () => {
    const page = await newPerson({width: 320})
    await page.goto(`${server.url}/file`)
    await page.getByLabel(t('login.phone.label')).fill('138 0013')
    await press(page, 'login.send')
    assert.equal(page.status(), 422)
    assert.equal(await page.getByLabel(t('login.phone.label')).inputValue(), '138 0013')
    await page.goto(`${server.url}/file`)
    await logIn(page, server, '14000000103')

    const long = '很长的话。'.repeat(500)
    await page.getByLabel(t('file.body.label')).fill(long)
    await page.getByLabel(t('file.village.label')).fill('东关村')
    await press(page, 'file.next')
    assert.equal(page.status(), 422)
    assert.ok((await page.title()).startsWith(t('top.error')))
    await focused(page, 'errs')
    assert.equal(await page.getByLabel(t('file.body.label')).inputValue(), long)
    assert.equal(await page.getByLabel(t('file.village.label')).inputValue(), '东关村')
    checks.none([...await axe(page), ...await checks.reflow(page)])

    for (const link of await page.locator('#errs a').all()) {
      const field = (await link.getAttribute('href')).slice(1)
      await link.click()
      await focused(page, field)
      const top = await page.evaluate(id => {
        const field = document.getElementById(id)
        const label = field.closest('fieldset')?.querySelector('legend') ?? field.labels[0]
        return label.getBoundingClientRect().top
      }, field)
      assert.ok(top >= 0, `the label of ${field} is in sight, not ${top} px above`)
    }
    await answer(page, {kind: 'ask', body: '短一点。'})
    await press(page, 'file.next')
    await on(page, 'check.title')
  })

  test('words typed before a session ended, and a draft of last week, are there after the login', async context => {
    const server = await serve({now: '2026-09-18T10:00:00+08:00'})
    context.after(() => server.stop())
    const phone = '14000000104'
    const page = await newPerson()
    await page.goto(`${server.url}/file`)
    await logIn(page, server, phone)
    await answer(page, {kind: 'complain', body: '夜里施工吵得睡不着。'})
    await server.restart('2026-10-28T10:00:00+08:00')
    await press(page, 'file.next')
    await page.getByText(t('login.kept')).waitFor()
    await logIn(page, server, phone)
    await on(page, 'check.title')
    assert.match(await page.locator('main').innerText(), /夜里施工吵得睡不着/)

    await server.restart('2026-11-03T10:00:00+08:00')
    const other = await newPerson()
    await other.goto(`${server.url}/file`)
    await logIn(other, server, phone)
    assert.equal(await other.getByLabel(t('file.body.label')).inputValue(), '夜里施工吵得睡不着。')
  })

  test('a message sent twice is one message, and the back button sends none', async () => {
    const page = await newPerson()
    await page.goto(`${server.url}/file`)
    await logIn(page, server, '14000000105')
    await answer(page, {kind: 'thank', body: '谢谢修路的师傅。'})
    await press(page, 'file.next')
    const again = await page.context().newPage()
    await again.goto(page.url())
    await press(page, 'check.send')
    const {bare} = await receipt(page)
    await press(again, 'check.send')
    assert.match(again.url(), new RegExp(`/receipt/${bare}(#|$)`))
    await page.goBack()
    await page.goto(`${server.url}/cases`)
    assert.equal(await page.getByText('谢谢修路的师傅').count(), 1)
  })

  test('number and PIN open a case anywhere, without its private words', async () => {
    const page = await newPerson()
    const {number, pin, bare} = await file(page, server, '14000000106',
      {kind: 'help', body: '母亲腿脚不便，想问护理补贴。', title: '问护理补贴', remark: '门牌十七号'})
    const other = await newPerson()
    await other.goto(server.url)
    await follow(other, 'home.lookup')
    await other.getByLabel(t('lookup.number.label')).fill(number)
    await other.getByLabel(t('lookup.pin.label')).fill(pin)
    await press(other, 'lookup.submit')
    const seen = await other.locator('main').innerText()
    assert.match(seen, new RegExp(t('state.received')))
    assert.doesNotMatch(seen, /腿脚不便|十七号/)
    checks.none(await axe(other))

    const stranger = await newPerson()
    await enter(stranger, server, 'resident')
    await stranger.goto(`${server.url}/case/${bare}`)
    assert.equal(stranger.status(), 404)
    assert.doesNotMatch(await stranger.content(), /护理补贴/)
  })

  test('who has only a basic phone asks by text, and is told', async () => {
    const phone = '14000000108'
    const {number, bare} = await file(await newPerson(), server, phone, {kind: 'ask', body: '护林员什么时候招？'})
    const known = (await server.texts()).map(text => text.id)
    await server.send('+86' + phone, `查 ${bare}`)
    const told = await server.text(phone, text => text.includes(number), known)
    assert.match(told, new RegExp(t('sms.state.received', {Number: number, Date: '.+'})))
  })

  test('size, colours and language are chosen without script, and stay', async () => {
    const page = await newPerson()
    await page.goto(server.url)
    await page.getByLabel(t('top.size')).selectOption('30')
    await page.getByLabel(t('top.theme')).selectOption('dark')
    await page.getByLabel(t('top.language')).selectOption('en')
    await press(page, 'top.apply')
    for (const path of ['/', '/lookup']) {
      await page.goto(server.url + path)
      assert.deepEqual(await page.evaluate(() => [...document.documentElement.classList].sort()), ['dark', 's30'])
      assert.equal(await page.evaluate(() => document.documentElement.lang), 'en')
    }
  })

  test('a page costs two requests at first and one later; filing costs 24 KB in all', async context => {
    const relay = await wire.open(server.url)
    context.after(() => relay.close())
    const through = {...server, url: relay.url}
    const page = await newPerson()
    await page.goto(relay.url)
    const home = relay.tally()
    assert.equal(home.paths.length, 2, home.paths.join(' '))
    assert.ok(home.bytes <= 6 << 10, `the home page took ${home.bytes} bytes`)
    await follow(page, 'home.file')
    const login = relay.tally()
    assert.ok(login.paths.every(path => !path.startsWith('/static/')), login.paths.join(' '))
    await page.context().close()

    const newcomer = await newPerson()
    await file(newcomer, through, '14000000107', {kind: 'ask', body: '请问周六办不办身份证？', place: 2, village: '柳河街'})
    const filing = relay.tally()
    assert.ok(filing.bytes <= 24 << 10, `filing took ${filing.bytes} bytes in ${filing.paths.length} requests: ${filing.paths.join(' ')}`)
  })
})
