// What anybody may read, and how a message comes to stand there.
import assert from 'node:assert/strict'
import {after, before, describe, test} from 'node:test'
import {open, person} from './browser.js'
import {looking} from './look.js'
import {deed, does, enter, file, fill, follow, on, pick, press, said, t, unit} from './people.js'
import {open as serve} from './server.js'
import {needs} from './tools.js'

describe('what anybody may read', {...needs('chromium'), timeout: 300_000}, () => {
  let server, browser
  const {look, sound} = looking()
  before(async () => {
    server = await serve()
    browser = await open()
  })
  after(async () => {
    await browser?.close()
    await server?.stop()
  })

  test('anybody reads the public list by place and topic', async () => {
    const resident = await person(browser)
    const {number, bare} = await file(resident, server, '14000000601', {
      kind: 'suggest', title: '夜里少过拖拉机', body: '拖拉机半夜过村，吵得睡不着，能不能绕一绕？我的电话是 13912345678，找我就行。',
      place: 2, village: '西柳村', name: '郭老三', remark: '门牌三号', open: true,
    })
    const dispatcher = await person(browser, {width: 1280})
    await enter(dispatcher, server, 'dispatcher')
    await pick(dispatcher, server, number)
    await does(dispatcher, 'assign', {unit, topic: t('topic.traffic')})
    const form = await fill(dispatcher, 'publish')
    assert.match(await form.locator('mark').first().innerText(), /13912345678/)
    const shown = form.getByLabel(t('deed.publish.body.label'))
    assert.doesNotMatch(await shown.inputValue(), /13912345678/)
    await look('desk-case-publish', dispatcher)
    await shown.fill('拖拉机半夜过村，吵得睡不着，能不能绕一绕？')
    await form.getByRole('button', {name: t('deed.publish.button'), exact: true}).click()
    assert.equal(await deed(dispatcher, 'publish').count(), 0)

    const anyone = await person(browser)
    await anyone.goto(server.url)
    await follow(anyone, 'home.public')
    await on(anyone, 'public.title')
    await look('public', anyone)
    const card = anyone.locator('article', {hasText: '夜里少过拖拉机'})
    assert.equal(await card.count(), 1)
    const sift = async (place, topic) => {
      if (!await anyone.locator('main details').evaluate(details => details.open)) await anyone.getByText(t('public.sift')).click()
      await anyone.getByLabel(t('public.place.label')).selectOption(place)
      await anyone.getByLabel(t('public.topic.label')).selectOption({label: topic})
      await press(anyone, 'public.submit')
    }
    await sift({index: 1}, t('topic.traffic'))
    assert.equal(await card.count(), 0, 'not of this place')
    await sift({index: 2}, t('topic.finance'))
    assert.match(await said(anyone), new RegExp(t('public.empty.sifted')))
    await look('public-empty', anyone)
    await sift({index: 2}, t('topic.traffic'))
    await look('public-sifted', anyone)
    await card.getByRole('link').click()
    assert.match(await said(anyone), /吵得睡不着/)
    assert.doesNotMatch(await anyone.content(), /13912345678|郭老三|西柳村|门牌三号|140 ?0000 ?0601/)
    await look('public-case', anyone)

    await resident.goto(`${server.url}/case/${bare}`)
    await follow(resident, 'case.shown')
    assert.equal(new URL(resident.url()).pathname, `/public/${bare}`)
    await dispatcher.reload()
    await does(dispatcher, 'hide', {reason: '本人又不愿意了。'})
    await anyone.reload()
    assert.equal(anyone.status(), 404)
    await look('missing', anyone)
  })

  test('anybody reads who is in charge of what, and what this board promises', async () => {
    const anyone = await person(browser)
    for (const [key, title] of [['home.units', 'units.title'], ...['help', 'privacy', 'accessibility', 'glossary'].map(name => [`${name}.title`, `${name}.title`])]) {
      await anyone.goto(server.url)
      await follow(anyone, key)
      await on(anyone, title)
      await look(title, anyone)
    }
    await anyone.goto(`${server.url}/units`)
    assert.match(await said(anyone), new RegExp(unit))
  })

  test('every page on the way passes the checks and both validators', () => sound())
})
