// lynx, driven key by key. It reads its keystrokes from a pipe, so that a code that
// was sent while it runs can still be typed into it; what it shows is read by
// letting it print the page to a file, as a person would.
import {spawn, execFile} from 'node:child_process'
import {once} from 'node:events'
import {open as openFile, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {promisify} from 'node:util'

const run = promisify(execFile)
const links = '\nReferences\n'
const bare = text => text.replace(/\s+/g, '') // lines break anywhere between Han

/** Opens lynx at a URL; close() it. All words in labels come from the locale files. */
export async function open(url) {
  const folder = await mkdtemp(join(tmpdir(), 'lianxin-lynx-'))
  const script = join(folder, 'keys'), shown = join(folder, 'p')
  await run('mkfifo', [script])
  await writeFile(join(folder, '.lynxrc'), 'preferred_language=zh-CN\n')
  const child = spawn('lynx', ['-accept_all_cookies', '-nopause', '-display_charset=utf-8', '-term=vt100',
    '-number_fields', '-tna', `-cmd_script=${script}`, url],
  {env: {...process.env, LC_ALL: 'C.UTF-8', HOME: folder}, stdio: ['ignore', 'pipe', 'inherit']})
  let screen = ''
  child.stdout.setEncoding('latin1').on('data', piece => { screen = (screen + piece).slice(-4000) })
  const ended = once(child, 'exit')
  const keys = await Promise.race([openFile(script, 'w'),
    ended.then(([code]) => { throw new Error(`lynx ended with ${code}: ${screen}`) })])

  const press = (...names) => keys.write(names.map(name => `key ${name}\n`).join(''))
  const type = text => press(...[...Buffer.from(text)].map(byte =>
    byte === 0x0a ? '^J' : byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '0x' + byte.toString(16).padStart(2, '0')))

  const lynx = {
    press,

    /** The page as lynx shows it, with [n] before every link and field. */
    async page() {
      await rm(shown, {force: true})
      await press('p', '^J', '^U')
      await type(shown)
      await press('^J')
      let before = ''
      for (let tries = 0; tries < 400; tries++) {
        await pause(25)
        const text = await readFile(shown, 'utf8').catch(() => '')
        if (text && text === before && text.includes(links)) return text
        before = text
      }
      throw new Error(`lynx shows nothing but ${before.length} ${before}: ${screen}`)
    },

    /** Waits until the page shows this text. */
    async sees(text) {
      let page
      for (let tries = 0; tries < 40; tries++) {
        page = await lynx.page()
        if (bare(page.split(links)[0]).includes(bare(text))) return page
        await pause(50)
      }
      throw new Error(`lynx does not show “${text}”:\n${page}`)
    },

    /** Follows the link or presses the button with this text. */
    async follow(text) {
      await go(await number(text, 'at'))
      await press('^J')
    },

    /** Types into the field after this label. */
    async fill(label, text) {
      await go(await number(label, 'after'))
      await press('^J', '^U')
      await type(text)
      await press('^I')
    },

    /** Ticks the button before this label. */
    async choose(label) {
      await go(await number(label, 'at'))
      await press('^J')
    },

    async close() {
      await press('Q', 'y').catch(() => {})
      await keys.close()
      child.kill()
      await ended
      await rm(folder, {recursive: true})
    },
  }
  return lynx

  async function go(n) {
    await press('0', ...String(n), 'g', '^J') // 0 asks for a number; other digits are arrows
  }

  /** The number of the link or button with this text, or of the field after it. */
  async function number(text, where) {
    const page = await lynx.page()
    const flat = bare(page.split(links)[0])
    const wanted = bare(text)
    const at = where === 'after' ? flat.indexOf(wanted) : flat.search(new RegExp(
      String.raw`\[\d+\](\([*]?\)_*)?` + wanted.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)))
    if (at < 0) throw new Error(`lynx shows no “${text}”:\n${page}`)
    if (where === 'at') return flat.slice(at).match(/\d+/)[0]
    // A field on the line of its label in Han loses its number when lynx prints, so
    // it is counted: one more than the last number before, and than fields without one.
    const [last, ...rest] = flat.slice(0, at).split(/\[(?=\d+\])/).reverse()
    const unnumbered = last.replace(/^\d+\]\[?(\(\d+\))?_*/, '').match(/\(\d+\)__[^\]]*\]|_{3,}/g)?.length ?? 0
    return (rest.length ? parseInt(last) : 0) + unnumbered + 1
  }
}

/** The page in w3m, as plain text. */
export async function w3m(url) {
  const {stdout} = await run('w3m', ['-dump', '-o', 'accept_language=zh-CN', '-O', 'UTF-8', '-I', 'UTF-8', '-cols', '80', url], {env: {...process.env, LC_ALL: 'C.UTF-8'}})
  return stdout
}
