// What axe does not measure. Each check returns what is wrong, a sentence each.
// They run in the page by CDP, which works with the page's own script off.
import assert from 'node:assert/strict'

/** Nothing was found; or all of it is told, each thing once. assert.deepEqual would cut the list short. */
export function none(found) {
  const once = [...new Set(found)]
  if (once.length) assert.fail(`${once.length} found:\n${once.join('\n')}`)
}

/** Gives the page the two words that all checks need: seen(element) and name(element). */
async function prepare(page) {
  await page.evaluate(() => {
    const seen = element => element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}) &&
      element.getClientRects().length > 0
    const name = element => {
      const text = (element.innerText || element.value || '').trim().replace(/\s+/g, ' ').slice(0, 24)
      const id = element.id ? '#' + element.id : element.classList.length ? '.' + element.classList[0] : ''
      return element.localName + id + (text ? ` "${text}"` : '')
    }
    window.lianxin = {seen, name}
    for (const details of document.querySelectorAll('details')) details.open = true
  })
}

/** Nothing makes the page scroll sideways, hides text, or hides itself past the edge. */
export async function reflow(page) {
  await page.waitForLoadState() // its style too
  await prepare(page)
  return page.evaluate(() => {
    const {seen, name} = window.lianxin
    const wide = document.documentElement.clientWidth
    const found = []
    const over = document.scrollingElement.scrollWidth > wide
    if (over) found.push(`the page is ${document.scrollingElement.scrollWidth} px wide in a window of ${wide}`)
    const natural = 'input,textarea,select,option' // browsers scroll inside these by themselves
    for (const element of document.body.querySelectorAll('*')) {
      if (!seen(element)) continue
      const style = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      const margin = over ? parseFloat(style.marginRight) : 0 // the margin of an inline block widens the page too
      if (box.right + margin > wide + 1 && box.width > 1) found.push(`${name(element)} ends at ${Math.round(box.right)} of ${wide} px`)
      if (element.clientWidth <= 1 || style.display === 'inline' || element.matches(natural)) continue
      if (style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1) found.push(`${name(element)} hides or scrolls text sideways`)
      if (style.overflowY !== 'visible' && element.scrollHeight > element.clientHeight + 1) found.push(`${name(element)} hides or scrolls text`)
    }
    return found
  })
}

/** Every target is at least 48 px each way, buttons that act 60 px high; links inside a sentence are free (WCAG 2.5.5). */
export async function targets(page, {least = 48, main = 60} = {}) {
  await prepare(page)
  return page.evaluate(({least, main}) => {
    const {seen, name} = window.lianxin
    const inSentence = link => {
      if (link.localName !== 'a' || getComputedStyle(link).display !== 'inline') return false
      let block = link.parentElement
      while (getComputedStyle(block).display === 'inline') block = block.parentElement
      const rest = block.cloneNode(true)
      for (const each of rest.querySelectorAll('a')) each.remove()
      return /[\p{L}\p{N}]/u.test(rest.textContent)
    }
    const found = []
    const before = document.activeElement
    for (const target of document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')) {
      if (!seen(target) || inSentence(target)) continue
      target.focus({preventScroll: true}) // a skip link has its size when it has the focus
      const boxes = [target.getBoundingClientRect()]
      if (['radio', 'checkbox'].includes(target.type)) boxes.push(...[...target.labels].map(label => label.getBoundingClientRect()))
      const width = Math.max(...boxes.map(box => box.right)) - Math.min(...boxes.map(box => box.left))
      const height = Math.max(...boxes.map(box => box.bottom)) - Math.min(...boxes.map(box => box.top))
      const asked = target.matches('main [type=submit]') && !target.closest('.staff') ? main : least
      if (width < least - 0.5 || height < asked - 0.5) {
        found.push(`${name(target)} is ${Math.round(width)} × ${Math.round(height)} px, not ${least} × ${asked}`)
      }
    }
    before?.focus?.({preventScroll: true})
    return found
  }, {least, main})
}

/** Text is never under 18 px, paragraphs have lines 1.5 apart and at most 40 Han characters wide (WCAG 1.4.8), nothing is justified. */
export async function type(page) {
  await prepare(page)
  return page.evaluate(() => {
    const {seen, name} = window.lianxin
    const found = new Set()
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    const plain = parseFloat(getComputedStyle(document.body).fontSize)
    while (texts.nextNode()) {
      const text = texts.currentNode
      const element = text.parentElement
      if (!text.data.trim() || !seen(element)) continue
      const style = getComputedStyle(element)
      const size = parseFloat(style.fontSize)
      if (size < 18) found.add(`${name(element)} is set in ${size} px`)
      if (style.textAlign === 'justify') found.add(`${name(element)} is justified`)
      if (!element.closest('p,li,dd,blockquote') || size > 1.3 * plain) continue // a number to read aloud is no paragraph
      if (!(parseFloat(style.lineHeight) / size >= 1.49)) found.add(`${name(element)} has lines ${style.lineHeight} apart for ${size} px`)
      range.selectNodeContents(text)
      const widest = Math.max(...[...range.getClientRects()].map(box => box.width))
      if (widest / size > 40.5) found.add(`${name(element)} has lines of ${Math.round(widest / size)} em`)
    }
    for (const field of document.querySelectorAll('input:not([type=hidden],[type=radio],[type=checkbox]),select,textarea,button')) {
      const size = parseFloat(getComputedStyle(field).fontSize)
      if (seen(field) && size < 18) found.add(`${name(field)} is set in ${size} px`)
    }
    return [...found]
  })
}

/** Whatever takes the focus shows it: an outline of 4 px, on itself or on its label, and inside the window. */
export async function focus(page) {
  await prepare(page)
  return page.evaluate(() => {
    const {seen, name} = window.lianxin
    const found = []
    const before = document.activeElement
    for (const target of document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary,[autofocus]')) {
      if (!seen(target)) continue
      target.focus()
      if (document.activeElement !== target) {
        found.push(`${name(target)} does not take the focus`)
        continue
      }
      const ringed = [target, ...(target.labels ?? [])].some(element => {
        const style = getComputedStyle(element)
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 4
      })
      if (!ringed) found.push(`${name(target)} has no outline of 4 px when it has the focus`)
      const box = target.getBoundingClientRect()
      if (box.bottom < 1 || box.top > innerHeight) found.push(`${name(target)} has the focus out of sight`)
    }
    before?.focus?.()
    return found
  })
}

/** Script is off, and the page needs none: no handler, no style attribute, no script, nothing from elsewhere. */
export async function plain(page) {
  return page.evaluate(() => {
    const found = []
    for (const element of document.querySelectorAll('*')) {
      if (['script', 'style', 'iframe', 'object', 'embed', 'base'].includes(element.localName)) found.push(`there is a <${element.localName}>`)
      for (const {name, value} of element.attributes) {
        if (name.startsWith('on') || name === 'style') found.push(`${element.localName} has ${name}=`)
        const leads = ['src', 'action', 'srcset', 'poster'].includes(name) || name === 'href' && element.localName === 'link'
        if (leads && /^([a-z]+:)?\/\//i.test(value) && new URL(value, location.href).origin !== location.origin) found.push(`${element.localName} asks elsewhere: ${value}`)
      }
    }
    return found
  })
}
