import { expect, test } from 'vitest'
import { type AuditEntry, auditEntry, type ExportFormat } from '@/lib/kernel/audit/contract'
import { writtenAs } from '@/lib/kernel/audit/read/formats'

const ID = '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c'

/** An entry with a text wherever there can be one. */
const entryOf = (text: string): AuditEntry => ({
  id: ID,
  organization_id: null,
  at: new Date('2027-01-31T09:00:00Z'),
  actor: { kind: text, id: ID, label: text, name: text },
  action: text,
  target: { kind: text, id: ID, label: text, name: text },
  environment: null,
  sequence: null,
  before: { name: text },
  after: null,
  reason: text,
  address: text,
  user_agent: text,
  request_id: text,
  position: 1,
  hash: text,
})

async function written(format: ExportFormat, ...entries: AuditEntry[]) {
  let whole = ''
  async function* portions() {
    yield entries
  }
  for await (const text of writtenAs(format, portions())) whole += text
  return whole
}

/** Cells of a line, as a reader of RFC 4180 has them. */
const cellsOf = (line: string) =>
  line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((cell) => cell.replace(/^"|"$/g, '').replaceAll('""', '"'))

const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠A']

test.each(FORMULAS)('a spreadsheet calculates nothing of %j, in no column', async (formula) => {
  const [, line = ''] = (await written('csv', entryOf(formula))).split('\r\n')
  for (const cell of cellsOf(line)) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
  expect(cellsOf(line).filter((cell) => cell.startsWith("'")).length).toBe(12)
})

test.each(['a\u202eb', 'a\u0000b', 'a\u001bb', 'a\nb', 'a\u2028b', 'a\u200bb', 'a\u0085b', 'a\u2066b', 'a\ufeffb'])(
  'a hidden character of %j is seen, and no line ends by it',
  async (text) => {
    const csv = await written('csv', entryOf(text), entryOf('x'))
    expect(csv.split('\r\n')).toHaveLength(4)
    const jsonl = await written('jsonl', entryOf(text), entryOf('x'))
    expect(jsonl.split('\n')).toHaveLength(3)
    for (const whole of [csv.replaceAll('\r\n', ''), jsonl.replaceAll('\n', '')]) {
      expect(whole).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u)
      expect(whole).toMatch(/a(\\u[0-9a-f]{4}|\\n)b/)
    }
    const [line = ''] = jsonl.split('\n')
    expect(auditEntry.parse(JSON.parse(line))).toEqual(entryOf(text))
  },
)

test('quotes and commas stay in their cell', async () => {
  const [head = '', line = ''] = (await written('csv', entryOf('a","b'))).split('\r\n')
  expect(cellsOf(line)).toHaveLength(cellsOf(head).length)
  expect(cellsOf(line)).toContain('a","b')
})
