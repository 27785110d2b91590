// A check that finds nothing proves nothing until it was seen to find something:
// each is shown a page with its fault and one without.
import assert from 'node:assert/strict'
import {createServer} from 'node:http'
import {once} from 'node:events'
import {after, before, test} from 'node:test'
import {axe, contrast} from './axe.js'
import {dress, open, person, space} from './browser.js'
import * as checks from './checks.js'
import {htmlValidate, vnu} from './html.js'
import * as lynx from './lynx.js'
import {find, needs} from './tools.js'
import * as wire from './wire.js'

const policy = "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

const sheet = `html{font:20px/1.6 sans-serif;color:#111;background:#fff}html.s30{font-size:30px}
html.dark,html.dark *{color:#777;background:#111}body{max-width:40em}p,li{margin:0 0 2.4em}
input,textarea,main a{font:inherit;min-height:48px;min-width:48px}main a{display:inline-block}p a{display:inline;color:#00387a}
[type=submit]{min-height:60px;color:#111}.skip{display:inline-block;min-height:48px}
label{display:block}:focus{outline:4px solid #111}.wide{width:400px}.small{font-size:14px}.tiny{min-height:20px}`

const page = (body, head = '') => `<!DOCTYPE html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>一页</title>
<link rel="stylesheet" href="/sheet.css">
<link rel="icon" href="data:,">
${head}</head>
<body>
<a class="skip" href="#main">跳到正文</a>
<main id="main">
<h1>你好</h1>
${body}
</main>
</body>
</html>
`
const form = `<form method="post" action="/">
<p>有事请拨打 <a href="tel:03118000">0311-8000</a> 我们会听。</p>
<div><label for="phone">手机号</label>
<input id="phone" name="phone" type="tel" autocomplete="tel"></div>
<div><label for="words">内容</label>
<textarea id="words" name="words" rows="3"></textarea></div>
<p><input type="submit" value="发送"></p>
</form>`

const pages = {
  '/': page(form),
  '/wide': page('<p class="wide">这一段太宽了</p>'),
  '/small': page('<p class="small">这一段太小了</p>'),
  '/tiny': page('<p><input type="submit" class="tiny" value="好" style=""></p><p><a href="/">一</a></p>'),
  '/script': page('<p onclick="document.title = 1">原样</p>',
    '<script>document.title = "脚本"</script>\n'),
  '/label': page('<form method="post" action="/"><input name="x"></form><h3>跳级</h3>'),
}

let server, url, browser, posted
before(async () => {
  server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      let body = ''
      for await (const piece of request) body += piece
      posted = new URLSearchParams(body)
      return response.writeHead(303, {location: '/wide'}).end()
    }
    const style = request.url === '/sheet.css'
    response.writeHead(style || pages[request.url] ? 200 : 404, {
      'content-type': style ? 'text/css' : 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': style ? 'public, max-age=31536000, immutable' : 'no-store',
    })
    response.end(style ? sheet : pages[request.url] ?? '')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${server.address().port}`
  if (find('chromium')) browser = await open()
})
after(async () => {
  await browser?.close()
  server.closeAllConnections()
  server.close()
})

/** Shows a page at 320 px and asks a check about it. */
async function ask(path, check, prepare = () => {}) {
  const reader = await person(browser, {width: 320})
  try {
    await reader.goto(url + path)
    await prepare(reader)
    return await check(reader)
  } finally {
    await reader.context().close()
  }
}

test('a sound page passes every check', needs('chromium'), async () => {
  for (const check of [axe, contrast, checks.reflow, checks.targets, checks.type, checks.focus, checks.plain]) {
    checks.none(await ask('/', check))
  }
})

test('script stays off, but for the moment in which axe needs it', needs('chromium'), async () => {
  const reader = await person(browser)
  await reader.goto(url + '/script')
  await reader.getByText('原样').click()
  assert.equal(await reader.title(), '一页')
  await axe(reader)
  await reader.reload()
  assert.equal(await reader.title(), '一页')
  assert.deepEqual(await checks.plain(reader), ['there is a <script>', 'p has onclick='])
  await reader.context().close()
})

test('a line that is too wide is found, by itself or under text spacing', needs('chromium'), async () => {
  assert.match((await ask('/wide', checks.reflow)).join(), /400|in a window of 320/)
  checks.none(await ask('/', checks.reflow, reader => space(reader, true)))
})

test('small type, small targets and a missing outline are found', needs('chromium'), async () => {
  assert.match((await ask('/small', checks.type)).join(), /14 px/)
  const found = (await ask('/tiny', checks.targets)).join()
  assert.match(found, /input.tiny "好" is \d+ × \d+ px, not 48 × 60/)
  const unringed = await ask('/', checks.focus, reader => reader.evaluate(() => {
    document.adoptedStyleSheets = [Object.assign(new CSSStyleSheet(), {})]
    document.adoptedStyleSheets[0].replaceSync(':focus{outline-width:2px!important}')
  }))
  assert.match(unringed.join(), /no outline of 4 px/)
})

test('axe finds a field without a label and a skipped heading; contrast is asked of each theme', needs('chromium'), async () => {
  const found = (await ask('/label', axe)).join('\n')
  assert.match(found, /^label: /m)
  assert.match(found, /^heading-order: /m)
  assert.match((await ask('/', contrast, reader => dress(reader, {theme: 'dark'}))).join('\n'), /^color-contrast-enhanced: /m)
})

test('both validators find what is wrong and pass what is right', needs('java'), async () => {
  const bad = new Map([['good', pages['/']], ['bad', page('<p id="a">一</p><p id="a">二</p><p><div>三</div></p>')]])
  for (const validate of [vnu, htmlValidate]) {
    const found = await validate(bad)
    assert.ok(found.length > 0 && found.every(line => line.startsWith('bad')), `${validate.name}: ${found.join('\n')}`)
  }
})

test('the wire counts pages, sheets and bytes; the second page asks only for itself', needs('chromium'), async context => {
  const relay = await wire.open(url)
  context.after(() => relay.close())
  const reader = await person(browser)
  await reader.goto(relay.url + '/')
  const first = relay.tally()
  assert.deepEqual(first.paths, ['/', '/sheet.css'])
  assert.ok(first.down > pages['/'].length + sheet.length)
  await reader.goto(relay.url + '/small')
  assert.deepEqual(relay.tally().paths, ['/small'])
  await reader.context().close()
})

test('a form is filled and sent in lynx', needs('lynx', 'mkfifo'), async () => {
  const text = await lynx.open(url + '/')
  try {
    await text.fill('手机号', '138 0000 0000')
    await text.fill('内容', '路灯坏了')
    await text.follow('发送')
    assert.match(await text.page(), /太宽/)
    assert.equal(posted.get('phone'), '138 0000 0000')
    assert.equal(posted.get('words').trim(), '路灯坏了')
  } finally {
    await text.close()
  }
})

test('a page is read in w3m', needs('w3m'), async () => {
  assert.match(await lynx.w3m(url + '/'), /你好[^]*手机号[^]*发送/)
})
