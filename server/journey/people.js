// What people do on the pages, step by step, by the words they see: the same in
// every journey, so that a changed page is mended in one place.
import assert from 'node:assert/strict'
import {createHmac} from 'node:crypto'
import {words} from './words.js'

export const t = words('zh-Hans')

/** The unit of the handler whom the made-up county lets in with one click. */
export const unit = '县城市管理局'

/** The button with these words. */
export const press = (page, key) => page.getByRole('button', {name: t(key), exact: true}).click()

/** The link that begins with these words. */
export const follow = (page, key) => page.getByRole('link', {name: t(key)}).first().click()

/** Asserts the page's one heading. */
export const on = async (page, key) => assert.equal((await page.locator('h1').innerText()).trim(), t(key))

/** A text as a pattern that fits nothing but the whole of it. */
const whole = text => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)

/** Ticks the answer with these words; `where` is the question, if two have the same answers. */
export const choose = (page, key, where = page) => option(page, where, t(key)).click()

const option = (page, where, text) => where.locator('.opt label').filter({has: page.locator('b', {hasText: whole(text)})})

/** The question with these words. */
export const question = (page, label) => page.locator('fieldset', {has: page.locator('legend', {hasText: whole(label)})})

/** The state that stands on the page of a case, as its key. */
export const state = async (page, key) => assert.equal((await page.locator('.stamp').first().innerText()).trim(), t(`state.${key}`))

/** What a page says. */
export const said = page => page.locator('main').innerText()

/** From the phone's page to whatever was wanted: number, code from the text, in. */
export async function logIn(page, server, phone, look = () => {}) {
  const known = (await server.texts()).map(text => text.id)
  await on(page, 'login.title')
  await look('login')
  await page.getByLabel(t('login.phone.label')).fill(phone)
  await press(page, 'login.send')
  await on(page, 'code.title')
  await look('code')
  await page.getByLabel(t('code.code.label')).fill(await server.code(phone, known))
  await press(page, 'code.submit')
}

/** Answers everything on the one page, as far as the answers go. */
export async function answer(page, {kind, body, title, place, village, name, remark, open, secret, hide}) {
  if (kind) await choose(page, `kind.${kind}`)
  if (body !== undefined) await page.getByLabel(t('file.body.label')).fill(body)
  if (title) await page.getByLabel(t('file.heading.label')).fill(title)
  if (place) await page.getByLabel(t('file.place.label')).selectOption({index: place})
  if (village) await page.getByLabel(t('file.village.label')).fill(village)
  if (name) await page.getByLabel(t('file.name.label')).fill(name)
  if (remark) await page.getByLabel(t('file.remark.label')).fill(remark)
  if (open) await choose(page, 'file.public.yes.label')
  if (secret) await choose(page, 'file.private.label')
  if (hide) await choose(page, 'file.hide.yes.label')
}

/** Number and PIN from the receipt, as they stand there. */
export async function receipt(page) {
  await on(page, 'receipt.title')
  const [number, pin] = await page.locator('.num').allInnerTexts()
  assert.match(number, /^[\d ]+$/)
  assert.match(pin, /^\d{3} \d{3}$/)
  return {number, pin, bare: number.replaceAll(' ', '')}
}

/** Files a message on one page, from the front door on; gives the receipt. */
export async function file(page, server, phone, answers) {
  await page.goto(server.url)
  await follow(page, 'home.file')
  await logIn(page, server, phone)
  await answer(page, answers)
  await press(page, 'file.next')
  await press(page, 'check.send')
  return receipt(page)
}

/** Enters as a role of the made-up county, with one click. */
export async function enter(page, server, role) {
  await page.goto(`${server.url}/demo`)
  await page.locator(`form[action="/demo/enter/${role}"] [type=submit]`).click()
}

/** Goes on to the page of a shelf on which a case lies; tells whether it is there. */
async function turn(page, number) {
  const more = page.getByRole('link', {name: t('desk.more')})
  while (!await page.locator('tr', {hasText: number}).count()) {
    if (!await more.count()) return false
    await page.goto(new URL(await more.getAttribute('href'), page.url()).href)
  }
  return true
}

/** Opens a case on the desk. */
export async function take(page, number) {
  await turn(page, number)
  await page.locator('tr', {hasText: number}).getByRole('link').first().click()
}

/** The form of a deed on the page of a case; there is none where the deed may not be done. */
export const deed = (page, name) =>
  page.locator('details.act', {has: page.locator('summary', {hasText: whole(t(`deed.${name}.title`))})})

/** Opens a deed's form and fills it. Fields are named as the deed's words name them, answers as they read. */
export async function fill(page, name, fields = {}) {
  const form = deed(page, name)
  if (!await form.evaluate(details => details.open)) await form.locator('summary').click()
  for (const [field, value] of Object.entries(fields)) {
    const label = t(`deed.${name}.${field}.label`)
    const group = form.locator('fieldset', {has: page.locator('legend', {hasText: whole(label)})})
    if (await group.count()) {
      const fold = form.locator('details.fold:not([open])', {has: group})
      if (await fold.count()) await fold.locator('summary').click()
      for (const each of [value].flat()) await option(page, group, each).click()
      continue
    }
    const typed = form.getByLabel(label, {exact: true})
    await (await typed.evaluate(element => element.localName) === 'select' ? typed.selectOption({label: value}) : typed.fill(value))
  }
  return form
}

