// axe-core with every rule that is not retired: WCAG A to AAA, best practice, target size.
import {readFile} from 'node:fs/promises'
import {createRequire} from 'node:module'

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds on the page, a sentence each; none is the aim. `only` names rules.
 * What axe cannot decide about contrast counts as found: it has to be made decidable.
 */
export async function axe(page, {only} = {}) {
  await page.waitForLoadState() // its style too
  await page.scripts(true)
  try {
    if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(await source)
    return await page.evaluate(async only => {
      const rules = window.axe.getRules().filter(rule => !rule.tags.includes('deprecated')).map(rule => rule.ruleId)
      const chosen = rules.filter(id => !only || only.includes(id))
      const result = await window.axe.run(document, {
        runOnly: {type: 'rule', values: chosen},
        rules: Object.fromEntries(chosen.map(id => [id, {enabled: true}])),
        resultTypes: ['violations', 'incomplete'],
      })
      const unsure = result.incomplete.filter(rule => rule.id.startsWith('color-contrast'))
      return [...result.violations, ...unsure].flatMap(rule => rule.nodes.map(node =>
        `${rule.id}: ${node.target.join(' ')} – ${(node.failureSummary ?? rule.help).split('\n').slice(0, 2).join(' ')}`))
    }, only)
  } finally {
    await page.scripts(false)
  }
}

/** Contrast alone, for the look that the page has now. */
export const contrast = page => axe(page, {only: ['color-contrast', 'color-contrast-enhanced', 'link-in-text-block']})
