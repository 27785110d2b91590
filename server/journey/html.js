// The two validators, over all pages that were collected.
import {execFile} from 'node:child_process'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {basename, join} from 'node:path'
import {promisify} from 'node:util'
import {HtmlValidate} from 'html-validate'

const jar = join(createRequire(import.meta.url).resolve('vnu-jar/package.json'), '../build/dist/vnu.jar')

/** What the W3C checker calls an error. `pages` is a map from name to HTML; one run of Java for all. */
export async function vnu(pages) {
  const folder = await mkdtemp(join(tmpdir(), 'lianxin-html-'))
  try {
    const files = []
    for (const [name, html] of pages) {
      files.push(join(folder, name.replace(/[^\p{L}\p{N}.-]+/gu, '_') + '.html'))
      await writeFile(files.at(-1), html)
    }
    const {stdout} = await promisify(execFile)('java',
      ['-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', ...files], {maxBuffer: 1 << 26})
    return JSON.parse(stdout).messages.filter(message => message.type !== 'info').map(message =>
      `${basename(message.url ?? '')}:${message.lastLine}: ${message.message} ${(message.extract ?? '').trim()}`)
  } finally {
    await rm(folder, {recursive: true})
  }
}

// How the source is laid out is the templates' own matter; what it says is checked in full.
const rules = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:prettier'],
  rules: {
    'long-title': 'off', // the county's name is part of every title
    'no-trailing-whitespace': 'off',
    'prefer-button': 'off', // w3m draws a <button> as plain text
    'require-sri': 'off', // the sheet is our own, from the same server
    'tel-non-breaking': 'off', // a number must be allowed to wrap at 240 px and 30 px type
  },
})

/** What html-validate calls an error. */
export async function htmlValidate(pages) {
  const found = []
  for (const [name, html] of pages) {
    const report = await rules.validateString(html, `${name}.html`)
    for (const result of report.results) {
      for (const message of result.messages) {
        if (message.severity === 2) found.push(`${name}:${message.line}: ${message.ruleId}: ${message.message}`)
      }
    }
  }
  return found
}