/** Fills a deed's form and presses its button. */
export async function does(page, name, fields) {
  const form = await fill(page, name, fields)
  await form.getByRole('button', {name: t(`deed.${name}.button`), exact: true}).click()
}

/** Opens the desk anew, and a case that lies on it. */
export async function pick(page, server, number) {
  await page.goto(`${server.url}/desk`)
  await take(page, number)
}

/** Whether a case lies on the desk. */
export async function onDesk(page, server, number) {
  await page.goto(`${server.url}/desk`)
  return turn(page, number)
}

/** The six digits that an authenticator shows (RFC 6238) for a secret in base32. */
export function authenticator(secret, at = Date.now()) {
  const bits = [...secret].map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const sum = createHmac('sha1', key).update(step).digest()
  return String((sum.readUInt32BE(sum[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Takes somebody on by command; gives what they log in with. */
export async function hire(server, login, name, ...roles) {
  const card = await server.command('staff', 'add', login, '--name', name, ...roles.flatMap(role => ['--role', role]))
  return {login, password: card.match(/Password: (\S+)/)[1], secret: card.match(/secret=([A-Z2-7]+)/)[1]}
}

/** Logs staff in with name, password and code. */
export async function logInStaff(page, server, {login, password, secret}, code = authenticator(secret, server.now())) {
  const asked = page.getByLabel(t('staff.password.label')) // where a session ended, the login keeps what was typed
  if (!await asked.count()) await page.goto(`${server.url}/staff/login`)
  await page.getByLabel(t('staff.name.label')).fill(login)
  await asked.fill(password)
  await page.getByLabel(t('staff.code.label')).fill(code)
  await press(page, 'staff.submit')
}

/** Leads a case from the dispatcher's desk to an approved answer, each role at a browser of its own. */
export async function work(server, newPerson, number, reply, look = () => {}) {
  const dispatcher = await newPerson()
  await enter(dispatcher, server, 'dispatcher')
  await look('desk', dispatcher)
  await take(dispatcher, number)
  await look('desk-case', dispatcher)
  await does(dispatcher, 'assign', {unit})

  const handler = await newPerson()
  await enter(handler, server, 'handler')
  await take(handler, number)
  await does(handler, 'sign')
  await look('desk-case-handler', handler)
  await does(handler, 'answer', reply)
  await look('preview', handler)
  await press(handler, 'preview.send')

  const reviewer = await newPerson()
  await enter(reviewer, server, 'reviewer')
  await take(reviewer, number)
  await does(reviewer, 'approve')
  await look('desk-case-approved', reviewer)
  for (const page of [dispatcher, handler, reviewer]) await page.context().close()
}

/** A serial as the county desk prints it: kind 1 slip, 2 card, 3 consent, 4 form. */
export function serial(kind, series, no) {
  const digits = `${kind}${String(series).padStart(4, '0')}${String(no).padStart(2, '0')}`
  const table = ['0317598642', '7092154863', '4206871359', '1750983426', '6123045978', '3674209581', '5869720134', '8945362017', '9438617205', '2581436790']
  return digits + [...digits].reduce((at, digit) => Number(table[at][digit]), 0)
}

/** Begins to write for somebody the helper has not helped before; leads to the words. */
export async function helpNew(page, server, {name, place, village, phone = '', tell, other, look = () => {}}) {
  await page.goto(`${server.url}/assist/new`)
  await on(page, 'assist.new.title')
  await look('assist-new', page)
  await page.getByLabel(t('assist.name.label')).fill(name)
  if (place) await page.getByLabel(t('assist.place.label')).selectOption({label: place})
  await page.getByLabel(t('assist.village.label')).fill(village)
  if (other) await choose(page, 'assist.other.label')
  await page.getByLabel(t('assist.phone.label')).fill(phone)
  await choose(page, `tell.${tell ?? (phone ? 'text' : 'read')}.label`)
  await press(page, 'assist.new.button')
}

/** Types the words, reads them back, and files them with the code that the phone got. */
export async function consent(page, server, phone, body, look = () => {}) {
  await look('assist-words', page)
  await page.getByLabel(t('assist.body.label')).fill(body)
  await press(page, 'assist.words.button')
  await look('assist-read-phone', page)
  const known = (await server.texts()).map(text => text.id)
  await page.locator('[name=code]').click()
  await look('assist-code', page)
  const code = (await server.text(phone, text => text.includes(t('assist.code.label')), known)).match(/\d{4}/)[0]
  await page.getByLabel(t('assist.code.label')).fill(code)
  await press(page, 'assist.code.button')
  await on(page, 'assist.receipt.title')
}
