// The pages as they are heard: which words are said together, and in which order.
// Four pages are kept as they were heard when somebody listened last, a phrase a
// line, in the folder spoken. Whoever changed one reads what is different there:
// LISTENED=1 server/journey/play spoken.test.js writes them anew.
import assert from 'node:assert/strict'
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {after, test} from 'node:test'
import {t} from './people.js'
import {start} from './program.js'
import {spoken} from './spoken.js'
import {here} from './tools.js'

const server = await start('examples')
after(() => server.stop())
const hear = async path => spoken(await (await fetch(server.url + path)).text())

test('every page is heard in the same order, and nothing that acts is nameless', async () => {
  const paths = (await (await fetch(server.url)).json()).filter(path => path.startsWith('/zh-Hans/'))
  for (const path of paths) {
    const phrases = await hear(path)
    assert.equal(phrases[1], `link, ${t('top.skip')}`, `${path} begins with the way past the header`)
    const parts = phrases.filter(phrase => ['banner', 'main', 'contentinfo'].includes(phrase))
    assert.deepEqual(parts, ['banner', 'main', 'contentinfo'], path)
    const main = phrases.slice(phrases.indexOf('main'), phrases.indexOf('end of main'))
    assert.equal(main.filter(phrase => /^heading, .*, level 1$/.test(phrase)).length, 1, `${path} has one heading of its own`)
    for (const phrase of phrases) {
      assert.doesNotMatch(phrase, /^(link|button|textbox|combobox|radio|radiogroup|navigation|complementary)(, (invalid|checked|not checked|expanded|not expanded))*$/, `${path} says a bare “${phrase}”`)
    }
  }
})

test('an error is heard first as a list, then again at its field, after name, value and hint', async () => {
  const phrases = await hear('/zh-Hans/login-errors')
  const main = phrases.slice(phrases.indexOf('main') + 1)
  const summary = t('top.errors', {Count: 1})
  assert.equal(main[0], `group, ${summary}`)
  const sentence = main.find(phrase => phrase.startsWith('link, ')).slice('link, '.length)
  const field = main.find(phrase => phrase.startsWith('textbox, '))
  const [name, hint] = [t('login.phone.label'), t('login.phone.hint')]
  assert.match(field, new RegExp(`^textbox, ${name}, .*${hint} ${t('top.error')} ${sentence}, invalid$`))
  assert.ok(main.indexOf(`heading, ${t('login.title')}, level 1`) > 0)
})

test('a choice is heard with its question, its error, and how many answers there are', async () => {
  const phrases = await hear('/zh-Hans/file-errors')
  assert.ok(phrases.some(phrase => phrase.startsWith(`radiogroup, ${t('file.kind.label')}, ${t('top.error')}`) && phrase.endsWith(', invalid')))
  assert.ok(phrases.some(phrase => phrase.startsWith(`radio, ${t('kind.ask')} `) && phrase.endsWith('position 1, set size 5')))
})

for (const name of ['file', 'file-errors', 'case-answered', 'desk']) {
  test(`${name} is heard as it was when somebody listened`, async () => {
    const phrases = await hear(`/zh-Hans/${name}`)
    const heard = phrases.slice(phrases.indexOf('main'), phrases.indexOf('end of main') + 1).join('\n') + '\n'
    const kept = join(here, 'spoken', `${name}.txt`)
    if (process.env.LISTENED) await writeFile(kept, heard)
    assert.equal(heard, await readFile(kept, 'utf8'))
  })
}
