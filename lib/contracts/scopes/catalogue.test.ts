import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isReadScope } from '@/lib/contracts/scopes/is-read-scope'
import { CATALOGUE, RESOURCES } from '@/lib/resources/register'

const names = CATALOGUE.scopes.map(({ scope }) => scope)
const granular = CATALOGUE.scopes.filter(({ resource }) => resource !== null).map(({ scope }) => scope)
// Also scopes of resources that stand under `admin`, which the rules must keep apart from the wide scopes.
const NEEDED = [...granular, 'api_keys:read', 'api_keys:write', 'users:write', 'billing:read', 'x:delete']
const needed = fc.constantFrom(...NEEDED)
const held = fc.subarray(names)

describe('the catalogue', () => {
  test('names every scope once', () => {
    expect(new Set(names).size).toBe(names.length)
  })

  test('has the scope of every operation', () => {
    const asked = RESOURCES.flatMap(({ operations }) => Object.values(operations)).map(({ scope }) => scope)
    for (const scope of asked) expect(scope === null || CATALOGUE.isScope(scope), String(scope)).toBe(true)
  })

  test('takes the other name of a resource for its own, and leaves every other name as it is', () => {
    for (const { name, alias } of RESOURCES) {
      if (alias) expect(CATALOGUE.canonicalScope(`${alias}:read`)).toBe(`${name}:read`)
    }
    for (const name of [...names, 'nothing', 'lists', '']) expect(CATALOGUE.canonicalScope(name)).toBe(name)
  })

  test('names the types of the activities of rows, of their moves, and of what verbs append; no other may be appended', () => {
    const types = ['contact.created', 'task.completed', 'contact.added_to_list']
    expect(CATALOGUE.activity_types).toEqual(expect.arrayContaining(types))
    for (const type of types) expect(() => CATALOGUE.requireActivityType(type)).not.toThrow()
    for (const type of ['task.eaten', 'task', ''])
      expect(() => CATALOGUE.requireActivityType(type)).toThrow('No contract says that')
  })

  test('knows no name that is not in it', () => {
    for (const name of [
      '',
      'leads',
      'leads:',
      'leads:*',
      '*',
      'LEADS:READ',
      'leads:read ',
      '__proto__',
      'constructor',
    ]) {
      expect(CATALOGUE.isScope(name), name).toBe(false)
    }
  })
})

describe('what scopes grant', () => {
  test('an empty list grants nothing', () => {
    fc.assert(
      fc.property(needed, (scope) => {
        expect(CATALOGUE.grants([], scope)).toBe(false)
      }),
    )
  })

  test('a scope grants itself, and no other of its resource', () => {
    fc.assert(
      fc.property(fc.constantFrom(...granular), fc.constantFrom(...granular), (one, other) => {
        expect(CATALOGUE.grants([one], other)).toBe(one === other)
      }),
    )
  })

  test('one more scope never takes anything away', () => {
    fc.assert(
      fc.property(held, fc.constantFrom(...names), needed, (scopes, more, scope) => {
        if (CATALOGUE.grants(scopes, scope)) expect(CATALOGUE.grants([...scopes, more], scope)).toBe(true)
      }),
    )
  })

  test('several scopes grant no more than each of them', () => {
    fc.assert(
      fc.property(held, needed, (scopes, scope) => {
        expect(CATALOGUE.grants(scopes, scope)).toBe(scopes.some((one) => CATALOGUE.grants([one], scope)))
      }),
    )
  })

  test('order and repetition mean nothing', () => {
    fc.assert(
      fc.property(held, needed, (scopes, scope) => {
        expect(CATALOGUE.grants([...scopes, ...scopes].reverse(), scope)).toBe(CATALOGUE.grants(scopes, scope))
      }),
    )
  })

  test('read:all grants every :read but that of API keys, and nothing else', () => {
    for (const scope of NEEDED) {
      expect(CATALOGUE.grants(['read:all'], scope), scope).toBe(scope.endsWith(':read') && scope !== 'api_keys:read')
    }
  })

  test('write:all grants creating and updating, never deleting, reading or administration', () => {
    for (const { name, administration } of RESOURCES) {
      for (const action of ['create', 'update', 'write', 'send']) {
        expect(CATALOGUE.grants(['write:all'], `${name}:${action}`), name).toBe(!administration)
      }
    }
    for (const { name } of RESOURCES) {
      for (const action of ['delete', 'read']) expect(CATALOGUE.grants(['write:all'], `${name}:${action}`)).toBe(false)
    }
  })

  test('admin grants everything', () => {
    fc.assert(
      fc.property(needed, (scope) => {
        expect(CATALOGUE.grants(['admin'], scope)).toBe(true)
      }),
    )
  })

  test('no wide scope is granted by another', () => {
    for (const wide of ['read:all', 'write:all'])
      expect(CATALOGUE.grants(['leads:read', 'leads:create'], wide)).toBe(false)
    expect(CATALOGUE.grants(['read:all', 'write:all'], 'admin')).toBe(false)
  })

  test('an action that is not in the rules is granted by name or admin only', () => {
    expect(CATALOGUE.grants(['read:all', 'write:all'], 'leads:purge')).toBe(false)
    expect(CATALOGUE.grants(['read:all', 'write:all'], 'leads')).toBe(false)
    expect(CATALOGUE.grants(['read:all', 'write:all'], '')).toBe(false)
  })
})

test('only a scope that reads is a read scope', () => {
  for (const scope of names)
    expect(isReadScope(scope), scope).toBe(scope === 'read:all' || /^[a-z_]+:read$/.test(scope))
})
