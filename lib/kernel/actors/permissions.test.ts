import { describe, expect, test } from 'vitest'
import { isReadScope } from '@/lib/contracts/scopes/is-read-scope'
import type { Actor, KeyActor, MemberActor } from '@/lib/kernel/actors/context'
import {
  grantableScopes,
  mayCreateKeys,
  mayManageKeys,
  mayManagePeople,
  maySeeKeys,
  maySeePeople,
} from '@/lib/kernel/actors/permissions'
import type { Role } from '@/lib/kernel/db/generated/enums'
import { checkRequestedScopes } from '@/lib/keys/life/check-requested-scopes'
import { CATALOGUE } from '@/lib/resources/register'

const member = (role: Role, developer = true): MemberActor => ({
  kind: 'member',
  user_id: '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c',
  email: 'ada@acme.test',
  role,
  developer,
})

const adminKey: KeyActor = {
  kind: 'key',
  key_id: '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c',
  lineage_id: '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c',
  name: 'A key',
  key_prefix: 'lk_live_000000',
  environment: 'live',
  scopes: ['admin'],
  allowed_ips: [],
  rate_limit: 60,
  created_at: new Date(0),
  expires_at: null,
  last_used_at: null,
  authenticated_at: new Date(0),
}
const operator: Actor = { kind: 'operator', name: 'tests' }

const everything = CATALOGUE.scopes.map(({ scope }) => scope)

describe('the role table', () => {
  test.each([
    { role: 'admin', see: true, create: true, manage: true },
    { role: 'read_only_admin', see: true, create: true, manage: false },
    { role: 'member', see: false, create: false, manage: false },
  ] as const)('$role: see $see, create $create, manage $manage', ({ role, see, create, manage }) => {
    const who = { actor: member(role), organization: { developer_api: true } }
    expect(maySeeKeys(who).allowed).toBe(see)
    expect(mayCreateKeys(who).allowed).toBe(create)
    expect(mayManageKeys(who).allowed).toBe(manage)
  })

  test('without the Developer permission nobody may anything', () => {
    for (const role of ['admin', 'read_only_admin', 'member'] as const) {
      const who = { actor: member(role, false), organization: { developer_api: true } }
      for (const may of [maySeeKeys, mayCreateKeys, mayManageKeys]) {
        expect(may(who)).toMatchObject({ allowed: false, code: 'role_forbids' })
      }
    }
  })

  test('with the Developer API off no member may anything, and the reason is that', () => {
    for (const role of ['admin', 'read_only_admin', 'member'] as const) {
      const who = { actor: member(role), organization: { developer_api: false } }
      for (const may of [maySeeKeys, mayCreateKeys, mayManageKeys]) {
        expect(may(who)).toMatchObject({ allowed: false, code: 'developer_api_disabled' })
      }
    }
  })

  test('an operator may everything, also where the Developer API is off', () => {
    const who = { actor: operator, organization: { developer_api: false } }
    for (const may of [maySeeKeys, mayCreateKeys, mayManageKeys]) expect(may(who).allowed).toBe(true)
  })

  test('a key may all of it with admin, and nothing without', () => {
    const organization = { developer_api: true }
    const lesser = { ...adminKey, scopes: everything.filter((scope) => scope !== 'admin') }
    for (const may of [maySeeKeys, mayCreateKeys, mayManageKeys]) {
      expect(may({ actor: adminKey, organization }).allowed).toBe(true)
      expect(may({ actor: lesser, organization })).toMatchObject({ allowed: false, code: 'role_forbids' })
      expect(may({ actor: { ...adminKey, scopes: [] }, organization }).allowed).toBe(false)
    }
  })

  test('every refusal says why, in a sentence', () => {
    for (const role of ['admin', 'read_only_admin', 'member'] as const) {
      for (const developer of [true, false]) {
        const permission = mayManageKeys({ actor: member(role, developer), organization: { developer_api: true } })
        if (!permission.allowed) expect(permission.reason).toMatch(/^[A-Z].{20,}\.$/)
      }
    }
  })
})

describe('the people of the organisation', () => {
  const key = (scopes: string[], environment: 'live' | 'test' = 'live') => ({ ...adminKey, scopes, environment })
  test.each([
    { who: 'an Admin', actor: member('admin', false), see: true, manage: true },
    { who: 'a Read-Only Admin', actor: member('read_only_admin'), see: true, manage: false },
    { who: 'a Member', actor: member('member'), see: false, manage: false },
    { who: 'an operator', actor: operator, see: true, manage: true },
    { who: 'a live key with admin', actor: key(['admin']), see: true, manage: true },
    { who: 'a test key with admin', actor: key(['admin'], 'test'), see: true, manage: false },
    { who: 'a key with users:read', actor: key(['users:read']), see: true, manage: false },
    { who: 'a key with read:all and write:all', actor: key(['read:all', 'write:all']), see: true, manage: false },
    { who: 'a key without scopes', actor: key([]), see: false, manage: false },
  ])('$who: see $see, change $manage', ({ actor, see, manage }) => {
    expect(maySeePeople({ actor }).allowed).toBe(see)
    expect(mayManagePeople({ actor }).allowed).toBe(manage)
  })
})

describe('the scopes that an actor may put on a key', () => {
  test('are all for an Admin and an operator, the reading ones for a Read-Only Admin, none for others', () => {
    expect(grantableScopes(member('admin'))).toEqual(everything)
    expect(grantableScopes(operator)).toEqual(everything)
    expect(grantableScopes(member('read_only_admin'))).toEqual(everything.filter(isReadScope))
    expect(grantableScopes(member('member'))).toEqual([])
  })

  test('are for a key those that it has itself', () => {
    expect(grantableScopes(adminKey)).toEqual(everything)
    expect(grantableScopes({ ...adminKey, scopes: ['contacts:read', 'users:read'] })).toEqual([
      'contacts:read',
      'users:read',
    ])
    expect(grantableScopes({ ...adminKey, scopes: [] })).toEqual([])
  })

  test('are checked one by one: a Read-Only Admin gets none that writes', () => {
    const actor = member('read_only_admin')
    for (const scope of everything) {
      const ask = () => checkRequestedScopes(actor, ['read:all', scope])
      if (isReadScope(scope)) expect(ask()).toContain(scope)
      else {
        expect(ask, scope).toThrow(
          expect.objectContaining({
            code: 'role_forbids',
            detail: expect.stringMatching(/^User cannot create keys with these scopes/),
          }),
        )
      }
    }
  })

  test('are none for a Member, though an empty list asks for none', () => {
    expect(() => checkRequestedScopes(member('member'), ['contacts:read'])).toThrow()
    expect(checkRequestedScopes(member('member'), [])).toEqual([])
  })
})
