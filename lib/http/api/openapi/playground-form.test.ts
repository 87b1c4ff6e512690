import { describe, expect, test } from 'vitest'
import type { Operation } from '@/lib/contracts/operation'
import { describePlayground } from '@/lib/http/api/openapi/playground-form'
import { apiKeysContract } from '@/lib/resources/api-keys/contract'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { CATALOGUE } from '@/lib/resources/register'
import { OPERATIONS } from '@/lib/testing/operations'

const { operations } = contactsContract
const draw = (operation: Operation) => describePlayground(contactsContract, operation)

describe('the playground of an operation', () => {
  test('asks for every parameter of the path, and for no other as required', () => {
    for (const { resource, operation, title } of OPERATIONS) {
      const { params, query } = describePlayground(resource, operation)
      const named = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(
        params.map(({ name }) => name),
        title,
      ).toEqual(named)
      expect(
        params.every(({ required }) => required),
        title,
      ).toBe(true)
      expect(
        query.some(({ required }) => required),
        title,
      ).toBe(false)
    }
  })

  test('is plain data, small, without a schema', () => {
    for (const { resource, operation, title } of OPERATIONS) {
      const drawn = describePlayground(resource, operation)
      expect(JSON.parse(JSON.stringify(drawn)), title).toEqual(drawn)
      expect(JSON.stringify(drawn).length, title).toBeLessThan(6_000)
      expect(
        drawn.token_scopes.every((scope) => CATALOGUE.isScope(scope)),
        title,
      ).toBe(true)
    }
  })

  test('enters each kind of value in its own way', () => {
    const kindOf = (fields: { name: string; kind: string }[]) =>
      Object.fromEntries(fields.map(({ name, kind }) => [name, kind]))
    expect(kindOf(draw(operations.list).query)).toMatchObject({ limit: 'number', sort: 'text', q: 'text' })
    const create = describePlayground(apiKeysContract, apiKeysContract.operations.rotate)
    expect(kindOf(create.body?.fields ?? [])).toMatchObject({ grace_hours: 'choice', expires_at: 'text' })
    const revoke = describePlayground(apiKeysContract, apiKeysContract.operations.revoke)
    expect(kindOf(revoke.body?.fields ?? [])).toMatchObject({ leaked: 'boolean', reason: 'text' })
    expect(create.body?.fields.find(({ name }) => name === 'grace_hours')?.choices).toEqual([0, 1, 24, 168])
  })

  test('leaves lists and objects to the JSON', () => {
    const { body } = draw(operations.create)
    expect(body?.fields.map(({ name }) => name)).not.toContain('custom_fields')
    expect(JSON.parse(body?.example ?? '')).toMatchObject({
      email: 'ada@example.com',
      custom_fields: { employees: 12 },
    })
  })

  test('starts with a body that names every required member', () => {
    for (const { resource, operation, title } of OPERATIONS) {
      const { body } = describePlayground(resource, operation)
      if (!operation.body || !body) continue
      const result = operation.body.safeParse(JSON.parse(body.example))
      const missing = (result.error?.issues ?? []).filter(({ message }) => /received undefined/.test(message))
      expect(missing, title).toEqual([])
    }
  })
})
