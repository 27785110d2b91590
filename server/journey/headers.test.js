// What every answer says of itself to a browser, judged by others.
import assert from 'node:assert/strict'
import {after, before, describe, test} from 'node:test'
import {CspEvaluator} from 'csp_evaluator/dist/evaluator.js'
import {CspParser} from 'csp_evaluator/dist/parser.js'
import {open as serve} from './server.js'

/** What Google's evaluator finds wrong with a policy. */
const holes = policy => new CspEvaluator(new CspParser(policy).csp).evaluate()
  .map(({directive, description}) => `${directive}: ${description}`)

describe('the headers of pages', () => {
  let server
  before(async () => { server = await serve() })
  after(() => server?.stop())

  test('no hole is known in the policy of any page', async () => {
    for (const path of ['/', '/login', '/lookup', '/public', '/units', '/help', '/staff/login', '/demo', '/nowhere', '/case/1']) {
      const policy = (await fetch(server.url + path)).headers.get('content-security-policy')
      assert.deepEqual(holes(policy), [], `${path}: ${policy}`)
    }
  })

  test('the evaluator finds the holes of a policy that has some', () => {
    assert.notDeepEqual(holes("default-src 'self' 'unsafe-inline'"), [])
    assert.notDeepEqual(holes("default-src 'none'; script-src *; base-uri 'none'"), [])
  })
})
