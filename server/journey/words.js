// The words of the product, from its own locale files: no test knows them by heart.
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {root} from './tools.js'

/**
 * words('en')('receipt.title') is the text; {{.Date}} is filled from values,
 * Count chooses the plural. A key that does not exist is an error, never an empty text.
 */
export function words(lang = 'zh-Hans') {
  const texts = JSON.parse(readFileSync(join(root, 'locales', `${lang}.json`), 'utf8'))
  return (key, values = {}) => {
    let text = texts[key]
    if (text === undefined) throw new Error(`${lang}.json has no ${key}`)
    if (typeof text === 'object') text = (values.Count === 1 && text.one) || text.other
    return text.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (whole, name) => {
      if (!(name in values)) throw new Error(`${key} wants ${name}`)
      return values[name]
    })
  }
}
