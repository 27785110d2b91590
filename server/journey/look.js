// What is asked of every page that a journey comes by: all checks in the browser
// when it is seen, both validators over all of them at the end. With SHOTS=FOLDER
// each is kept as a picture besides, for looking.
import {join} from 'node:path'
import {axe} from './axe.js'
import * as checks from './checks.js'
import {htmlValidate, vnu} from './html.js'
import {find} from './tools.js'

const asked = [checks.plain, checks.reflow, checks.targets, checks.type, checks.focus, axe]

/** look(name, page) holds a page to the checks, once a name; sound() tells everything that was wrong. */
export function looking() {
  const sources = new Map(), found = []
  return {
    async look(name, page) {
      if (sources.has(name)) return
      await page.waitForLoadState() // a click ends with the first bytes of the next page, before its style is there
      sources.set(name, await page.source())
      if (process.env.SHOTS) await page.screenshot({path: join(process.env.SHOTS, `${name}.png`), fullPage: true, caret: 'initial'})
      for (const check of asked) found.push(...(await check(page)).map(line => `${name}: ${check.name}: ${line}`))
    },
    async sound() {
      checks.none([...found, ...await htmlValidate(sources), ...find('java') ? await vnu(sources) : []])
    },
  }
}
