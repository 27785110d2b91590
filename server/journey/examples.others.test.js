// The pages in every other language.
import {playPages} from './examples.js'

await playPages(lang => lang !== 'zh-Hans')
