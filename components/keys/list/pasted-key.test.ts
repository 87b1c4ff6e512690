import { expect, test } from 'vitest'
import { cutKeys } from '@/components/keys/list/pasted-key'

const PREFIX = 'lk_live_zQWBuT'
const WHOLE = `${PREFIX}SOoRi4A9spHcVY5ncnsDkxkJ0mLq17`

test('a whole key is cut to its prefix, wherever it stands', () => {
  expect(cutKeys(WHOLE)).toEqual({ text: PREFIX, wasCut: true })
  expect(cutKeys(`Bearer ${WHOLE}\n`)).toEqual({ text: `Bearer ${PREFIX}\n`, wasCut: true })
  expect(cutKeys(`${WHOLE} ${WHOLE}`).text).toBe(`${PREFIX} ${PREFIX}`)
})

test('so is a key of another brand, and one that lost its end', () => {
  expect(cutKeys(WHOLE.replace('lk_', 'acme_')).text).toBe('acme_live_zQWBuT')
  expect(cutKeys(WHOLE.slice(0, -8))).toEqual({ text: PREFIX, wasCut: true })
})

test('prefixes and names are left alone', () => {
  for (const text of [PREFIX, 'lk_test_', 'crm_live_sync', 'Zapier, leads sync', '']) {
    expect(cutKeys(text)).toEqual({ text, wasCut: false })
  }
})
