// The same board in a text browser: no script, no style, no mouse, HTTP/1.0,
// neither Origin nor Referer.
import assert from 'node:assert/strict'
import {after, before, describe, test} from 'node:test'
import * as lynx from './lynx.js'
import {t} from './people.js'
import {open as serve} from './server.js'
import {needs} from './tools.js'

describe('people with a text browser', {...needs('lynx', 'mkfifo'), timeout: 120_000}, () => {
  let server
  before(async () => { server = await serve() })
  after(() => server?.stop())

  test('a resident files and follows in lynx', async () => {
    const phone = '14000000201'
    const text = await lynx.open(`${server.url}/file`)
    try {
      await text.fill(t('login.phone.label'), phone)
      await text.follow(t('login.send'))
      await text.fill(t('code.code.label'), await server.code(phone))
      await text.follow(t('code.submit'))
      await text.choose(t('kind.help'))
      await text.fill(t('file.body.label'), '水渠塌了，浇不上地。')
      await text.fill(t('file.village.label'), '北山村')
      await text.follow(t('file.next'))
      assert.match(await text.page(), /水渠塌了，浇不上地/)
      await text.follow(t('check.send'))
      const receipt = await text.page()
      assert.match(receipt.replace(/\s/g, ''), new RegExp(t('receipt.title')))
      await text.follow(t('receipt.case'))
      const page = await text.page()
      assert.match(page, new RegExp(t('state.received')))
      assert.match(page, /水渠塌了，浇不上地/)
    } finally {
      await text.close()
    }
  })

  test('the first pages read well in w3m', needs('w3m'), async () => {
    const home = await lynx.w3m(server.url)
    for (const key of ['home.title', 'home.file', 'home.lookup', 'home.call']) assert.ok(home.includes(t(key)), `${key} in:\n${home}`)
    const login = await lynx.w3m(`${server.url}/login`)
    for (const key of ['login.phone.label', 'login.send']) assert.ok(login.includes(t(key)), `${key} in:\n${login}`)
  })
})
