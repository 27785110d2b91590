// Every page of views, empty and full, plain and with errors, as people see it.
// make test-all asks it in every language, size, theme and width at once. Each
// half of the pages is a test file of its own: they are the longest of all, and
// files are played side by side.
import {after, before, test} from 'node:test'
import {axe, contrast} from './axe.js'
import {dress, focused, open, person, space} from './browser.js'
import * as checks from './checks.js'
import {start} from './program.js'
import {all, find, needs} from './tools.js'

const widths = [240, 320, 360, 1280]
const sizes = [20, 24, 30]

// Each size once, the largest where it is narrowest; in another language the ends
// of it. Everything with everything is for make test-all.
const usual = {
  first: [[240, 30], [320, 24], [1280, 20]],
  other: [[240, 30], [1280, 20]],
}
const every = widths.flatMap(width => sizes.map(size => [width, size]))
const themes = ['light', 'dark', 'contrast', 'cream']

// playPages plays the pages of the languages that are wanted, and gives the sources
// of all of them.
export async function playPages(wanted) {
  const server = await start('examples')
  const paths = await (await fetch(server.url)).json()
  const sources = new Map()
  let browser
  before(async () => {
    for (const path of paths) sources.set(path.slice(1), await (await fetch(server.url + path)).text())
    if (find('chromium')) browser = await open()
  })
  after(async () => {
    await browser?.close()
    await server.stop()
  })
  for (const path of paths) {
    const [, lang, name] = path.split('/')
    if (wanted(lang)) pageTest(name, lang, server.url + path, () => browser)
  }
  return sources
}

function pageTest(name, lang, url, browser) {
  const first = lang === 'zh-Hans'

  test(`${name} in ${lang} is readable, reachable and holds at every width`, needs('chromium'), async () => {
    const page = await person(browser(), {width: 320})
    await page.goto(url)
    const found = []
    const ask = async (check, where = '') => found.push(...(await check(page)).map(line => `${check.name} ${where}: ${line}`))

    if (await page.locator('#errs').count()) {
      await focused(page, 'errs')
    }
    await ask(checks.plain)
    await ask(checks.focus)
    await ask(axe)
    for (const [width, size] of all ? every : first ? usual.first : usual.other) {
      await page.setViewportSize({width, height: 740})
      await dress(page, {size})
      const where = `at ${width} px, type ${size}`
      await ask(checks.reflow, where)
      await ask(checks.targets, where)
      await ask(checks.type, where)
      await space(page, true)
      await ask(checks.reflow, where + ', spaced')
      await space(page, false)
      if (all) await ask(axe, where)
    }
    for (const theme of all || first ? themes : []) {
      for (const size of all ? sizes : [20]) {
        await dress(page, {theme, size})
        await ask(contrast, `in ${theme}, type ${size}`)
      }
    }
    await page.context().close()
    checks.none(found)
  })
}
