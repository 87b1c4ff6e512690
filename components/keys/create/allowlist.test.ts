import { expect, test } from 'vitest'
import { parseAllowlist } from '@/components/keys/create/allowlist'

test('one address or range to a line, each once, empty lines left out', () => {
  expect(parseAllowlist('203.0.113.50\n\n 198.51.100.0/24 \n203.0.113.50\n')).toEqual({
    addresses: ['203.0.113.50', '198.51.100.0/24'],
    problems: [],
  })
})

test('a wrong line is named by its number, as the reader counts', () => {
  const { problems } = parseAllowlist('203.0.113.50\n\nnonsense\n10.0.0.1/8')
  expect(problems.map(({ line }) => line)).toEqual([3, 4])
  expect(problems[1]?.problem).toContain('10.0.0.0/8')
})

test('more than 100 addresses are refused, once', () => {
  const text = Array.from({ length: 102 }, (_, index) => `10.0.0.${index}`).join('\n')
  expect(parseAllowlist(text).problems).toEqual([{ line: 101, problem: 'At most 100 addresses.' }])
})

test('lines that only together allow every address are refused at the last of them', () => {
  expect(parseAllowlist('0.0.0.0/1\n\n128.0.0.0/1\n').problems).toEqual([
    { line: 3, problem: 'Together these allow every address; leave the list empty instead.' },
  ])
})
