// The county's operators: people who wait for a call, letters, paper forms.
import assert from 'node:assert/strict'
import {after, before, describe, test} from 'node:test'
import {focused, open, person} from './browser.js'
import {looking} from './look.js'
import {answer, choose, does, enter, helpNew, hire, logInStaff, on, pick, press, said, state, t, unit} from './people.js'
import {open as serve} from './server.js'
import {needs} from './tools.js'

const reply = {found: '9月18日去看过，是电缆断了。', done: '9月19日接好了，五盏灯都亮了。', contact: '路灯所 老李，0300-800 1102'}

describe('the telephones of the county', {...needs('chromium'), timeout: 300_000}, () => {
  let server, browser, second
  const {look, sound} = looking()
  const desk = async role => {
    const page = await person(browser, {width: 1280})
    await enter(page, server, role)
    return page
  }
  /** Another operator, who took nothing in. */
  const other = async () => {
    const page = await person(browser, {width: 1280})
    second ??= await hire(server, 'qianduo', '钱多', 'operator')
    await logInStaff(page, server, second)
    return page
  }
  /** An operator takes in what somebody says; gives the number. */
  const takeIn = async (page, {tell, phone, ...answers}) => {
    await page.goto(`${server.url}/desk/intake`)
    await choose(page, 'intake.came.call')
    if (phone) await page.getByLabel(t('intake.phone.label')).fill(phone)
    await page.getByLabel(t('intake.name.label')).fill(answers.name)
    await answer(page, {...answers, name: undefined})
    await choose(page, `tell.${tell}.label`)
    await page.getByText(t('intake.consent.label')).click()
    await press(page, 'intake.submit')
    await on(page, 'receipt.title')
    return (await page.locator('.num').first().innerText()).trim()
  }
  /** The unit answers, the reviewer lets it pass. */
  const answered = async number => {
    const [dispatcher, handler, reviewer] = [await desk('dispatcher'), await desk('handler'), await desk('reviewer')]
    await pick(dispatcher, server, number)
    await does(dispatcher, 'assign', {unit})
    await pick(handler, server, number)
    await does(handler, 'sign')
    await does(handler, 'answer', reply)
    await press(handler, 'preview.send')
    await pick(reviewer, server, number)
    await does(reviewer, 'approve')
    for (const page of [dispatcher, handler, reviewer]) await page.context().close()
  }
  /** Everybody is drawn for what is drawn by chance, or nobody. */
  const drawn = async share => {
    const admin = await desk('admin')
    await admin.goto(`${server.url}/admin/settings`)
    for (const rule of ['checkShare', 'rateShare']) await admin.getByLabel(t(`rules.${rule}`)).fill(String(share))
    await press(admin, 'admin.save')
    await admin.context().close()
  }
  const bare = number => number.replaceAll(' ', '')
  /** Goes with the Tab key to what has this id, and no farther than a page is long. */
  const tabTo = async (page, id) => {
    for (let keys = 1; keys < 80; keys++) {
      await page.keyboard.press('Tab')
      if (await page.evaluate(() => document.activeElement.id) === id) return keys
    }
    assert.fail(`the Tab key never comes to ${id}`)
  }
  before(async () => {
    server = await serve()
    browser = await open()
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('a list of calls is worked through with the keyboard', async () => {
    const operator = await desk('operator')
    await operator.goto(`${server.url}/calls`)
    const before = await operator.locator('tbody tr').count()
    const numbers = []
    for (const [i, name] of ['赵老根', '孙大娘'].entries()) {
      const number = await takeIn(operator, {tell: 'call', phone: `1400000060${i}`, name, kind: 'help', body: `${name}家门口的路灯不亮。`})
      await answered(number)
      numbers.push(number)
    }
    await operator.goto(`${server.url}/calls`)
    await look('calls', operator)
    for (const [i, number] of numbers.entries()) {
      await operator.locator(`a[href="/calls/${bare(number)}"]`).focus()
      await operator.keyboard.press('Enter')
      await operator.waitForURL(`**/calls/${bare(number)}`)
      assert.match(await said(operator), /五盏灯都亮了/)
      if (!i) await look('call', operator)
      await tabTo(operator, 'f-told-words')
      await operator.keyboard.type('听清楚了，谢谢。')
      await operator.keyboard.press('Tab')
      await operator.keyboard.press('Enter')
      await operator.waitForURL('**/calls?done*')
    }
    assert.equal(await operator.locator('tbody tr').count(), before)
  })

  test('who cannot be reached gets a letter', async () => {
    const operator = await desk('operator')
    const number = await takeIn(operator, {tell: 'letter', name: '吴大爷', kind: 'help', body: '渠边的护栏倒了。'})
    await answered(number)
    await operator.goto(`${server.url}/letters`)
    await look('letters', operator)
    await operator.getByRole('link', {name: '吴大爷'}).click()
    await look('letter', operator)
    await operator.emulateMedia({media: 'print'})
    assert.equal(await operator.locator('h1').isVisible(), false, 'a letter is nothing but the letter')
    const size = await operator.locator('.mail p').first().evaluate(element => parseFloat(getComputedStyle(element).fontSize))
    assert.ok(size >= 16 / 0.75, `a letter is set in ${size} px, which is less than 16 pt`)
    await operator.emulateMedia({media: 'screen'})
    assert.match(await operator.locator('.mail').innerText(), new RegExp(number))
    await press(operator, 'letter.done.button')
    assert.equal(await operator.getByRole('link', {name: '吴大爷'}).count(), 0)
  })

  test('somebody is drawn to be asked, and says: not me', async () => {
    await drawn(100)
    const operator = await desk('operator')
    const number = await takeIn(operator, {tell: 'call', phone: '14000000611', name: '陈三', kind: 'complain', body: '收电费的多收了。'})
    const mine = await takeIn(operator, {tell: 'call', phone: '14000000612', name: '许五', kind: 'help', body: '井水发黄。'})
    await server.later(25 * 60)
    const asks = await other()
    await asks.goto(`${server.url}/calls/${bare(mine)}`)
    await look('call-check', asks)
    await press(asks, 'call.checked.button')
    await asks.goto(`${server.url}/calls/${bare(number)}`)
    await asks.locator('summary', {hasText: t('call.disown.title')}).click()
    await asks.getByLabel(t('call.disown.words.label')).fill('我没说过这话。')
    await press(asks, 'call.disown.button')
    await on(asks, 'calls.title')
    assert.equal(await asks.locator(`a[href="/calls/${bare(number)}"]`).count(), 0)
    await drawn(0)
  })

  test('somebody calls and says: not me', async () => {
    const operator = await desk('operator')
    const number = await takeIn(operator, {tell: 'call', phone: '14000000613', name: '何六', kind: 'complain', body: '村口有人倒垃圾。'})
    await operator.goto(`${server.url}/desk/freeze`)
    await look('freeze', operator)
    await operator.getByLabel(t('freeze.number.label')).fill(number)
    await operator.getByLabel(t('freeze.words.label')).fill('我没有打过这个电话。')
    await press(operator, 'freeze.submit')
    await look('freeze-done', operator)
    assert.match(await said(operator), new RegExp(number))
  })

  test('who has no way of their own is asked whether it is solved, by somebody who had nothing to do with it', async () => {
    await drawn(100)
    const operator = await desk('operator')
    const number = await takeIn(operator, {tell: 'call', phone: '14000000621', name: '周奶奶', kind: 'help', body: '楼道的灯坏了。'})
    await answered(number)
    await operator.goto(`${server.url}/calls/${bare(number)}`)
    await press(operator, 'call.told.button')
    await server.later(4 * 24 * 60)
    const asks = await other()
    await asks.goto(`${server.url}/calls`)
    await asks.goto(`${server.url}/calls/${bare(number)}`)
    if (!(await said(asks)).includes(t('calls.why.rate'))) await press(asks, 'call.checked.button') // the check comes first
    await asks.goto(`${server.url}/calls/${bare(number)}`)
    await press(asks, 'call.rated.button')
    assert.equal(asks.status(), 422)
    await focused(asks, 'errs')
    await look('call-rate-errors', asks)
    await choose(asks, 'rate.yes.label')
    await press(asks, 'call.rated.button')
    await on(asks, 'calls.title')
    await drawn(0)
  })

  test('what a helper filed without proof stands once its person has told an operator that it is theirs', async () => {
    const helper = await desk('helper')
    await helpNew(helper, server, {name: '卫奶奶', village: '东柳村', phone: '14000000631'})
    await helper.getByLabel(t('assist.body.label')).fill('门口的水沟堵了。')
    await press(helper, 'assist.words.button')
    await helper.locator('summary', {hasText: t('assist.without')}).click()
    await press(helper, 'assist.consent.pending')
    const number = (await helper.locator('.num').first().innerText()).trim()
    await server.later(25 * 60)
    const operator = await desk('operator')
    await operator.goto(`${server.url}/calls/${bare(number)}`)
    assert.match(await said(operator), /门口的水沟堵了/)
    await press(operator, 'call.checked.button')
    await on(operator, 'calls.title')
    const dispatcher = await desk('dispatcher')
    await dispatcher.goto(`${server.url}/desk/case/${bare(number)}`)
    assert.match(await said(dispatcher), new RegExp(t('event.checked')))
    await state(dispatcher, 'received')
  })

  test('three paper forms are typed in with the keyboard alone', async () => {
    const dispatcher = await desk('dispatcher')
    await dispatcher.goto(`${server.url}/papers`)
    await choose(dispatcher, 'paper.form')
    await dispatcher.getByLabel(t('papers.count.label')).fill('3')
    await press(dispatcher, 'papers.print.button')
    const serials = [...new Set((await dispatcher.locator('.sheet .no b').allInnerTexts()).map(text => text.trim()))]
    assert.equal(serials.length, 3)

    const operator = await desk('operator')
    await operator.goto(`${server.url}/batch`)
    await look('batch', operator)
    const key = (...names) => names.reduce((before, name) => before.then(() => operator.keyboard.press(name)), Promise.resolve())
    const send = async () => {
      const there = operator.waitForEvent('load')
      await key('Enter')
      await there
    }
    const type = async text => {
      await operator.keyboard.insertText(text)
      await key('Tab')
    }
    for (const [i, serial] of serials.entries()) {
      await focused(operator, 'f-slip') // the page begins there by itself, each time
      await type(serial)
      await type('9-17')
      await type(['孟大爷', '严大娘', ''][i])
      await key('2', 'Tab') // the second township of the list
      await type('西柳村')
      await type('')
      await key(['1', '2', '4'][i], 'Tab') // help, complain, suggest
      await type(['水渠漏水。', '收费没有单子。', '村口加一盏灯。'][i])
      await key('Tab', 'Tab', 'Tab') // no office, not public, name to be seen
      await key('4', 'Tab') // by letter
      if (i === 1) { // the signature was overlooked: everything stays, and one key mends it
        await key('Tab')
        await send()
        await focused(operator, 'errs')
        assert.equal(await operator.getByLabel(t('batch.body.label')).inputValue(), '收费没有单子。')
        await look('batch-errors', operator)
        await tabTo(operator, 'f-signed')
      }
      await key('Space', 'Tab')
      await send()
      assert.match(operator.url(), /batch\?done=/)
    }
    const done = await operator.locator('[role=status]').innerText()
    const last = done.match(/\d{3} \d{3} \d{4}/)[0]
    await look('batch-next', operator)
    await dispatcher.goto(`${server.url}/desk/case/${bare(last)}`)
    const seen = await said(dispatcher)
    for (const text of ['村口加一盏灯。', t('kind.suggest'), '西柳村', '柳河镇', t('fact.received')]) assert.match(seen, new RegExp(text))
  })

  test('every page that was seen is sound', sound)
})
