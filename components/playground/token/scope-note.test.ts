import { describe, expect, test } from 'vitest'
import { isEnough, scopeNote } from '@/components/playground/token/scope-note'
import type { Operation } from '@/lib/contracts/operation'
import type { Resource } from '@/lib/contracts/rows/resource'
import { describePlayground } from '@/lib/http/api/openapi/playground-form'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { meContract } from '@/lib/resources/me/contract'
import { usersContract } from '@/lib/resources/users/contract'

const draw = (resource: Resource, operation: Operation) => describePlayground(resource, operation)
const create = draw(contactsContract, contactsContract.operations.create)
const list = draw(contactsContract, contactsContract.operations.list)
const me = draw(meContract, meContract.operations.get)
const updateUser = draw(usersContract, usersContract.operations.update)

const ALL = ['contacts:read', 'contacts:write', 'contacts:delete']
const token = (resource: string, scopes: string[], role: 'admin' | 'read_only_admin' = 'admin') => ({
  resource,
  scopes,
  home: { role },
})

describe('what is said of a token', () => {
  test('is nothing where it opens the operation, and all that it could', () => {
    expect(scopeNote(create, token('contacts', ALL))).toBeNull()
    expect(scopeNote(me, token('contacts', ALL))).toBeNull()
  })

  test('to a Read-Only Admin is that it only reads, also where that is enough', () => {
    const reading = token('contacts', ['contacts:read'], 'read_only_admin')
    expect(scopeNote(list, reading)).toMatch(/reading scopes only\.$/)
    expect(scopeNote(create, reading)).toMatch(/needs contacts:write and will be refused/)
  })

  test('on another resource’s pages is what it lacks', () => {
    expect(scopeNote(create, token('users', ['users:read']))).toMatch(
      /lacks contacts:write\. Generate one for contacts/,
    )
  })

  test('where administration is needed is that no token has it', () => {
    expect(scopeNote(updateUser, token('users', ['users:read']))).toMatch(/^No test token carries admin/)
  })
})

describe('another token is offered', () => {
  test('where it would open the operation, and this one does not', () => {
    expect(isEnough(create, token('users', ['users:read']))).toBe(false)
  })

  test('not where this one does, or none would', () => {
    expect(isEnough(create, token('contacts', ALL))).toBe(true)
    expect(isEnough(create, token('contacts', ['contacts:read'], 'read_only_admin'))).toBe(true)
    expect(isEnough(me, token('contacts', ALL))).toBe(true)
    expect(isEnough(updateUser, token('contacts', ALL))).toBe(true)
  })
})
