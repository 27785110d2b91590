// What each page for residents costs: bytes of HTML, requests and bytes on the
// wire at the first visit and later, and how long it takes on GPRS (50 kbit/s
// down, 20 up, 500 ms), each beside its budget: node bench.js
import {does, enter, file, pick, t, unit, work} from './people.js'
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
async function resident(phone, answers) {
  const page = await person(browser)
  return {page, ...await file(page, through, phone, answers)}
}

const known = await resident('14000000211', {kind: 'ask', body: '请问周六办不办身份证？', place: 2})
const journey = relay.tally()

// What only a case that went further has: an answer to rate, a refusal to object
// to, words that anybody may read.
const newPerson = () => person(browser)
const rated = await resident('14000000212', {kind: 'suggest', body: '车站到医院，早上加一班车。', open: true})
await work(through, newPerson, rated.number, {found: '跟车看过，早班车七点四十才到。', done: '加开六点五十一班。', contact: '运输科，0300-800 5001'})
const refused = await resident('14000000213', {kind: 'complain', body: '手机套餐多扣钱。'})
const dispatcher = await newPerson()
await enter(dispatcher, through, 'dispatcher')
const shown = await resident('14000000214', {kind: 'suggest', body: '巷口装一面镜子，看得见来车。', open: true})
await pick(dispatcher, through, shown.number)
await does(dispatcher, 'assign', {unit, topic: t('topic.traffic')})
await does(dispatcher, 'publish')
await pick(dispatcher, through, refused.number)
await does(dispatcher, 'decline', {reason: t('decline.not-county'), words: '请打运营商的客服。'})

const own = name => `/case/${known.bare}${name}`
const pages = [
  ['/', 'content'], ['/login', 'form'], ['/lookup', 'form'],
  ['/file', 'form', known], ['/file/step/kind', 'form', known], ['/file/step/words', 'form', known],
  ['/file/step/place', 'form', known], ['/file/step/you', 'form', known],
  ['/cases', 'content', known], [own(''), 'content', known], [`/receipt/${known.bare}`, 'content', known],
  [own('/edit'), 'form', known], [own('/add'), 'form', known], [own('/withdraw'), 'form', known], [own('/looks'), 'content', known],
  [`/case/${rated.bare}`, 'content', rated, 'answered'], [`/case/${rated.bare}/rate`, 'form', rated],
  [`/case/${refused.bare}`, 'content', refused, 'declined'], [`/case/${refused.bare}/object`, 'form', refused],
  ['/me', 'form', known], ['/who', 'form', known],
  ['/public', 'content'], [`/public/${shown.bare}`, 'content'], ['/units', 'content'],
  ['/help', 'content'], ['/privacy', 'content'], ['/accessibility', 'content'], ['/glossary', 'content'],
  ['/assisted', 'content'], ['/about-desk', 'content'],
]
console.log('page\tHTML\tfirst: requests, bytes\tlater: requests, bytes\tGPRS first\tGPRS later')
for (const [path, sort, who, what] of pages) {
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
    path.replace(/\d{10}/, ':number') + (what ? `, ${what}` : ''), held(html, most[sort]),
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
