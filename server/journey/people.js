// What people do on the pages, step by step, by the words they see: the same in
// every journey, so that a changed page is mended in one place.
import assert from 'node:assert/strict'
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

/** Ticks the answer with these words. */
export const choose = (page, key) => page.locator('label.opt').filter({has: page.locator('b', {hasText: new RegExp(`^${t(key)}$`)})}).click()

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
export async function answer(page, {kind, body, title, place, village, name, remark, open}) {
  if (kind) await choose(page, `kind.${kind}`)
  if (body !== undefined) await page.getByLabel(t('file.body.label')).fill(body)
  if (title) await page.getByLabel(t('file.heading.label')).fill(title)
  if (place) await page.getByLabel(t('file.place.label')).selectOption({index: place})
  if (village) await page.getByLabel(t('file.village.label')).fill(village)
  if (name) await page.getByLabel(t('file.name.label')).fill(name)
  if (remark) await page.getByLabel(t('file.remark.label')).fill(remark)
  if (open) await choose(page, 'file.public.yes.label')
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

/** Opens a case on the desk. */
export async function take(page, number) {
  await page.locator('tr', {hasText: number}).getByRole('link').first().click()
}

/** Opens the deed and presses its button. Fields are named as the deed's words name them. */
export async function does(page, deed, fields = {}) {
  const form = page.locator('details.act', {has: page.locator('summary', {hasText: t(`deed.${deed}.title`)})})
  if (!await form.evaluate(details => details.open)) await form.locator('summary').click()
  for (const [name, value] of Object.entries(fields)) {
    const field = form.getByLabel(t(`deed.${deed}.${name}.label`))
    await (name === 'unit' ? field.selectOption({label: value}) : field.fill(value))
  }
  await form.getByRole('button', {name: t(`deed.${deed}.button`)}).click()
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
