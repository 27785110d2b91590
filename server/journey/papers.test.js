// Numbered papers as they leave the printer: each on its own sheet of A4, in large
// type, with what is inside on paper only.
import assert from 'node:assert/strict'
import {after, before, test} from 'node:test'
import {open, person} from './browser.js'
import {start} from './program.js'
import {needs, find} from './tools.js'

const server = await start('examples')
let browser
before(async () => { if (find('chromium')) browser = await open() })
after(async () => {
  await browser?.close()
  await server.stop()
})

const pages = pdf => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length
const smallest = 16 / 72 * 96 // 16 pt in pixels

for (const lang of ['zh-Hans', 'en']) {
  for (const kind of ['slip', 'card', 'consent', 'form']) {
    test(`${kind} in ${lang} is one sheet in large type, and shut on a screen`, needs('chromium'), async () => {
      const page = await person(browser, {width: 1280})
      await page.goto(`${server.url}/${lang}/sheets-${kind}`)
      const inside = page.locator('.within b')
      for (let i = 0; i < await inside.count(); i++) assert.ok(await inside.nth(i).isHidden(), 'what is inside is seen on a screen')
      for (const size of ['', 's30']) {
        await page.evaluate(size => { document.documentElement.className = size }, size)
        assert.equal(pages(await page.pdf({preferCSSPageSize: true})), 1, `sheets of paper with type size ${size || 20}`)
      }
      await page.emulateMedia({media: 'print'})
      for (let i = 0; i < await inside.count(); i++) assert.ok(await inside.nth(i).isVisible(), 'what is inside is not printed')
      const small = await page.evaluate(smallest => [...document.querySelectorAll('.sheet *')]
        .filter(e => [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim()))
        .filter(e => parseFloat(getComputedStyle(e).fontSize) < smallest - .1).map(e => e.textContent), smallest)
      assert.deepEqual(small, [], 'smaller than 16 pt')
      await page.context().close()
    })
  }
}
