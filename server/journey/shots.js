// Every example page as a picture, for looking: node shots.js FOLDER [page …]
// Names sort so that one page's pictures lie side by side: home.320px.type20.light.png
import {mkdir} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {dress, open, person} from './browser.js'
import {start} from './program.js'
import {find} from './tools.js'

const [folder = 'shots', ...wanted] = process.argv.slice(2)
const lang = process.env.LANG_SHOWN ?? 'zh-Hans'
if (!find('chromium')) throw new Error('pictures need chromium; server/journey/setup tells how to have it')

await mkdir(folder, {recursive: true})
const server = await start('examples')
const browser = await open()
const paths = (await (await fetch(server.url)).json())
  .map(path => path.split('/'))
  .filter(([, tag, name]) => tag === lang && (!wanted.length || wanted.includes(name)))

let taken = 0
for (const width of [320, 1280]) {
  const page = await person(browser, {width, height: 740})
  for (const [, tag, name] of paths) {
    await page.goto(`${server.url}/${tag}/${name}`)
    for (const size of [20, 30]) {
      for (const theme of ['light', 'dark']) {
        await dress(page, {size, theme})
        await page.screenshot({path: join(folder, `${name}.${width}px.type${size}.${theme}.png`), fullPage: true})
        taken++
      }
    }
  }
}
await browser.close()
await server.stop()
console.log(`${taken} pictures of ${paths.length} pages in ${resolve(folder)}`)
