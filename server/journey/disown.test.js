// What somebody else wrote in a person's name: "not me", and a complaint that
// must not come into the hands of those it is about.
import assert from 'node:assert/strict'
import {after, before, describe, test} from 'node:test'
import {open, person} from './browser.js'
import {looking} from './look.js'
import {answer, choose, deed, does, enter, fill, follow, helpNew, logIn, logInStaff, on, press, receipt, said, state, t, take, unit} from './people.js'
import {open as serve} from './server.js'
import {needs} from './tools.js'

describe('whose words a message holds', {...needs('chromium'), timeout: 300_000}, () => {
  let server, browser
  const {look, sound} = looking()
  const newPerson = options => person(browser, options)
  const desk = async role => {
    const page = await newPerson({width: 1280})
    await enter(page, server, role)
    return page
  }
  const on320 = () => newPerson({width: 320})

  /** A helper files and the person has not shown that they want it; gives the number. */
  const later = async (helper, {name, phone = '', village = '东柳村', body}) => {
    await helpNew(helper, server, {name, village, phone})
    await helper.getByLabel(t('assist.body.label')).fill(body)
    await press(helper, 'assist.words.button')
    if (phone) await helper.locator('summary', {hasText: t('assist.without')}).click()
    await helper.locator('[name=later]').click()
    await on(helper, 'assist.receipt.title')
    const number = (await helper.locator('.num').first().innerText()).trim()
    return {number, bare: number.replaceAll(' ', '')}
  }

  /** Somebody opens the message with number and PIN, as from a sealed letter. */
  const openWith = async (page, {number, bare}) => {
    const pin = (await server.command('pin', bare)).match(/PIN\s+([\d ]+)/)[1].trim()
    await page.goto(`${server.url}/lookup`)
    await page.getByLabel(t('lookup.number.label')).fill(number)
    await page.getByLabel(t('lookup.pin.label')).fill(pin)
    await press(page, 'lookup.submit')
  }
  /** Takes on somebody who works for a unit. */
  const takeOn = async (login, name, unit) => {
    const card = await server.command('staff', 'add', login, '--name', name, '--role', 'handler', '--unit', unit)
    return {login, password: card.match(/Password: (\S+)/)[1], secret: card.match(/secret=([A-Z2-7]+)/)[1]}
  }
  const shelf = async (page, name, number) => {
    await page.goto(`${server.url}/desk?desk=${name}`)
    return await page.locator('tr', {hasText: number}).count() === 1
  }
  before(async () => {
    server = await serve()
    browser = await open()
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('"not me" by text freezes it, the desk asks through somebody else, and it is erased', async () => {
    const phone = '14000000601', helper = await desk('helper')
    const it = await later(helper, {name: '周大妈', phone, body: '东柳村要修一个大广场，请县里拨钱。'})
    const text = await server.text(phone, text => text.includes(it.bare) || text.includes(it.number))
    assert.match(text, /不是我/)
    const known = (await server.texts()).map(text => text.id)
    await server.send(phone, `不是我 ${it.bare}`)
    await server.text(phone, text => text.includes(it.bare) || text.includes(it.number), known)
    await helper.goto(`${server.url}/assist/case/${it.bare}`)
    assert.equal(helper.status(), 403, 'whoever typed it reads it no more')

    const dispatcher = await desk('dispatcher')
    assert.ok(await shelf(dispatcher, 'frozen', it.number))
    await look('desk-frozen', dispatcher)
    await take(dispatcher, it.number)
    assert.match(await said(dispatcher), new RegExp(`${t('standing.frozen')}[^]*李梅`))
    await look('desk-case-frozen', dispatcher)
    await does(dispatcher, 'confirm', {words: '她说没有说过'})
    assert.equal(dispatcher.status(), 422, 'who asked is part of it')
    await look('desk-case-confirm-errors', dispatcher)
    const form = await fill(dispatcher, 'void')
    await form.getByRole('checkbox').check()
    await form.getByRole('button').click()
    assert.match(await said(dispatcher), new RegExp(t('standing.void')))
    assert.doesNotMatch(await dispatcher.content(), /周大妈|广场/)
    await look('desk-case-void', dispatcher)
    await server.text(phone, text => text === t('sms.voided', {Number: it.number}))

    const inspector = await desk('inspector')
    await follow(inspector, 'patterns.title')
    await on(inspector, 'patterns.title')
    await look('patterns', inspector)
    await inspector.getByRole('link', {name: '李梅'}).click()
    assert.equal(await inspector.locator('tr', {hasText: it.number}).count(), 1)
    await look('patterns-cases', inspector)
  })

  test('who was written for says that it is theirs, takes it back, and is asked', async () => {
    const helper = await desk('helper')
    const it = await later(helper, {name: '孙有田', body: '村东头的井盖没有了。'})
    const own = await on320()
    await openWith(own, it)
    assert.match(await said(own), /李梅/)
    await look('case-pending', own)
    await press(own, 'disown.button')
    await on(own, 'disown.title')
    await look('disown', own)
    await press(own, 'disown.button')
    assert.match(await said(own), new RegExp(t('typed.stamp.frozen')))
    await look('case-frozen', own)

    const dispatcher = await desk('dispatcher')
    await shelf(dispatcher, 'frozen', it.number)
    await take(dispatcher, it.number)
    await does(dispatcher, 'confirm', {through: '村医老吴，当面问的', words: '是我请她写的，我按错了。'})
    await state(dispatcher, 'received')
    assert.ok(!await shelf(dispatcher, 'frozen', it.number))
    await own.goto(`${server.url}/case/${it.bare}`)
    assert.match(await said(own), new RegExp(t('typed.by', {By: '李梅（帮办员）'})))
    assert.doesNotMatch(await said(own), new RegExp(t('typed.stamp.frozen')))

    const other = await later(helper, {name: '孙有粮', body: '村西头的路塌了一块。'})
    const page = await on320()
    await openWith(page, other)
    await page.getByRole('link', {name: t('confirm.button')}).click()
    await on(page, 'confirm.title')
    await look('confirm', page)
    await press(page, 'confirm.button')
    await look('case-typed', page)
    await helper.goto(`${server.url}/assist/case/${other.bare}`)
    assert.equal(helper.status(), 200)
    await page.goto(`${server.url}/case/${other.bare}/looks`)
    assert.match(await said(page), /李梅/)
    await look('looks', page)
    await follow(page, 'endhelp.title')
    await look('endhelp', page)
    await press(page, 'endhelp.button')
    await helper.reload()
    assert.equal(helper.status(), 403)
  })

  test('a complaint about the own village committee through the hotline goes elsewhere, to the rating', async () => {
    const committee = '东柳村村民委员会'
    await server.command('unit', 'add', committee)
    const theirs = await takeOn('cunwei', '柳会计', committee)
    const water = await takeOn('shuiban', '水小川', '县水利局')
    const operator = await desk('operator')
    await operator.goto(`${server.url}/desk/intake`)
    await choose(operator, 'intake.came.call')
    await operator.getByLabel(t('intake.name.label')).fill('郑老根')
    await choose(operator, 'kind.complain')
    await operator.getByLabel(t('file.body.label')).fill('村委会把修渠的钱花到别处去了。')
    await operator.locator('[name=about]').selectOption({label: committee})
    await choose(operator, 'tell.read.label')
    await operator.getByLabel(t('intake.consent.label')).check()
    await press(operator, 'intake.submit')
    await on(operator, 'receipt.title')
    const number = (await operator.locator('.num').first().innerText()).trim(), it = {number, bare: number.replaceAll(' ', '')}

    const dispatcher = await desk('dispatcher')
    await take(dispatcher, number)
    assert.match(await said(dispatcher), new RegExp(`${t('standing.about')}[^]*${committee}`))
    const units = await deed(dispatcher, 'assign').getByLabel(t('deed.assign.unit.label'), {exact: true}).locator('option').allInnerTexts()
    assert.ok(!units.includes(committee), 'the office complained about is not offered')
    await look('desk-case-about', dispatcher)
    await does(dispatcher, 'assign', {unit: '县水利局'})

    const accountant = await newPerson({width: 1280}), handler = await newPerson({width: 1280})
    await logInStaff(accountant, server, theirs)
    await accountant.goto(`${server.url}/desk/case/${it.bare}`)
    assert.equal(accountant.status(), 404)
    await logInStaff(handler, server, water)
    await take(handler, number)
    assert.doesNotMatch(await handler.content(), /郑老根/)
    await does(handler, 'sign')
    await does(handler, 'answer', {found: '9月18日查了账，有三千元没有用在渠上。', done: '9月25日前退回村集体账上。', contact: '农水科 0300-800 1125'})
    await press(handler, 'preview.send')
    const reviewer = await desk('reviewer')
    await take(reviewer, number)
    await does(reviewer, 'approve')

    const own = await on320()
    await openWith(own, it)
    assert.match(await own.locator('.letter').innerText(), /退回村集体账上/)
    await choose(own, 'rate.yes.label')
    await press(own, 'rate.submit')
    await state(own, 'closed')
  })

  test('a complaint about the county desk passes the county desk by', async () => {
    const phone = '14000000604', page = await on320()
    await page.goto(`${server.url}/assisted`)
    await on(page, 'assisted.title')
    await look('assisted', page)
    await page.goto(`${server.url}/help`)
    await follow(page, 'aboutdesk.title')
    await on(page, 'aboutdesk.title')
    await look('about-desk', page)
    await press(page, 'aboutdesk.button')
    await logIn(page, server, phone)
    await answer(page, {kind: 'complain', body: '总台说不归县里管，也不说归谁管。', name: '高素芬'})
    await press(page, 'file.next')
    assert.match(await said(page), new RegExp(t('check.about.desk')))
    await look('check-about', page)
    await page.goto(`${server.url}/about-desk`)
    await look('about-desk-chosen', page)
    await page.goto(`${server.url}/file/check`)
    await press(page, 'check.send')
    const {number, bare} = await receipt(page)

    for (const role of ['dispatcher', 'reviewer']) {
      const desks = await desk(role)
      await desks.goto(`${server.url}/desk/case/${bare}`)
      assert.equal(desks.status(), 404, `the ${role} has no part in it`)
    }
    const inspector = await desk('inspector')
    assert.ok(await shelf(inspector, 'inspector', number))
    await look('desk-inspector', inspector)
    await take(inspector, number)
    assert.match(await said(inspector), new RegExp(t('standing.about.desk')))
    await does(inspector, 'assign', {unit})
    await look('desk-case-inspector', inspector)
    const handler = await desk('handler')
    await handler.goto(`${server.url}/desk/case/${bare}`)
    assert.doesNotMatch(await handler.content(), /高素芬|140 ?0000 ?0604/)
    await does(handler, 'sign')
    await does(handler, 'answer', {found: '查了记录，当天没有说明归谁管。', done: '9月19日已经告诉本人归市里的公路局管，并写了电话。', contact: '督查科 0300-800 1001'})
    await press(handler, 'preview.send')
    await inspector.goto(`${server.url}/desk/case/${bare}`)
    await does(inspector, 'approve')
    await page.goto(`${server.url}/case/${bare}/rate`)
    await choose(page, 'rate.no.label')
    await press(page, 'rate.submit')
    await state(page, 'in-hand')
  })

  test('all of them hold to what every page holds to', sound)
})
