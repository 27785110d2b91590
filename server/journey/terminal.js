// w3m and elinks as people have them: in a terminal (tmux), key by key, everything
// read off the screen. The screen is as long as any page, so nothing scrolls.
import {execFile} from 'node:child_process'
import {chmod, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {promisify} from 'node:util'

const run = promisify(execFile)
const lines = 200
const bare = text => text.replace(/\s+/g, '') // lines break anywhere between Han
const literal = text => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** A program in a terminal of its own, in an empty home folder; close() it. */
async function terminal(home, command, env = {}) {
  const tmux = async (...args) => (await run('tmux', ['-S', join(home, 'tmux'), '-f', '/dev/null', ...args],
    {env: {...process.env, HOME: home, LC_ALL: 'C.UTF-8', TERM: 'screen', ...env}})).stdout
  await tmux('new-session', '-d', '-x', '100', '-y', String(lines), command)
  await tmux('set', '-s', 'escape-time', '0')

  const screen = () => tmux('capture-pane', '-p')
  return {
    screen,

    /** Whether the cursor is in the last line, where programs ask. */
    asking: async () => Number(await tmux('display', '-p', '#{cursor_y}')) === lines - 1,

    /** Types keys by name, one after the other; "12 Down" is one key twelve times. */
    async press(...keys) {
      for (const key of keys) {
        const [, times, name] = key.match(/^(?:(\d+) )?(.+)$/)
        await tmux('send-keys', ...times ? ['-N', times] : [], name)
        await pause(30) // a program drops what it is not ready for
      }
    },
    type: text => tmux('send-keys', '-l', '--', text),

    /** Waits until the screen fits, and stands still; gives it. */
    async until(fits, what) {
      let before
      for (let tries = 0; tries < 120; tries++) {
        const now = await screen()
        if (now === before && await fits(now)) return now
        before = now
        await pause(50)
      }
      throw new Error(`${what}:\n${before.replace(/\n\s*\n/g, '\n')}`)
    },
    async close() {
      await tmux('kill-server').catch(() => {})
      await rm(home, {recursive: true, maxRetries: 9}) // the program may still be writing there
    },
  }
}

const folder = () => mkdtemp(join(tmpdir(), 'lianxin-terminal-'))
const shows = text => screen => bare(screen).includes(bare(text))

/** What both browsers have alike: a page is there when it shows what is waited for. */
const reader = term => ({
  page: () => term.until(screen => bare(screen).length > 0, 'the screen is empty'),
  sees: text => term.until(shows(text), `the screen does not show “${text}”`),
  close: () => term.close(),
})

/** Opens elinks at a URL. Every link and field has a number, by which it is reached. */
export async function elinks(url) {
  const home = await folder()
  await mkdir(join(home, '.elinks'))
  await writeFile(join(home, '.elinks/elinks.conf'), `
set cookies.accept_policy = 2
set document.browse.forms.confirm_submit = 0
set document.browse.forms.insert_mode = 0
set document.browse.links.number_keys_select_link = 2
set document.browse.links.numbering = 1
set document.colors.use_document_colors = 0
set protocol.http.accept_language = "zh-CN"
set protocol.http.accept_ui_language = 0
set terminal.screen.charset = "UTF-8"
set terminal.screen.utf_8_io = 1
set ui.confirm_quit = 0
set ui.language = "English"
`)
  const term = await terminal(home, `elinks '${url}'`)
  const asking = screen => /Go to link/.test(screen)

  // Where the number stands: before the words of a link or button, before the box of
  // an answer and its words, after the words of a field.
  const places = {
    before: wanted => String.raw`\[(\d+)\](?:\[|\(.?\))?_*${wanted}`,
    box: wanted => String.raw`\[(\d+)\][([].?[)\]]_*${wanted}`,
    after: wanted => String.raw`${wanted}.*?\[(\d+)\]`,
  }

  /** Puts the cursor on a link, a field or the box of an answer by its words. */
  async function reach(words, where) {
    const pattern = new RegExp(places[where](literal(bare(words))))
    const body = screen => bare(screen.slice(screen.indexOf('\n'))) // the first line is the title
    const shown = await term.until(screen => pattern.test(body(screen)), `elinks shows no “${words}”`)
    if (shown.includes('Missing fragment')) { // a box in the way, for a page that has no errors to lead to
      await term.press('Enter')
      await term.until(screen => !screen.includes('Missing fragment'), 'elinks keeps its box')
    }
    const number = body(shown).match(pattern)[1]
    await term.type(number[0])
    await term.until(asking, 'elinks asks for no number')
    await term.type(number.slice(1))
    await term.press('Enter')
    await term.until(screen => !asking(screen), 'elinks still asks for the number')
  }
  return {
    ...reader(term),

    /** Asks for the page anew: elinks shows what it has seen before at an address, whatever the page said of that. */
    reload: () => term.press('C-r'),
    async follow(words) {
      await reach(words, 'before')
      await term.press('Enter')
    },
    async choose(words) {
      await reach(words, 'box')
      await term.press('Enter')
    },
    async fill(label, text) {
      await reach(label, 'after')
      await term.type(text)
      await term.until(shows(text), 'elinks does not show what was typed')
      await term.press('12 Down') // out of the field, whose digits are no numbers of links
    },
  }
}

/** Opens w3m at a URL. What is wanted is searched for; words of several lines are written in an editor. */
export async function w3m(url) {
  const home = await folder()
  const words = join(home, 'words'), editor = join(home, 'editor')
  await writeFile(editor, `#!/bin/sh\ncat '${words}' >"$1"\n`)
  await chmod(editor, 0o700)
  const term = await terminal(home, `w3m -cookie -o accept_cookie=1 -o accept_language=zh-CN -o display_charset=UTF-8 '${url}'`, {EDITOR: editor})

  /** Types an answer to what w3m asks in its last line: Enter before it is all there would be lost. */
  async function answer(text) {
    await term.type(text)
    await term.until(screen => shows(text)(screen.trimEnd().split('\n').at(-1)), `w3m does not take “${text}”`)
    await term.press('Enter')
    await term.until(async () => !await term.asking(), 'w3m still waits for an answer')
  }

  async function search(pattern, text) {
    await term.until(shows(text), `w3m shows no “${text}”`)
    await term.press('g', '/')
    await term.until(term.asking, 'w3m does not ask what to search')
    await answer(pattern)
  }
  return {
    ...reader(term),
    async follow(text) {
      const shown = await term.until(shows(text), `w3m shows no “${text}”`)
      const line = shown.split('\n').find(line => line.startsWith('[' + text)) ? '^\\[' : shown.split('\n').find(line => line.startsWith(text)) ? '^' : ''
      await search(line + text, text)
      await term.press('Enter')
    },
    async choose(text) {
      await search(` ${text}$`, text)
      await term.press('Escape', 'Tab', 'Enter') // back to the button before the words
    },
    async fill(label, text) {
      await writeFile(words, text + '\n')
      await search('^' + label, label)
      await term.press('Tab', 'Enter')
      await pause(200)
      if (await term.asking()) {
        await term.press('C-u')
        await answer(text)
      }
      await term.until(async screen => shows(text)(screen) && !await term.asking(), 'w3m does not show what was typed')
    },
  }
}
