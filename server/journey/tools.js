// What stands on this machine. A test that lacks a tool is left out with the reason;
// with CI=true `setup` has refused before any test starts.
import {accessSync, constants} from 'node:fs'
import {delimiter, dirname, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'

export const here = dirname(fileURLToPath(import.meta.url))
export const root = resolve(here, '../..')

// Chromium without its own windows and menus shows the same pages in two thirds of the time.
const names = {chromium: ['chromium-headless-shell', 'chromium']}

/** The path of a program, or undefined. */
export function find(program) {
  for (const name of names[program] ?? [program]) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK)
        return join(folder, name)
      } catch {}
    }
  }
}

/** Options of a test that needs programs: it is left out, with the reason, where one is missing. */
export function needs(...programs) {
  const missing = programs.filter(program => !find(program))
  return missing.length ? {skip: `not on this machine: ${missing.join(', ')}`} : {}
}

/** Everything, not only what a person would try first: `make test-all`. */
export const all = Boolean(process.env.LIANXIN_ALL)
