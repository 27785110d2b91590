// Helpers: whom they write for, key by key and page by page, and what they read aloud.
import assert from 'node:assert/strict'
import {after, before, describe, test} from 'node:test'
import {setTimeout as pause} from 'node:timers/promises'
import {open, person} from './browser.js'
import {looking} from './look.js'
import {choose, consent, does, enter, follow, helpNew, logIn, on, press, said, serial, state, t, take, unit} from './people.js'
import {open as serve} from './server.js'
import {needs} from './tools.js'

const words = '村口的路灯坏了半个月，晚上看不见。'

describe('a helper writes for people', {...needs('chromium'), timeout: 300_000}, () => {
  let server, browser
  const {look, sound} = looking()
  const helper = async (options = {}) => {
    const page = await person(browser, options)
    await enter(page, server, 'helper')
    return page
  }
  const desk = async role => {
    const page = await person(browser, {width: 1280})
    await enter(page, server, role)
    return page
  }
  /** Leads a case to its answer, as the made-up county's people do. */
  const answered = async number => {
    const dispatcher = await desk('dispatcher'), handler = await desk('handler'), reviewer = await desk('reviewer')
    await take(dispatcher, number)
    await does(dispatcher, 'assign', {unit})
    await handler.reload()
    await take(handler, number)
    await does(handler, 'sign')
    await does(handler, 'answer', {found: '灯泡烧了。', done: '今天换好了。', contact: '路灯班 0300-800 1102'})
    await press(handler, 'preview.send')
    await reviewer.reload()
    await take(reviewer, number)
    await does(reviewer, 'approve')
    for (const page of [dispatcher, handler, reviewer]) await page.context().close()
  }
  before(async () => {
    server = await serve()
    browser = await open()
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('somebody known is written for with twelve keys besides the words, on five pages', async () => {
    const phone = '14000000501', page = await helper()
    await helpNew(page, server, {name: '王桂枝', village: '东柳村', phone})
    await consent(page, server, phone, '路太黑。')
    await press(page, 'assist.end')
    await on(page, 'assist.title')
    await server.later(12) // the same person says something else on another day

    let keys = 0
    const key = async (...names) => {
      for (const name of names) await page.keyboard.press(name), keys++
    }
    const pages = new Set()
    page.on('framenavigated', () => pages.add(new URL(page.url()).pathname.replace(/\d+$/, '')))
    const at = async selector => { // the focus is there by itself
      for (let tries = 0; tries < 100; tries++) {
        const there = page.evaluate(selector => document.activeElement?.matches(selector), selector)
        if (await there.catch(() => false)) return // the page may just be going
        await pause(50)
      }
      assert.fail(`the focus is not at ${selector}, on ${page.url()}`)
    }

    await page.goto(`${server.url}/assist`)
    await at('#f-q')
    await key('0', '1', 'Enter')
    await at('[type=submit][value="替王桂枝留言"]')
    await key('Enter')
    await at('#f-body')
    await page.keyboard.insertText(words)
    await key('Tab', 'Enter')
    await at('#f-public')
    assert.match(await said(page), new RegExp(words))
    const known = (await server.texts()).map(text => text.id)
    await key('Enter')
    await at('#f-code')
    const code = (await server.text(phone, text => text.includes(t('assist.code.label')), known)).match(/\d{4}/)[0]
    await key(...code, 'Enter')
    await page.waitForURL(/receipt/)
    await on(page, 'assist.receipt.title')
    assert.ok(keys <= 12, `${keys} keys were pressed`)
    assert.deepEqual([...pages].sort(), ['/assist', '/assist/code', '/assist/read', '/assist/receipt/', '/assist/words'])
  })

  test('ten people, each in the way they can', async () => {
    const page = await helper({width: 320})
    await look('assist', page)
    const numbers = {}
    const receipt = async name => {
      await on(page, 'assist.receipt.title')
      numbers[name] = (await page.locator('.num').first().innerText()).trim()
      return page.locator('.paper').innerText()
    }
    // Two on one telephone; a third of another township, who chose this helper.
    const shared = '14000000511'
    for (const [name, more] of [['何奶奶', {}], ['何爷爷', {}], ['云奶奶', {place: '云溪镇', village: '下河村', other: true}]]) {
      await helpNew(page, server, {name, village: '东柳村', phone: name === '云奶奶' ? '14000000512' : shared, ...more})
      await consent(page, server, name === '云奶奶' ? '14000000512' : shared, `${name}说：${words}`, look)
      assert.doesNotMatch(await receipt(name), new RegExp(name), 'whoever finds the paper does not read whose it is')
      await look('assist-receipt', page)
    }
    // A signed paper and a sealed slip; a paper is used once.
    await helpNew(page, server, {name: '赵奶奶', village: '西柳村', look})
    await page.getByLabel(t('assist.body.label')).fill('低保的事。')
    await press(page, 'assist.words.button')
    await look('assist-read', page)
    await page.getByLabel(t('assist.slip.label')).fill(serial(1, 1, 2))
    await page.getByLabel(t('assist.paper.label')).fill(serial(3, 1, 2))
    await press(page, 'assist.consent.paper')
    assert.match(await receipt('赵奶奶'), new RegExp(serial(1, 1, 2).slice(-3)))
    await helpNew(page, server, {name: '钱爷爷', village: '西柳村'})
    await page.getByLabel(t('assist.body.label')).fill('修路的事。')
    await press(page, 'assist.words.button')
    await page.getByLabel(t('assist.paper.label')).fill(serial(3, 1, 2))
    await press(page, 'assist.consent.paper')
    assert.equal(page.status(), 422)
    assert.match(await page.locator('#errs').innerText(), new RegExp(t('fault.paper.used')))
    await look('assist-read-errors', page)
    await page.getByLabel(t('assist.paper.label')).fill(serial(3, 1, 3))
    await press(page, 'assist.consent.paper')
    await receipt('钱爷爷')
    // A paper that was handed to another helper.
    await helpNew(page, server, {name: '孙奶奶', village: '西柳村'})
    await page.getByLabel(t('assist.body.label')).fill('井盖的事。')
    await press(page, 'assist.words.button')
    await page.getByLabel(t('assist.paper.label')).fill(serial(3, 1, 7))
    await press(page, 'assist.consent.paper')
    assert.match(await page.locator('#errs').innerText(), new RegExp(t('fault.paper.not-yours')))
    await page.getByLabel(t('assist.paper.label')).fill('')
    await page.getByLabel(t('assist.witness.label')).fill('孙大姐')
    await press(page, 'assist.consent.witness')
    await receipt('孙奶奶')
    // Nothing is at hand: later. The helper files, and reads nothing.
    for (const [name, phone] of [['周爷爷', ''], ['吴奶奶', '14000000513']]) {
      await helpNew(page, server, {name, village: '东柳村', phone})
      await page.getByLabel(t('assist.body.label')).fill('想问一件事。')
      await press(page, 'assist.words.button')
      if (phone) await page.locator('summary', {hasText: t('assist.without')}).click()
      await press(page, 'assist.consent.pending')
      assert.match(await receipt(name), new RegExp(t('assist.receipt.pending')))
    }
    await server.text('14000000513', text => text.includes(numbers['吴奶奶']))
    await page.goto(`${server.url}/assist/case/${numbers['吴奶奶'].replaceAll(' ', '')}`)
    assert.equal(page.status(), 403)
    await look('assist-refused', page)
    // Of another area, and not chosen; a number that is wrong.
    await helpNew(page, server, {name: '郑爷爷', place: '城关镇', village: '东关村'})
    assert.equal(page.status(), 422)
    assert.match(await page.locator('#errs').innerText(), new RegExp(t('fault.assist.area')))
    await look('assist-new-errors', page)

    await page.goto(`${server.url}/assist`)
    for (const name of ['何奶奶', '何爷爷', '云奶奶', '赵奶奶', '钱爷爷', '孙奶奶']) {
      assert.equal(await page.getByRole('button', {name: t('assist.begin', {Name: name})}).count(), 1, name)
    }
    for (const name of ['周爷爷', '吴奶奶']) {
      assert.equal(await page.getByRole('button', {name: t('assist.begin', {Name: name})}).count(), 0, name)
    }
    await look('assist-full', page)
  })

  test('an answer is read aloud, or given back', async () => {
    const page = await helper()
    await helpNew(page, server, {name: '冯奶奶', village: '西柳村', phone: '14000000521', tell: 'read'})
    await consent(page, server, '14000000521', '门口的灯不亮。')
    const number = (await page.locator('.num').first().innerText()).trim()
    await answered(number)

    await page.goto(`${server.url}/assist/tasks`)
    assert.match(await said(page), /冯奶奶/)
    await look('assist-tasks', page)
    await page.locator('.box', {hasText: '冯奶奶'}).getByRole('link').click()
    assert.match(await page.locator('.mail').innerText(), /灯泡烧了[^]*今天换好了/)
    await look('assist-case-answered', page)
    assert.equal(await page.locator('[name=solved]').count(), 0, 'only the person says whether it is solved')
    await page.getByLabel(t('assist.readout.time')).fill('99:99')
    await press(page, 'assist.readout.button')
    assert.equal(page.status(), 422)
    await look('assist-case-errors', page)
    await page.getByLabel(t('assist.readout.time')).fill('09:30')
    await choose(page, 'assist.readout.phone')
    await press(page, 'assist.readout.button')
    await on(page, 'assist.tasks.title')
    assert.doesNotMatch(await said(page), /冯奶奶/)

    await page.locator('.box', {hasText: '冯桂英'}).getByRole('link').click() // of the made-up county
    await page.locator('summary', {hasText: t('assist.passback')}).click()
    await page.getByLabel(t('assist.passback.reason')).fill('她去女儿家了。')
    await press(page, 'assist.passback.button')
    assert.match(await said(page), new RegExp(t('assist.tasks.none')))
    await look('assist-tasks-none', page)
  })

  test('an old person with a basic phone: written for by the helper, rated by text, and sees who looked', async () => {
    const phone = '14000000531', page = await helper()
    await helpNew(page, server, {name: '沈奶奶', village: '东柳村', phone})
    await consent(page, server, phone, '门口的路灯不亮，晚上不敢出门。')
    const number = (await page.locator('.num').first().innerText()).trim(), bare = number.replaceAll(' ', '')
    assert.match(await server.text(phone, text => text.includes(number)), /李梅[^]*不是我/, 'who, what, and how to object')
    await answered(number)
    await page.goto(`${server.url}/assist/case/${bare}`)
    assert.match(await said(page), /今天换好了/)
    await server.send(phone, `1 ${bare}`)

    await server.later(5)
    const own = await person(browser)
    await own.goto(`${server.url}/cases`)
    await logIn(own, server, phone)
    await on(own, 'who.title') // what somebody else said of this phone is shown to nobody who does not know the name
    assert.doesNotMatch(await own.content(), /沈奶奶/)
    await choose(own, 'who.claim.label')
    await own.getByLabel(t('who.name.label')).fill('沈奶奶')
    await press(own, 'who.submit')
    await own.goto(`${server.url}/case/${bare}`)
    assert.match(await said(own), new RegExp(t('outcome.solved')))
    await follow(own, 'looks.title')
    assert.match(await said(own), /李梅/)
  })

  test('somebody with no phone at all: a receipt, a sealed slip, an answer read aloud, and the own word by PIN', async () => {
    const dispatcher = await desk('dispatcher')
    await dispatcher.goto(`${server.url}/papers`)
    await choose(dispatcher, 'paper.slip')
    await dispatcher.getByLabel(t('papers.count.label')).fill('2')
    await press(dispatcher, 'papers.print.button')
    const slip = await dispatcher.locator('.no b').first().innerText()
    const pin = (await dispatcher.locator('.within b').first().textContent()).trim()
    await dispatcher.goto(`${server.url}/papers`)
    await dispatcher.locator('tbody a').first().click()
    await dispatcher.getByLabel(t('papers.staff.label')).selectOption({label: '李梅'})
    await press(dispatcher, 'papers.handout.button')

    const page = await helper()
    await helpNew(page, server, {name: '龚爷爷', village: '西柳村'})
    await page.getByLabel(t('assist.body.label')).fill('院墙外的老树要倒。')
    await press(page, 'assist.words.button')
    await page.getByLabel(t('assist.slip.label')).fill(slip)
    await page.getByLabel(t('assist.witness.label')).fill('龚大嫂')
    await press(page, 'assist.consent.witness')
    await on(page, 'assist.receipt.title')
    const number = (await page.locator('.num').first().innerText()).trim()
    assert.doesNotMatch(await page.content(), new RegExp(pin.replace(' ', ' ?')))
    await answered(number)
    await page.goto(`${server.url}/assist/tasks`)
    await page.locator('.box', {hasText: '龚爷爷'}).getByRole('link').click()
    await press(page, 'assist.readout.button')

    const own = await person(browser) // the village library's computer
    await own.goto(`${server.url}/lookup`)
    await own.getByLabel(t('lookup.number.label')).fill(number)
    await own.getByLabel(t('lookup.pin.label')).fill(pin)
    await press(own, 'lookup.submit')
    await state(own, 'answered')
    await choose(own, 'rate.partly.label')
    await press(own, 'rate.submit')
    await state(own, 'closed')
  })

  test('every page on the way passes the checks and both validators', () => sound())
})
