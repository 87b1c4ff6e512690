import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { buildRequest, emptyEntries, missingEntries, toCurl } from '@/components/playground/request/request'
import { describePlayground } from '@/lib/http/api/openapi/playground-form'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { meContract } from '@/lib/resources/me/contract'

const { list, create, update } = contactsContract.operations
const [listing, creation, change] = [list, create, update].map((each) => describePlayground(contactsContract, each))
if (!listing || !creation || !change) throw new Error('No operation.')

describe('a request', () => {
  test('has the entries of the form in their places, and nothing for what is empty', () => {
    const entries = { ...emptyEntries(listing), query: { domain: 'example.com', q: ' a&b=c ', limit: '', email: '  ' } }
    const { method, path, body } = buildRequest(listing, entries)
    expect({ method, body }).toEqual({ method: 'GET', body: null })
    expect([...new URLSearchParams(path.split('?')[1])]).toEqual([
      ['q', 'a&b=c'],
      ['domain', 'example.com'],
    ])
  })

  test('cannot leave its path by what is entered for a parameter', () => {
    const entries = { ...emptyEntries(change), params: { id: '../../me?x=1#' } }
    expect(buildRequest(change, entries).path).toBe('/contacts/..%2F..%2Fme%3Fx%3D1%23')
  })

  test('is not whole while a parameter of the path is empty', () => {
    expect(missingEntries(change, { ...emptyEntries(change), params: { id: ' ' } })).toEqual(['id'])
    expect(missingEntries(change, { ...emptyEntries(change), params: { id: 'x' } })).toEqual([])
    expect(missingEntries(creation, emptyEntries(creation))).toEqual([])
  })

  test('sends the body as it is typed, and none where it may be absent and is', () => {
    const typed = '{ "email" : "ada@example.com" }'
    expect(buildRequest(creation, { ...emptyEntries(creation), body: typed }).body).toBe(typed)
    const revoke = describePlayground(meContract, meContract.operations.revoke)
    expect(buildRequest(revoke, { ...emptyEntries(revoke), body: ' ' }).body).toBeNull()
  })
})

test('a request of bytes is its file, and not whole without', () => {
  const operation = { ...creation, body: null, upload: { type: '*/*', limit: 10 } }
  const file = new File(['x'], 'x.bin')
  expect(missingEntries(operation, emptyEntries(operation))).toEqual(['file'])
  expect(missingEntries(operation, { ...emptyEntries(operation), file })).toEqual([])
  expect(buildRequest(operation, { ...emptyEntries(operation), file }).body).toBe(file)
})

test('a file gives a request its name, until another is entered', () => {
  const name = { name: 'name', kind: 'text' as const, required: false, description: null, hint: '', choices: [] }
  const upload = { type: '*/*', limit: 10, named_by: 'name' }
  const operation = { ...creation, path: '/files', body: null, query: [name], upload }
  const pathOf = (query: Record<string, string>) =>
    buildRequest(operation, { ...emptyEntries(operation), query, file: new File(['x'], 'a b.bin') }).path
  expect(pathOf({})).toBe('/files?name=a+b.bin')
  expect(pathOf({ name: ' ' })).toBe('/files?name=a+b.bin')
  expect(pathOf({ name: 'other' })).toBe('/files?name=other')
  expect(buildRequest(operation, emptyEntries(operation)).path).toBe('/files')
})

describe('as cURL', () => {
  test('it names the key and never holds it', () => {
    expect(toCurl('https://keys.example.com', { method: 'GET', path: '/contacts', body: null })).toBe(
      `curl 'https://keys.example.com/api/v1/contacts' \\\n  -H "Authorization: Bearer $LATCHKEY_API_KEY"`,
    )
  })

  test('a file is named, and its type told', () => {
    const body = new File(['x'], "it's.png", { type: 'image/png' })
    expect(toCurl('https://keys.example.com', { method: 'PUT', path: '/files', body })).toBe(
      `curl -X PUT 'https://keys.example.com/api/v1/files' \\\n  -H "Authorization: Bearer $LATCHKEY_API_KEY" \\\n  -H 'Content-Type: image/png' \\\n  --data-binary '@it'\\''s.png'`,
    )
  })

  test('a shell reads from it what was entered, whatever that is', () => {
    const body = JSON.stringify({ note: `it's "quoted" $HOME \`id\` \\ !` }, null, 2)
    const command = toCurl('https://keys.example.com', { method: 'POST', path: `/contacts/a'b`, body })
    const script = `curl() { for each; do printf '%s\\0' "$each"; done; }\n${command}`
    const env = { ...process.env, LATCHKEY_API_KEY: 'the key' }
    const read = execFileSync('sh', ['-c', script], { encoding: 'utf8', env }).split('\0')
    expect(read.slice(0, -1)).toEqual([
      '-X',
      'POST',
      `https://keys.example.com/api/v1/contacts/a'b`,
      '-H',
      'Authorization: Bearer the key',
      '-H',
      'Content-Type: application/json',
      '-d',
      body,
    ])
  })
})
