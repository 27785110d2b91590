// One working day of a county: three residents, two units, the county desk and
// those who watch over it, each at a browser of their own, on large screens and
// small ones. Every page on the way is looked at.
import assert from 'node:assert/strict'
import {after, before, describe, test} from 'node:test'
import {open, person} from './browser.js'
import {looking} from './look.js'
import {answer, authenticator, choose, deed, does, enter, fill, file, follow, logInStaff, on, press, receipt, said, state, t, unit} from './people.js'
import {open as serve} from './server.js'
import {needs} from './tools.js'

const empty = {found: '您反映的问题已收悉。', done: '已转有关部门研究。', contact: '值班室 0300-800 5000'}
const full = {found: '9月18日到桥头看过，三盏灯的电缆断了。', done: '9月18日换了电缆，三盏都亮了。', contact: '李建平，0300-800 1102'}
const bureau = '县水利局'

describe('a working day', {...needs('chromium'), timeout: 300_000}, () => {
  let server, browser
  const {look, sound} = looking()
  const small = {width: 360}, large = {width: 1280}

  // The residents, those who work for the county, and the cases of the day.
  let ann, bob, cai, dispatcher, handler, second, login, reviewer, leader, inspector
  const lamp = {}, account = {}, secret = {}, dark = {}, phone = {}

  const newPerson = options => person(browser, options)
  const desk = async (role, options) => {
    const page = await newPerson(options)
    await enter(page, server, role)
    return page
  }
  /** Files one more message on a phone that is logged in. */
  const files = async (page, answers) => {
    await page.goto(`${server.url}/file`)
    await answer(page, answers)
    await press(page, 'file.next')
    await press(page, 'check.send')
    return receipt(page)
  }
  /** Looks for words on the desk. */
  const seek = async (page, words) => {
    await page.goto(`${server.url}/desk`)
    await page.getByLabel(t('find.label')).fill(words)
    await page.keyboard.press('Enter')
  }
  /** Finds a case as somebody does who has its number in hand. */
  const find = async (page, number) => {
    await seek(page, number)
    await page.getByText(t('case.number', {Number: number})).waitFor()
  }
  const row = (page, number) => page.locator('tr', {hasText: number})

  before(async () => {
    server = await serve()
    browser = await open()
    const card = await server.command('staff', 'add', 'sunxiaoshui', '--name', '孙小水', '--role', 'handler', '--unit', bureau)
    login = {login: 'sunxiaoshui', password: card.match(/Password: (\S+)/)[1], secret: card.match(/secret=([A-Z2-7]+)/)[1]}
    ann = await newPerson(small)
    bob = await newPerson(small)
    cai = await newPerson(large)
    dispatcher = await desk('dispatcher', large)
    handler = await desk('handler', small)
    second = await newPerson(large)
    await logInStaff(second, server, login)
    reviewer = await desk('reviewer', small)
    leader = await desk('leader', small)
    inspector = await desk('inspector', large)
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('in the morning three residents write what is wrong', async () => {
    Object.assign(lamp, await file(ann, server, '14000000601', {kind: 'help', title: '桥头路灯不亮', place: 2, village: '桥头村', name: '安桂香',
      body: '桥头到小学那段路，路灯不亮了，孩子放学看不见。', open: true}))
    Object.assign(phone, await files(ann, {kind: 'complain', title: '套餐多扣钱', place: 2, body: '手机套餐每个月多扣十五块钱。'}))
    Object.assign(account, await file(bob, server, '14000000602', {kind: 'complain', title: '水费的账没有公开', place: 1, village: '西河村', name: '包守田',
      body: '村里收的水费没有公开。', remark: '晚上可以打电话', hide: true}))
    Object.assign(secret, await file(cai, server, '14000000603', {kind: 'ask', title: '低保怎么申请', place: 2, body: '家里有病人，想问低保怎么申请。', secret: true}))
    Object.assign(dark, await files(cai, {kind: 'help', title: '桥头太黑', place: 2, body: '桥头到小学那段路晚上太黑，路灯坏了。'}))
    await cai.goto(`${server.url}/cases`)
    assert.doesNotMatch(await said(cai), /低保/, 'what is private is in no list')
  })

  test('the dispatcher goes from one case to the next, by keyboard too', async () => {
    await dispatcher.goto(`${server.url}/desk`)
    await look('day-desk', dispatcher)
    await find(dispatcher, lamp.number)
    assert.equal(new URL(dispatcher.url()).pathname, `/desk/case/${lamp.bare}`, 'a whole number leads to its case at once')
    // To the unit, down to the first that is offered, to the button, and away: no mouse.
    const active = () => dispatcher.evaluate(() => document.activeElement.id || document.activeElement.value)
    const tab = async to => {
      for (let i = 0; i < 60 && await active() !== to; i++) await dispatcher.keyboard.press('Tab')
      assert.equal(await active(), to)
    }
    await tab('f-assign-unit')
    await dispatcher.keyboard.press('ArrowDown')
    assert.equal(await dispatcher.locator('#f-assign-unit option:checked').innerText(), unit, 'who is in charge of street lights stands first')
    await tab(t('deed.assign.button'))
    await Promise.all([dispatcher.waitForURL(/done=assign/), dispatcher.keyboard.press('Enter')])
    await state(dispatcher, 'assigned')
    await dispatcher.locator('.onward .next').waitFor()
    await look('day-next', dispatcher)

    await find(dispatcher, dark.number)
    assert.match(await said(dispatcher), new RegExp(`${t('deskcase.same')}[^]*桥头路灯不亮`))
    const form = await fill(dispatcher, 'merge')
    await look('day-alike', dispatcher)
    await form.locator('.opt label', {hasText: '桥头路灯不亮'}).click()
    await does(dispatcher, 'merge')
    await state(dispatcher, 'merged')

    await find(dispatcher, account.number)
    assert.match(await said(dispatcher), /包守田[^]*140 ?0000 ?0602/)
    await does(dispatcher, 'assign', {unit: bureau})
    await find(dispatcher, secret.number)
    await does(dispatcher, 'assign', {unit})
    await find(dispatcher, phone.number)
    await does(dispatcher, 'decline', {reason: t('decline.not-county'), words: '这件事请找通信公司，电话 10080。'})
    await state(dispatcher, 'declined')
    await look('day-declined', dispatcher)
  })

  test('an empty answer comes back, is mended, and goes out', async () => {
    await find(handler, lamp.number)
    await look('day-sign', handler)
    await does(handler, 'sign')
    await does(handler, 'answer', empty)
    await look('day-preview', handler)
    await press(handler, 'preview.send')
    await find(reviewer, lamp.number)
    await does(reviewer, 'return', {reason: '没有写查到了什么，也没有日期。'})
    await handler.goto(`${server.url}/desk`)
    assert.match(await row(handler, lamp.number).innerText(), new RegExp(t('task.reply.returned')))
    await look('day-desk-handler', handler)
    await find(handler, lamp.number)
    assert.equal(await handler.getByLabel(t('deed.answer.found.label')).inputValue(), empty.found, 'what was returned is mended, not written anew')
    await does(handler, 'answer', full)
    await press(handler, 'preview.send')

    await find(reviewer, lamp.number)
    const late = await reviewer.context().newPage() // the same reply in two tabs
    await late.goto(reviewer.url())
    await reviewer.locator('.right .letter').waitFor()
    await look('day-review', reviewer)
    await does(reviewer, 'approve')
    await look('day-approved', reviewer)
    await does(late, 'return', {reason: '再写清楚是哪三盏。'})
    assert.match(await said(late), new RegExp(`${t('event.approved')}[^]*再写清楚是哪三盏`), 'who comes too late is told, and has the words')
    await late.close()
    for (const [page, {bare}] of [[ann, lamp], [cai, dark]]) {
      await page.goto(`${server.url}/case/${bare}`)
      assert.match(await page.locator('.letter').innerText(), /三盏都亮了/)
      assert.doesNotMatch(await page.content(), /已收悉/)
    }
  })

  test('保密: a unit hands back, another asks for time, and neither learns who it is', async () => {
    await find(second, account.number)
    assert.doesNotMatch(await second.content(), /包守田|140 ?0000 ?0602|晚上可以打电话/)
    await does(second, 'handback', {reason: '水费是城管局收的。'})
    await dispatcher.goto(`${server.url}/desk`)
    assert.match(await row(dispatcher, account.number).innerText(), new RegExp(t('task.hand-back')))
    await find(dispatcher, account.number)
    await look('day-handback', dispatcher)
    await does(dispatcher, 'give', {words: '同意。'})
    await does(dispatcher, 'assign', {unit})
    await seek(second, '水费')
    await second.getByText(t('find.empty')).waitFor() // what was handed back is the unit's no more
    await look('day-found-nothing', second)

    await find(handler, account.number)
    assert.doesNotMatch(await handler.content(), /包守田|140 ?0000 ?0602/)
    await does(handler, 'sign')
    await does(handler, 'asktime', {days: '3', reason: '等村里交账本。'})
    await dispatcher.goto(`${server.url}/desk`)
    assert.match(await row(dispatcher, account.number).innerText(), new RegExp(t('task.extension')))
    await find(dispatcher, account.number)
    await does(dispatcher, 'extend')
    await bob.goto(`${server.url}/case/${account.bare}`)
    assert.match(await said(bob), /等村里交账本/)
    await look('day-extended', bob)
  })

  test('a decline is objected to, and taken back', async () => {
    await ann.goto(`${server.url}/case/${phone.bare}`)
    await follow(ann, 'object.title')
    await ann.getByLabel(t('object.words.label')).fill('村里的信号塔是县里批的。')
    await press(ann, 'object.button')
    await reviewer.goto(`${server.url}/desk`)
    assert.match(await row(reviewer, phone.number).innerText(), new RegExp(t('task.objection')))
    await find(reviewer, phone.number)
    await look('day-objection', reviewer)
    await does(reviewer, 'overturn', {words: '先请单位去问清楚。'})
    await find(dispatcher, phone.number)
    await does(dispatcher, 'assign', {unit: bureau})
    await state(dispatcher, 'assigned')
  })

  test('the words of a long reply outlast the session in which they were typed', async () => {
    await find(second, phone.number)
    await does(second, 'sign')
    await fill(second, 'answer', {found: '9月18日问过通信公司，套餐是去年改的。', done: '公司当天退了四十五块。', contact: '孙小水，0300-800 1125'})
    const other = await second.context().newPage()
    await other.goto(`${server.url}/desk`)
    await press(other, 'top.logout')
    await other.close()
    await does(second, 'answer')
    assert.equal(second.status(), 403)
    await look('day-login-kept', second)
    await logInStaff(second, server, login, authenticator(login.secret, server.now() + 30_000)) // a code serves once
    assert.equal(await second.getByLabel(t('deed.answer.done.label')).inputValue(), '公司当天退了四十五块。')
    await does(second, 'answer')
    await press(second, 'preview.send')
    await find(reviewer, phone.number)
    await does(reviewer, 'approve')
    await ann.goto(`${server.url}/case/${phone.bare}`)
    assert.match(await ann.locator('.letter').innerText(), /退了四十五块/)
  })

  test('a private case is answered, and opens with number and PIN alone', async () => {
    await find(handler, secret.number)
    await does(handler, 'sign')
    await does(handler, 'answer', {found: '低保看家里人均收入。', done: '9月21日民政助理到您家来，带着申请表。', contact: '李建平，0300-800 1102'})
    await press(handler, 'preview.send')
    await find(reviewer, secret.number)
    await does(reviewer, 'approve')
    const kiosk = await newPerson(small)
    await kiosk.goto(`${server.url}/lookup`)
    await kiosk.getByLabel(t('lookup.number.label')).fill(secret.number)
    await kiosk.getByLabel(t('lookup.pin.label')).fill(secret.pin)
    await press(kiosk, 'lookup.submit')
    assert.match(await kiosk.locator('.letter').innerText(), /带着申请表/)
    await kiosk.context().close()
  })

  test('what is not solved lies before the leader, who has it supervised; the inspector keeps it', async () => {
    await ann.goto(`${server.url}/case/${lamp.bare}`)
    await choose(ann, 'rate.no.label')
    await press(ann, 'rate.submit')
    await leader.goto(`${server.url}/desk?desk=reopened`)
    assert.match(await row(leader, lamp.number).innerText(), new RegExp(t('mark.reopened')))
    await look('day-desk-leader', leader)
    await row(leader, lamp.number).getByRole('link').click() // the first click; the form stands open
    assert.doesNotMatch(await leader.content(), /安桂香|140 ?0000 ?0601/)
    await look('day-leader', leader)
    await leader.getByLabel(t('deed.supervise.words.label')).fill('三天内亮起来，每天报一次。')
    await deed(leader, 'supervise').getByRole('button').click() // the second
    assert.match(await said(leader), new RegExp(t('fact.supervised.what')))
    await inspector.goto(`${server.url}/desk?desk=supervised`)
    await row(inspector, lamp.number).getByRole('link').click()
    await look('day-inspector', inspector)
    await does(inspector, 'preserve', {reason: '信访局要看。'})
    assert.equal(await deed(inspector, 'release').count(), 1)
    await find(handler, lamp.number)
    assert.match(await said(handler), /三天内亮起来/)
  })

  test('every page of the day passes the checks and both validators', () => sound())
})
