// What residents do to their own case: change their mind, object, share a phone,
// keep it to themselves.
import assert from 'node:assert/strict'
import {after, before, describe, test} from 'node:test'
import {focused, open, person} from './browser.js'
import {looking} from './look.js'
import {choose, deed, does, enter, file, follow, hire, logIn, logInStaff, on, onDesk, pick, press, said, state, t} from './people.js'
import {open as serve} from './server.js'
import {needs} from './tools.js'

describe('residents and what is theirs', {...needs('chromium'), timeout: 300_000}, () => {
  let server, browser
  const {look, sound} = looking()
  const newPerson = options => person(browser, options)
  const desk = async (role, at = server) => {
    const page = await newPerson({width: 1280})
    await enter(page, at, role)
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

  test('a resident changes the words within ten minutes, adds a line, withdraws and takes it back', async context => {
    const server = await serve({now: '2026-09-18T10:00:00+08:00'})
    context.after(() => server.stop())
    const page = await newPerson()
    const {number, bare} = await file(page, server, '14000000401', {kind: 'help', body: '东关村有三盏路灯不亮。', title: '路灯不亮', place: 1})
    await follow(page, 'edit.title')
    await on(page, 'edit.title')
    await look('edit', page)
    const body = page.getByLabel(t('file.body.label'))
    assert.equal(await body.inputValue(), '东关村有三盏路灯不亮。')
    await body.fill('')
    await press(page, 'edit.button')
    assert.equal(page.status(), 422)
    await look('edit-errors', page)
    await body.fill('东关村有四盏路灯不亮。')
    await press(page, 'edit.button')
    assert.match(await said(page), /四盏/)
    assert.doesNotMatch(await said(page), /三盏/)
    await look('case-received', page)

    await follow(page, 'add.title')
    await look('add', page)
    await press(page, 'add.button')
    assert.equal(page.status(), 422)
    await focused(page, 'errs')
    await page.getByLabel(t('add.words.label')).fill('昨晚又有人绊倒了。')
    await press(page, 'add.button')
    assert.match(await said(page), /昨晚又有人绊倒了/)
    await look('case-added', page)

    await server.restart('2026-09-18T10:30:00+08:00')
    await page.reload()
    assert.equal(await page.locator(`a[href$="/edit"]`).count(), 0, 'after ten minutes nothing is changed any more')
    await page.goto(`${server.url}/case/${bare}/edit`)
    assert.equal(new URL(page.url()).pathname, `/case/${bare}`)
    const dispatcher = await desk('dispatcher', server)
    assert.ok(await onDesk(dispatcher, server, number))

    await follow(page, 'withdraw.button')
    await on(page, 'withdraw.title')
    await look('withdraw', page)
    await press(page, 'withdraw.button')
    await state(page, 'withdrawn')
    await look('case-withdrawn', page)
    assert.ok(!await onDesk(dispatcher, server, number))

    await server.restart('2026-09-24T10:00:00+08:00')
    await page.reload()
    await follow(page, 'restore.button')
    await on(page, 'restore.title')
    await look('restore', page)
    await press(page, 'restore.button')
    await state(page, 'received')
    assert.match(await said(page), /四盏[^]*昨晚又有人绊倒了/)
    assert.ok(await onDesk(await desk('dispatcher', server), server, number))
  })

  test('a declined resident objects and is heard by somebody else', async () => {
    const phone = '14000000402', page = await newPerson()
    const {number, bare} = await file(page, server, phone, {kind: 'complain', body: '邻居家的墙占了巷子。', title: '墙占了巷子', name: '赵大叔', remark: '晚上在家'})
    const both = await newPerson({width: 1280}) // may decline and may hear objections, but not to what they declined
    await logInStaff(both, server, await hire(server, 'both', '钱程', 'dispatcher', 'reviewer'))
    await pick(both, server, number)
    await does(both, 'decline', {reason: t('decline.in-court'), words: '官司还在打，法院判了以后按判决办。法院电话 0300-800 6000。'})
    await state(both, 'declined')
    await look('desk-case-declined', both)
    await server.text(phone, text => text.startsWith(t('sms.declined', {Number: number}).slice(0, 20)))

    await follow(page, 'receipt.case')
    await state(page, 'declined')
    assert.match(await said(page), new RegExp(`${t('decline.in-court')}[^]*法院判了以后按判决办`))
    await look('case-declined', page)
    await follow(page, 'object.title')
    await on(page, 'object.title')
    await look('object', page)
    await page.getByLabel(t('object.words.label')).fill('官司是另一面墙，不是这一面。')
    await press(page, 'object.button')
    assert.match(await said(page), new RegExp(t('next.objection')))
    await look('case-objection', page)
    assert.equal(await page.getByRole('link', {name: t('object.title')}).count(), 0, 'an objection is made once')

    await both.goto(`${server.url}/desk/case/${bare}`)
    for (const name of ['uphold', 'overturn']) assert.equal(await deed(both, name).count(), 0, `who declined may not ${name}`)
    const reviewer = await desk('reviewer')
    await pick(reviewer, server, number)
    assert.match(await said(reviewer), /不是这一面/)
    assert.doesNotMatch(await reviewer.content(), /赵大叔|140 ?0000 ?0402|晚上在家/)
    await look('desk-case-objection', reviewer)
    await does(reviewer, 'overturn', {words: '您说得对，这面墙没有官司，县里来办。'})

    await server.text(phone, text => text.startsWith(t('sms.overturned', {Number: number, Date: ''}).slice(0, 20)))
    await page.goto(`${server.url}/case/${bare}`)
    await state(page, 'received')
    assert.match(await said(page), new RegExp(t('event.overturned')))
    assert.ok(await onDesk(await desk('dispatcher'), server, number))
  })

  test('whoever is sent another way, and objects in vain, reads why', async () => {
    const phone = '14000000403', page = await newPerson()
    const {number, bare} = await file(page, server, phone, {kind: 'help', body: '厂里欠我三个月工资。', title: '欠工资'})
    const dispatcher = await desk('dispatcher')
    await pick(dispatcher, server, number)
    await does(dispatcher, 'divert', {path: t('divert.arbitration'), words: '请带合同到县仲裁院，一年以内都可以去。'})
    await page.goto(`${server.url}/case/${bare}`)
    assert.match(await said(page), new RegExp(`${t('case.diverted')}[^]*${t('divert.arbitration')}[^]*请带合同到县仲裁院`))
    await look('case-diverted', page)
    await follow(page, 'object.title')
    await page.getByLabel(t('object.words.label')).fill('我没有合同。')
    await press(page, 'object.button')
    const reviewer = await desk('reviewer')
    await pick(reviewer, server, number)
    await does(reviewer, 'uphold', {words: '没有合同也可以仲裁，工资条、考勤都行。'})
    await page.reload()
    assert.match(await said(page), new RegExp(`${t('case.ruling')}[^]*工资条、考勤都行`))
    assert.equal(await page.getByRole('link', {name: t('object.title')}).count(), 0)
    await look('case-upheld', page)
  })

  test('three people share a phone', async () => {
    const phone = '14000000404', mother = await newPerson()
    const {bare} = await file(mother, server, phone, {kind: 'ask', body: '高龄补贴怎么领？', title: '高龄补贴'})
    await mother.goto(`${server.url}/cases`)
    await follow(mother, 'me.title')
    await on(mother, 'me.title')
    await look('me', mother)
    await mother.getByLabel(t('me.name.label')).fill('王桂兰')
    await choose(mother, 'tell.read.label')
    await press(mother, 'me.submit')
    assert.match(await said(mother), new RegExp(t('flash.done')))

    const shared = mother // the phone goes from hand to hand
    const join = async name => {
      await shared.goto(`${server.url}/me`)
      await follow(shared, 'me.others.change')
      await on(shared, 'who.title')
      await choose(shared, 'who.new.label')
      await shared.getByLabel(t('who.name.label')).fill(name)
      await press(shared, 'who.submit')
      await on(shared, 'cases.title')
      assert.match(await said(shared), new RegExp(t('cases.empty')), `${name} has written nothing yet`)
    }
    await join('李大山')
    await shared.goto(`${server.url}/case/${bare}`)
    assert.equal(shared.status(), 404, 'the son does not read what his mother wrote')
    await join('李小花')
    await shared.goto(`${server.url}/me`)
    assert.match(await said(shared), /王\*兰[^]*李\*山/)
    assert.doesNotMatch(await shared.content(), /王桂兰|李大山/)
    await look('me-three', shared)

    await server.later(5) // a phone gets no second code at once
    const later = await newPerson()
    await later.goto(`${server.url}/cases`)
    await logIn(later, server, phone)
    await on(later, 'who.title')
    assert.equal(await later.locator('.opt label').filter({visible: true}).count(), 4)
    await look('who', later)
    await press(later, 'who.submit')
    assert.equal(later.status(), 422)
    await look('who-errors', later)
    await later.locator('.opt label', {hasText: '王*兰'}).click()
    await press(later, 'who.submit')
    await on(later, 'cases.title')
    assert.match(await said(later), /高龄补贴/)
  })

  test('a private case is opened only by number and PIN', async () => {
    const phone = '14000000405', page = await newPerson()
    const {number, pin, bare} = await file(page, server, phone,
      {kind: 'help', body: '家里的事，不想让人知道。', title: '家里的事', name: '孙小妹', secret: true})
    await look('receipt-private', page)
    await page.goto(`${server.url}/cases`)
    assert.match(await said(page), new RegExp(t('cases.empty')))

    await server.later(5)
    const again = await newPerson()
    await again.goto(`${server.url}/cases`)
    await logIn(again, server, phone)
    assert.match(await said(again), new RegExp(t('cases.empty')))
    await again.goto(`${server.url}/case/${bare}`)
    assert.equal(again.status(), 404)

    const dispatcher = await desk('dispatcher')
    await pick(dispatcher, server, number)
    const known = (await server.texts()).map(text => text.id)
    await does(dispatcher, 'assign', {unit: '县城市管理局'})
    assert.equal(await server.text(phone, text => text.includes(number), known), t('sms.news', {Number: number}), 'a text that names nothing')

    const slip = await newPerson()
    await slip.goto(`${server.url}/lookup`)
    await slip.getByLabel(t('lookup.number.label')).fill(number)
    await slip.getByLabel(t('lookup.pin.label')).fill(pin.replace(/\d$/, digit => (Number(digit) + 1) % 10))
    await press(slip, 'lookup.submit')
    assert.equal(slip.status(), 422)
    await slip.getByLabel(t('lookup.pin.label')).fill(pin)
    await press(slip, 'lookup.submit')
    await state(slip, 'assigned')
    assert.doesNotMatch(await slip.content(), /不想让人知道|孙小妹/)
    await look('case-looked', slip)
  })

  test('every page on the way passes the checks and both validators', () => sound())
})
