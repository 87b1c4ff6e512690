import { describe, expect, test } from 'vitest'
import { readMember, withMember } from '@/components/playground/request/json-members'
import type { PlaygroundField } from '@/lib/http/api/openapi/playground-form'

const field = (kind: PlaygroundField['kind'], choices: PlaygroundField['choices'] = []): PlaygroundField => ({
  name: 'a',
  kind,
  choices,
  required: false,
  description: null,
  hint: '',
})

describe('a form over JSON', () => {
  test.each([
    ['text', 'x', 'x'],
    ['text', '12', '12'],
    ['number', '12', 12],
    ['number', '-0.5', -0.5],
    ['number', 'many', 'many'],
    ['boolean', 'true', true],
    ['boolean', 'false', false],
  ] as const)('writes a %s %j as %j, and reads it again', (kind, entered, value) => {
    const text = withMember('{"b": [1, {"c": null}]}', field(kind), entered)
    expect(JSON.parse(text)).toEqual({ b: [1, { c: null }], a: value })
    expect(readMember(text, 'a')).toBe(entered)
  })

  test('writes a choice as what it is, a number too', () => {
    expect(JSON.parse(withMember('', field('choice', [0, 24]), '24'))).toEqual({ a: 24 })
    expect(JSON.parse(withMember('{}', field('choice', ['new']), 'new'))).toEqual({ a: 'new' })
  })

  test('takes out what is cleared, and leaves the order of the rest', () => {
    expect(withMember('{"z": 1, "a": 2, "m": 3}', field('number'), '')).toBe('{\n  "z": 1,\n  "m": 3\n}')
  })

  test('shows nothing for what is absent, null or more than one value', () => {
    for (const text of ['{}', '{"a": null}', '{"a": [1]}', '{"a": {}}', '[]', '1', '']) {
      expect(readMember(text, 'a'), text).toBe('')
    }
    expect(readMember('{}', 'toString')).toBe('')
  })
})
