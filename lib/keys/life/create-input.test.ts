import { describe, expect, test } from 'vitest'
import { createKeyInput } from '@/lib/keys/contract'
import { hoursAway } from '@/lib/testing/fixtures'

describe('the input', () => {
  const valid = { name: 'A key', environment: 'live', scopes: [] }
  const pathsOf = (input: object) =>
    createKeyInput.safeParse({ ...valid, ...input }).error?.issues.map(({ path }) => path.join('.')) ?? []

  test.each<[string, object]>([
    ['name', { name: '' }],
    ['name', { name: '   ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: '😀'.repeat(101) }],
    ['name', { name: 'a\0b' }],
    ['name', { name: 'a\u001b[31mred' }],
    ['name', { name: 'a\r\nSet-Cookie: b' }],
    ['name', { name: 'abc\u202Etxt.exe' }],
    ['name', { name: 'half \ud800' }],
    ['name', { name: { set: 'x' } }],
    ['name', { name: null }],
    ['environment', { environment: 'prod' }],
    ['environment', { environment: undefined }],
    ['description', { description: 'x'.repeat(501) }],
    ['description', { description: 'a\0b' }],
    ['scopes', { scopes: 'contacts:read' }],
    ['scopes', { scopes: null }],
    ['scopes.0', { scopes: [1] }],
    ['scopes', { scopes: Array(201).fill('contacts:read') }],
    ['rate_limit', { rate_limit: 0 }],
    ['rate_limit', { rate_limit: 1.5 }],
    ['rate_limit', { rate_limit: 1_000_000_001 }],
    ['rate_limit', { rate_limit: '60' }],
    ['expires_at', { expires_at: 'tomorrow' }],
    ['expires_at', { expires_at: '2030-02-30T00:00:00Z' }],
    ['expires_at', { expires_at: '2030-01-01' }],
    ['expires_at', { expires_at: '2030-01-01T00:00:00' }],
    ['expires_at', { expires_at: 1_900_000_000 }],
    ['expires_at', { expires_at: '+275760-09-13T00:00:00.000Z' }],
    ['expires_at', { expires_at: hoursAway(1).toISOString(), expires_in_hours: 1 }],
    ['expires_in_hours', { expires_in_hours: 0 }],
    ['expires_in_hours', { expires_in_hours: 8_761 }],
    ['allowed_ips.1', { allowed_ips: ['203.0.113.1', '203.0.113.1/24'] }],
    ['allowed_ips.0', { allowed_ips: ['example.com'] }],
    ['allowed_ips', { allowed_ips: Array.from({ length: 101 }, (_, last) => `203.0.113.${last}`) }],
    ['allowed_ips', { allowed_ips: '203.0.113.1' }],
  ])('has a wrong %s in %j, and says so', (path, input) => {
    expect(pathsOf(input)).toContain(path)
  })

  test('may have a name of one to a hundred characters of any script, HTML and formulas kept as they are', () => {
    for (const name of ['x', '😀'.repeat(100), 'مفتاح', '<b>bold</b> & "co"', '=1+1', '../../etc', "'; DROP TABLE x"]) {
      expect(createKeyInput.parse({ ...valid, name }).name).toBe(name)
    }
  })

  test('names each allowed address once', () => {
    const allowed_ips = ['203.0.113.1', '203.0.113.1/32', '::ffff:203.0.113.1']
    expect(createKeyInput.parse({ ...valid, allowed_ips }).allowed_ips).toEqual(['203.0.113.1'])
  })

  test.each([
    'id',
    'organization_id',
    'created_by',
    'created_at',
    'hash',
    'key',
    'key_prefix',
    'lineage_id',
    'leaked',
    'revoked_at',
    'rotated_at',
    'retires_at',
    'successor_id',
    'last_used_at',
    'status',
    'role',
    'creator',
    'organization',
  ])('has no field %s', (field) => {
    const result = createKeyInput.safeParse({ ...valid, [field]: 'x' })
    expect(result.error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: [field] }])
  })
})
