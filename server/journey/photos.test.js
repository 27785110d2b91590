// Photos and recordings: added by those who can hardly write, seen by whoever
// handles the message. Chromium with script off; lynx, which sends the whole path
// of a file as its name; w3m and elinks.
import assert from 'node:assert/strict'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {after, before, describe, test} from 'node:test'
import {setTimeout as pause} from 'node:timers/promises'
import {open, person} from './browser.js'
import {looking} from './look.js'
import * as lynx from './lynx.js'
import {enter, file, follow, on, press, said, t} from './people.js'
import {open as serve} from './server.js'
import * as terminal from './terminal.js'
import {needs} from './tools.js'

/** A point, as a picture. */
const picture = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** Two seconds of nothing, as a recorder writes them. */
const recording = (() => {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0), head.write('WAVEfmt ', 8), head.write('data', 36)
  head.writeUInt32LE(16, 16), head.writeUInt16LE(1, 20), head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24), head.writeUInt32LE(8000, 28), head.writeUInt16LE(1, 32), head.writeUInt16LE(8, 34)
  head.writeUInt32LE(16000, 40)
  return Buffer.concat([head, Buffer.alloc(16000, 128)])
})()

const photo = n => t('attached.photo', {Number: n})
const chosen = (page, name, mimeType, buffer) => page.getByLabel(t('attach.file.label')).setInputFiles({name, mimeType, buffer})

/** Waits until something holds on the page, on which no promise is ever kept: its script is off. */
async function until(page, holds, what) {
  for (let tries = 0; tries < 200; tries++) {
    if (await page.evaluate(holds)) return
    await pause(25)
  }
  assert.fail(what)
}

describe('photos and recordings', {...needs('chromium'), timeout: 300_000}, () => {
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

  test('a resident adds a photo and a recording, and takes the photo away; the desk sees and hears', async () => {
    const page = await person(browser)
    const {bare} = await file(page, server, '14000000441', {kind: 'help', body: '门口的井盖碎了，拿木板盖着。', place: 1})
    await follow(page, 'attach.title')
    await on(page, 'attach.title')
    await look('attach', page)

    await press(page, 'attach.button') // nothing is chosen
    assert.equal(page.status(), 422)
    await chosen(page, 'a.docx', 'application/octet-stream', Buffer.from('PK\x03\x04'))
    await press(page, 'attach.button')
    assert.equal(page.status(), 422)
    assert.match(await said(page), new RegExp(t('fault.media.unknown')))
    await look('attach-errors', page)

    await chosen(page, 'IMG_0001.jpg', 'image/jpeg', await page.screenshot({type: 'jpeg'})) // large enough to be no form's size
    await press(page, 'attach.button')
    assert.match(await said(page), new RegExp(t('flash.attach.photo')))
    await chosen(page, '新录音 1.m4a', 'audio/mp4', recording) // whatever its name says
    await press(page, 'attach.button')
    assert.match(await said(page), new RegExp(t('flash.attach.recording')))
    await look('attach-full', page)
    await follow(page, 'attach.done')
    assert.match(await said(page), new RegExp(t('attach.files')))
    await look('case-files', page)

    const desk = await person(browser, {width: 1280})
    await enter(desk, server, 'dispatcher')
    await desk.goto(`${server.url}/desk/case/${bare}`)
    await look('desk-case-files', desk)
    await desk.getByRole('link', {name: t('attach.open', {Name: photo(1)})}).click()
    await until(desk, () => document.querySelector('img').naturalWidth === 360, 'the desk does not see the photo')
    await look('desk-file', desk)
    await follow(desk, 'attach.case')
    await desk.getByRole('link', {name: t('attach.open', {Name: t('attached.recording', {Number: 1})})}).click()
    await desk.evaluate(() => { document.querySelector('audio').preload = 'metadata' })
    await until(desk, () => document.querySelector('audio').duration === 2, 'the desk does not hear the recording')
    await look('desk-file-recording', desk)

    await follow(page, 'attach.title')
    await page.getByRole('button', {name: t('attach.remove', {Name: photo(1)})}).click()
    assert.match(await said(page), new RegExp(t('flash.attach.removed')))
    await desk.goBack()
    await desk.reload()
    assert.doesNotMatch(await said(desk), new RegExp(photo(1)))
    await sound()
  })
})

describe('photos from a text browser', {timeout: 300_000}, () => {
  let server
  before(async () => { server = await serve() })
  after(() => server?.stop())

  for (const [name, phone, open, tools] of [
    ['lynx', '14000000442', lynx.open, ['lynx', 'mkfifo']], ['w3m', '14000000443', terminal.w3m, ['w3m', 'tmux']],
    ['elinks', '14000000444', terminal.elinks, ['elinks', 'tmux']],
  ]) {
    test(`a resident adds a photo and takes it away in ${name}`, needs(...tools), async context => {
      const folder = await mkdtemp(join(tmpdir(), 'p-')) // short: a text browser shows no more of it
      const path = join(folder, 'a.gif')
      await writeFile(path, picture)
      const page = await open(server.url + '/file')
      context.after(async () => {
        await page.close()
        await rm(folder, {recursive: true})
      })
      await page.sees(t('login.title'))
      await page.fill(t('login.phone.label'), phone)
      await page.follow(t('login.send'))
      await page.sees(t('code.title'))
      await page.fill(t('code.code.label'), await server.code(phone, []))
      await page.follow(t('code.submit'))
      await page.sees(t('file.title'))
      await page.choose(t('kind.help'))
      await page.fill(t('file.body.label'), '水渠塌了，浇不上地。')
      await page.follow(t('file.next'))
      await page.sees(t('check.title'))
      await page.follow(t('check.send'))
      await page.sees(t('receipt.title'))
      await page.follow(t('attach.title'))
      await page.sees(t('attach.lead'))
      await page.fill(t('attach.file.label'), path)
      await page.follow(t('attach.button'))
      const shown = await page.sees(t('flash.attach.photo'))
      assert.ok(!shown.includes(folder), 'the page tells where the file lay')
      await page.follow(t('attach.remove', {Name: photo(1)}))
      await page.sees(t('flash.attach.removed'))
    })
  }
})
