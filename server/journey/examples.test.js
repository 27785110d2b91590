// The pages in the county's first language, and the sources of all.
import {test} from 'node:test'
import * as checks from './checks.js'
import {playPages} from './examples.js'
import {htmlValidate, vnu} from './html.js'
import {needs} from './tools.js'

const sources = await playPages(lang => lang === 'zh-Hans')

test('the W3C checker finds no error in any page', needs('java'), async () => {
  checks.none(await vnu(sources))
})

test('html-validate finds no error in any page', async () => {
  checks.none(await htmlValidate(sources))
})
