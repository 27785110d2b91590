// Our own binaries, started and stopped.
import {spawn} from 'node:child_process'
import {join} from 'node:path'
import {root} from './tools.js'

const address = /https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+/

/**
 * Starts bin/<name> and waits until it has said its address: {url, said(), stop()}.
 * What it said is told whenever it ends unasked.
 */
export async function start(name, ...args) {
  const child = spawn(join(root, 'bin', name), args, {stdio: ['ignore', 'pipe', 'pipe']})
  let said = '', asked = false
  const url = await new Promise((found, failed) => {
    const listen = piece => {
      said += piece
      const match = said.match(address)
      if (match) found(match[0])
    }
    child.stdout.setEncoding('utf8').on('data', listen)
    child.stderr.setEncoding('utf8').on('data', listen)
    child.on('error', failed)
    child.on('exit', code => {
      if (!asked) console.error(`${name} ended with ${code}:\n${said}`)
      failed(new Error(`${name} ended with ${code} before it said its address`))
    })
  })
  return {
    url,
    said: () => said,
    async stop() {
      asked = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise(done => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
    },
  }
}
