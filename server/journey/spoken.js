// What a screen reader says of a page, phrase by phrase, from its first word to its last.
import {JSDOM} from 'jsdom'

/** All phrases in reading order. The reader works on one document at a time. */
export async function spoken(html) {
  const dom = new JSDOM(html, {url: 'http://127.0.0.1/'})
  const known = {}
  for (const name of ['window', 'document', 'Node', 'Element', 'HTMLElement', 'MutationObserver', 'getComputedStyle', 'Event', 'KeyboardEvent', 'MouseEvent']) {
    known[name] = Object.getOwnPropertyDescriptor(globalThis, name)
    Object.defineProperty(globalThis, name, {value: name === 'window' ? dom.window : dom.window[name], configurable: true, writable: true})
  }
  try {
    const {Virtual} = await import('@guidepup/virtual-screen-reader')
    const reader = new Virtual()
    await reader.start({container: dom.window.document.body})
    while (await reader.lastSpokenPhrase() !== 'end of document') await reader.next()
    const phrases = await reader.spokenPhraseLog()
    await reader.stop()
    return phrases
  } finally {
    for (const [name, before] of Object.entries(known)) {
      if (before) Object.defineProperty(globalThis, name, before)
      else delete globalThis[name]
    }
  }
}
