// A plain relay between a browser and the server that counts what really passes,
// headers, redirects and icons included.
import {createServer, connect} from 'node:net'
import {once} from 'node:events'

const line = /(?:^|\n)(?:GET|POST|HEAD|PUT|OPTIONS) (\S+) HTTP\/1\.[01]\r?\n/g

/** Relays to `target` (a URL). tally() says what passed since it was last asked. */
export async function open(target) {
  const {hostname, port} = new URL(target)
  let up = 0, down = 0, paths = []
  const sockets = new Set()
  const relay = createServer(near => {
    const far = connect(port, hostname)
    for (const socket of [near, far]) {
      sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => {}))
    }
    near.on('data', piece => {
      up += piece.length
      for (const [, path] of piece.toString('latin1').matchAll(line)) paths.push(path)
    })
    far.on('data', piece => { down += piece.length })
    near.pipe(far)
    far.pipe(near)
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  return {
    url: `http://127.0.0.1:${relay.address().port}`,
    tally() {
      const passed = {up, down, bytes: up + down, paths}
      up = down = 0
      paths = []
      return passed
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise(done => relay.close(done))
    },
  }
}
