// The one place that knows how Lianxin is started and where its texts come out.
import {mkdtemp, readdir, readFile, rm, writeFile, mkdir} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {start} from './program.js'

/** The Friday on which all journeys take place. */
export const today = '2026-09-18T10:00:00+08:00'

/**
 * Starts the made-up county in folders of its own, on a free port.
 * stop() ends it and takes the folders away.
 */
export async function open({now = today} = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'lianxin-journey-'))
  const data = join(folder, 'data')
  const child = await start('lianxin', 'demo', '--data', data, '--keys', join(folder, 'keys'),
    '--addr', '127.0.0.1:0', '--now', now)
  const out = join(data, 'spool/out')
  const server = {
    url: child.url,
    data,

    /** All texts that left the box, oldest first: {id, to, text, time}. */
    async texts() {
      const names = await readdir(out).catch(() => [])
      const texts = await Promise.all(names.filter(name => name.endsWith('.json')).map(async name =>
        JSON.parse(await readFile(join(out, name), 'utf8'))))
      return texts.sort((a, b) => a.time.localeCompare(b.time) || a.id.localeCompare(b.id))
    },

    /** Waits for a text to this number that fits, and is not among `known`. */
    async text(to, fits = () => true, known = []) {
      for (let tries = 0; tries < 400; tries++) {
        const found = (await server.texts()).findLast(text =>
          text.to.endsWith(to) && !known.includes(text.id) && fits(text.text))
        if (found) return found.text
        await pause(25)
      }
      throw new Error(`no text to ${to}; there are ${JSON.stringify(await server.texts())}`)
    },

    /** The one-time code in the newest text to this number; its six digits stand first, 48 29 13. */
    async code(to, known) {
      const text = await server.text(to, text => /\d{2} ?\d{2} ?\d{2}/.test(text), known)
      return text.match(/\d{2} ?\d{2} ?\d{2}/)[0]
    },

    /** Sends a text to the board, as a phone would. */
    async send(from, text) {
      const into = join(data, 'spool/in')
      await mkdir(into, {recursive: true})
      await writeFile(join(into, `${Date.now()}.json`), JSON.stringify({from, text, time: now}), {mode: 0o600})
    },

    async stop() {
      await child.stop()
      await rm(folder, {recursive: true, force: true})
    },
  }
  return server
}
