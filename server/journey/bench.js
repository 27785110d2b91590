// What each page for residents costs: bytes of HTML, requests and bytes on the
// wire at the first visit and later, and how long it takes on GPRS (50 kbit/s
// down, 20 up, 500 ms), each beside its budget: node bench.js
import {file} from './people.js'
import {open as chromium, person} from './browser.js'
import {open as relayTo} from './wire.js'
import {open} from './server.js'

const gprs = {offline: false, latency: 500, downloadThroughput: 50_000 / 8, uploadThroughput: 20_000 / 8}
const most = {form: 8 << 10, content: 14 << 10, later: 1.5, first: 2.5, journey: 24 << 10, home: 6 << 10}

const server = await open()
const relay = await relayTo(server.url)
const browser = await chromium()
const through = {...server, url: relay.url}
let missed = 0

/** A row of the table; a figure over its budget is marked. */
const held = (figure, budget, unit = '') => {
  const over = figure > budget
  if (over) missed++
  return `${typeof figure === 'number' && !Number.isInteger(figure) ? figure.toFixed(2) : figure}${unit}${over ? ' OVER ' + budget : ''}`
}

/** Seconds until a page is loaded on a slow line. */
async function slowly(page, path) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', gprs)
  const begun = performance.now()
  await page.goto(relay.url + path)
  const seconds = (performance.now() - begun) / 1000
  await cdp.send('Network.emulateNetworkConditions', {offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1})
  await cdp.detach()
  return seconds
}

/** A person who has been let in, with one case of their own. */
async function resident(phone) {
  const page = await person(browser)
  const filed = await file(page, through, phone, {kind: 'ask', body: '请问周六办不办身份证？', place: 2})
  return {page, number: filed.bare}
}

const known = await resident('14000000211')
const journey = relay.tally()
const pages = [
  ['/', 'content'], ['/login', 'form'], ['/lookup', 'form'],
  ['/file', 'form', known], ['/file/step/kind', 'form', known], ['/file/step/words', 'form', known],
  ['/file/step/place', 'form', known], ['/file/step/you', 'form', known],
  ['/cases', 'content', known], [`/case/${known.number}`, 'content', known],
]
console.log('page\tHTML\tfirst: requests, bytes\tlater: requests, bytes\tGPRS first\tGPRS later')
for (const [path, sort, who] of pages) {
  const fresh = await person(browser)
  if (who) await fresh.context().addCookies(await who.page.context().cookies())
  relay.tally()
  await fresh.goto(relay.url + path)
  const html = Buffer.byteLength(await fresh.source())
  const first = relay.tally()
  await fresh.goto(relay.url + path)
  const later = relay.tally()
  const newcomer = await person(browser)
  if (who) await newcomer.context().addCookies(await who.page.context().cookies())
  const slowFirst = await slowly(newcomer, path), slowLater = await slowly(newcomer, path)
  console.log([
    path.replace(/\d{10}/, ':number'), held(html, most[sort]),
    `${held(first.paths.length, 2)}, ${path === '/' ? held(first.bytes, most.home) : first.bytes}`,
    `${held(later.paths.length, 1)}, ${later.bytes}`, held(slowFirst, most.first, ' s'), held(slowLater, most.later, ' s'),
  ].join('\t'))
  await fresh.context().close()
  await newcomer.context().close()
}
console.log(`filing by a new person, everything on the wire\t${held(journey.bytes, most.journey)} bytes in ${journey.paths.length} requests`)
console.log(missed ? `${missed} over budget` : 'every budget is held')
await browser.close()
await relay.close()
await server.stop()
process.exitCode = missed ? 1 : 0
