// The same board in text browsers: no script, no style, no mouse, neither Origin
// nor Referer; lynx and w3m speak HTTP/1.0.
import assert from 'node:assert/strict'
import {after, before, describe, test} from 'node:test'
import * as lynx from './lynx.js'
import {t} from './people.js'
import {open as serve} from './server.js'
import * as terminal from './terminal.js'
import {needs} from './tools.js'

const browsers = [
  ['lynx', lynx.open, ['lynx', 'mkfifo']],
  ['w3m', terminal.w3m, ['w3m', 'tmux']],
  ['elinks', terminal.elinks, ['elinks', 'tmux']],
]

describe('people with a text browser', {timeout: 300_000}, () => {
  for (const [name, open, tools] of browsers) {
    describe(name, needs(...tools), () => {
      let server
      before(async () => { server = await serve() })
      after(() => server?.stop())

      const reading = async (path, read) => {
        const page = await open(server.url + path)
        try {
          await read(page)
        } finally {
          await page.close()
        }
      }
      const logIn = async (page, phone) => {
        const known = (await server.texts()).map(text => text.id)
        await page.fill(t('login.phone.label'), phone)
        await page.follow(t('login.send'))
        await page.sees(t('code.title'))
        await page.fill(t('code.code.label'), await server.code(phone, known))
        await page.follow(t('code.submit'))
      }

      test(`a resident files, adds a line and withdraws in ${name}`, () => reading('/file', async page => {
        await page.sees(t('login.title'))
        await logIn(page, '14000000201')
        await page.sees(t('file.title'))
        await page.choose(t('kind.help'))
        await page.fill(t('file.body.label'), '水渠塌了，浇不上地。')
        await page.fill(t('file.village.label'), '北山村')
        await page.follow(t('file.next'))
        await page.sees(t('check.title'))
        assert.match(await page.page(), /水渠塌了，浇不上地/)
        await page.follow(t('check.send'))
        await page.sees(t('receipt.title'))
        await page.follow(t('receipt.case'))
        await page.sees(t('case.line'))
        await page.sees(t('state.received'))
        await page.follow(t('add.title'))
        await page.sees(t('add.lead'))
        await page.fill(t('add.words.label'), '今天又塌了一截。')
        await page.follow(t('add.button'))
        await page.sees(t('case.added'))
        assert.match(await page.page(), /今天又塌了一截/)
        await page.follow(t('withdraw.button'))
        await page.sees(t('withdraw.title'))
        await page.follow(t('withdraw.button'))
        await page.sees(t('case.line'))
        await page.reload?.()
        await page.sees(t('state.withdrawn'))
      }))

      test(`a resident reads an answer and says whether it is solved in ${name}`, () => reading('/cases', async page => {
        await page.sees(t('login.title'))
        await logIn(page, '14000000001') // of the made-up county, with an answer that waits
        await page.sees(t('cases.title'))
        await page.follow('校车能不能晚二十分钟到我们村')
        await page.sees(t('case.reply'))
        await page.sees(t('rate.title'))
        await page.follow(t('rate.submit')) // nothing is said for whoever has chosen nothing, though lynx ticks something
        await page.sees(t('fault.rating.outcome'))
        await page.choose(t('rate.yes.label'))
        await page.follow(t('rate.submit'))
        await page.sees(t('case.rating', {Rating: t('outcome.solved')}))
      }))

      if (name !== 'lynx') return
      test('anybody reads the seal of the record in lynx', async () => {
        const sealed = await server.command('checkpoint')
        await reading('/privacy', async page => {
          await page.follow(t('checkpoint.title'))
          await page.sees(t('checkpoint.whole.text'))
          await page.sees(sealed.split('\n')[2]) // the root of all that happened
          await page.sees(t('checkpoint.take'))
        })
      })
    })
  }

  test('the first pages read well in w3m', needs('w3m'), async context => {
    const server = await serve()
    context.after(() => server.stop())
    const home = await lynx.w3m(server.url)
    for (const key of ['home.title', 'home.file', 'home.lookup', 'home.public', 'home.call']) assert.ok(home.includes(t(key)), `${key} in:\n${home}`)
    const login = await lynx.w3m(`${server.url}/login`)
    for (const key of ['login.phone.label', 'login.send']) assert.ok(login.includes(t(key)), `${key} in:\n${login}`)
  })
})
