// The one place that knows how Lianxin is started and where its texts come out.
import {execFile} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {mkdtemp, readdir, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {promisify} from 'node:util'
import {start} from './program.js'
import {root} from './tools.js'

/** The Friday on which all journeys take place. */
export const today = '2026-09-18T10:00:00+08:00'

// A line of the log with a phone, an identity card, a one-time code or a cookie's secret.
const telling = /^time=.*(\b1[3-9]\d{9}\b|\d{17}[\dX]|\b\d\d \d\d \d\d\b|[ =][\w-]{43}).*/m

/** Starts the made-up county, on the Friday or when told; stop() it. */
export const open = ({now = today} = {}) => county('demo', now)

/** Starts an empty county at the present time, as its IT person does; stop() it. */
export const openEmpty = () => county('serve')

/** A county in folders of its own, on a free port. */
async function county(command, now) {
  const folder = await mkdtemp(join(tmpdir(), 'lianxin-journey-'))
  const data = join(folder, 'data'), keys = join(folder, 'keys')
  const begin = (address, now) => start('lianxin', command, '--data', data, '--keys', keys,
    '--addr', address, ...now ? ['--now', now] : [])
  let child = await begin('127.0.0.1:0', now)
  const said = [] // by the servers that were stopped
  let ahead = now ? Date.parse(now) - Date.now() : 0
  const out = join(data, 'spool/out')
  const server = {
    url: child.url,
    data,

    /** The time on the server's clock, in milliseconds. */
    now: () => Date.now() + ahead,

    /** What the server printed. */
    said: () => child.said(),

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
      const have = (await server.texts()).filter(text => text.to.endsWith(to)).map(text => text.text)
      throw new Error(`no such text to ${to}; there are ${have.length}: ${have.join(' | ')}`)
    },

    /** The one-time code in the newest text to this number; its six digits stand first, 48 29 13. */
    async code(to, known) {
      const text = await server.text(to, text => /\d{2} ?\d{2} ?\d{2}/.test(text), known)
      return text.match(/\d{2} ?\d{2} ?\d{2}/)[0]
    },

    /** Sends a text to the board, as a phone would. */
    async send(from, text) {
      const into = join(data, 'spool/in')
      const name = join(into, `${randomUUID()}.json`)
      await writeFile(name + '.tmp', JSON.stringify({from, text, time: now ?? new Date().toISOString()}), {mode: 0o600})
      await rename(name + '.tmp', name) // whole, or not there
    },

    /** Starts the server again at the same address, at a later time: its clock cannot be set while it runs. */
    async restart(now) {
      await child.stop()
      said.push(child.said())
      child = await begin(new URL(server.url).host, now)
      ahead = now ? Date.parse(now) - Date.now() : 0
    },

    /** The same, so many minutes later. */
    later: minutes => server.restart(new Date(server.now() + minutes * 60_000).toISOString()),

    /** Runs a command on the county while it is served; gives what it printed. */
    async command(...args) {
      const {stdout} = await promisify(execFile)(join(root, 'bin/lianxin'), args,
        {env: {...process.env, LIANXIN_DATA: data, LIANXIN_KEYS: keys, LIANXIN_LANG: 'en'}})
      return stdout
    },

    /** Ends the server; what the journey left must add up, and its log must tell of nobody. */
    async stop() {
      await child.stop()
      said.push(child.said())
      try {
        await server.command('check')
        const told = said.join('').match(telling)
        if (told) throw new Error(`the log tells of people: ${told[0]}`)
      } finally {
        await rm(folder, {recursive: true, force: true})
      }
    },
  }
  return server
}
