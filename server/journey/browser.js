// Chromium as people have it, with script off.
//
// Script is switched off by our own CDP session and not by javaScriptEnabled:false,
// because only the session that switched it off can switch it on again, and axe
// never resolves while it is off.
import assert from 'node:assert/strict'
import {setTimeout as pause} from 'node:timers/promises'
import {chromium} from 'playwright-core'
import {find} from './tools.js'

const flags = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--hide-scrollbars']

/** Starts Chromium; close() it. */
export function open() {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [] // root may not have one
  return chromium.launch({executablePath: find('chromium'), headless: true, args: [...flags, ...sandbox]})
}

/**
 * A person with a browser of their own: a fresh profile and one page, script off.
 * page.scripts(on) switches script; page.source() is the page as the server sent it.
 */
export async function person(browser, {width = 360, height = 740, lang = 'zh-CN', scheme = 'light'} = {}) {
  const context = await browser.newContext({viewport: {width, height}, locale: lang, colorScheme: scheme})
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  page.scripts = on => cdp.send('Emulation.setScriptExecutionDisabled', {value: !on})
  await page.scripts(false)
  await cdp.send('Emulation.setUserAgentOverride', chosen(browser.version(), lang))

  let document
  page.on('response', response => {
    const request = response.request()
    if (request.isNavigationRequest() && (response.status() < 300 || response.status() > 399)) document = response
  })
  page.source = () => document.text()
  page.status = () => document.status()
  return page
}

// What Chromium on a desk says of itself, whichever of its packages is there: bytes are counted.
function chosen(version, lang) {
  const major = version.split('.')[0]
  return {
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`,
    acceptLanguage: lang,
    userAgentMetadata: {
      brands: [{brand: 'Not:A-Brand', version: '8'}, {brand: 'Chromium', version: major}],
      platform: 'Linux', platformVersion: '', architecture: '', model: '', mobile: false,
    },
  }
}

/** Asserts that the focus is where it should be; autofocus comes with the first picture of a page, after it is loaded. */
export async function focused(page, id) {
  let at
  for (let tries = 0; tries < 100; tries++) {
    at = await page.evaluate(() => document.activeElement.id)
    if (at === id) return
    await pause(50)
  }
  assert.equal(at, id, 'where the focus is')
}

/** Dresses the page as the person could: type size 20, 24 or 30; theme light, dark, contrast or cream. */
export function dress(page, {size = 20, theme = ''} = {}) {
  const look = [theme, size === 20 ? '' : `s${size}`].filter(Boolean).join(' ')
  return page.evaluate(look => { document.documentElement.className = look }, look)
}

/** The text spacing of WCAG 1.4.12, over whatever the page says. An adopted sheet, since the CSP refuses a <style>. */
export function space(page, on) {
  return page.evaluate(on => {
    const sheet = new CSSStyleSheet()
    if (on) {
      sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}' +
        'p{margin-bottom:2em!important}')
    }
    document.adoptedStyleSheets = [sheet]
  }, on)
}
