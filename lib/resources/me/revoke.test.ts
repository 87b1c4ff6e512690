import { describe, expect, test } from 'vitest'
import { reactivateKey } from '@/lib/keys/life/revocation/reactivate'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, makeKey, makeOrganization, operator } from '@/lib/testing/fixtures'

useTestDatabase()

const revoke = (key: string, body: unknown = {}, headers = {}) =>
  callApi('/me/revoke', { method: 'POST', key, body, headers })
const use = async (key: string) => outcomeOf(await callApi('/me', { key }))

describe('a key that revokes itself', () => {
  test.each([
    ['without any scope', { scopes: [] }],
    ['with admin', { scopes: ['admin'] }],
    ['of the sandbox', { environment: 'test' as const }],
    ['with an end and an allowlist', { expires_in_hours: 1, allowed_ips: ['127.0.0.1'] }],
  ])('%s, is refused from the very next call', async (_, fields) => {
    const made = await makeKey(await makeOrganization(), fields)
    const response = await revoke(made.key, { reason: 'Found in a log' })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      id: made.id,
      key_prefix: made.key_prefix,
      status: 'revoked',
      revoked_at: expect.any(String),
      revoked_reason: 'Found in a log',
      leaked: false,
    })
    expect(await use(made.key)).toBe('revoked_key')
    expect(await outcomeOf(await revoke(made.key))).toBe('revoked_key')
  })

  test('needs no body for it', async () => {
    const made = await makeKey(await makeOrganization())
    expect((await callApi('/me/revoke', { method: 'POST', key: made.key })).status).toBe(200)
    expect(await use(made.key)).toBe('revoked_key')
  })

  test('is audited as who did it', async () => {
    const made = await makeKey(await makeOrganization())
    await revoke(made.key, { reason: 'Found in a log', leaked: true })
    expect((await auditOf(made.id)).at(-1)).toMatchObject({
      action: 'api_key.revoked',
      actor_kind: 'key',
      actor_id: made.id,
      actor_label: made.key_prefix,
      after: { leaked: true },
      reason: 'Found in a log',
    })
  })

  test('can be reactivated by a person, unless it leaked', async () => {
    const organization = await makeOrganization()
    const [lost, leaked] = [await makeKey(organization), await makeKey(organization)]
    await revoke(lost.key)
    await revoke(leaked.key, { leaked: true })
    await reactivateKey(operator(organization), { id: lost.id })
    expect(await use(lost.key)).toBe(200)
    await expect(reactivateKey(operator(organization), { id: leaked.id })).rejects.toMatchObject({ code: 'key_state' })
    expect(await use(leaked.key)).toBe('revoked_key')
  })

  test('names no other key: the caller’s is the only one that it can end', async () => {
    const organization = await makeOrganization()
    const [own, other] = [await makeKey(organization), await makeKey(organization)]
    expect(await outcomeOf(await revoke(own.key, { id: other.id }))).toBe('validation_failed')
    expect(await use(own.key)).toBe(200)
    expect(await use(other.key)).toBe(200)
  })

  test('with an Idempotency-Key gets its answer once: afterwards nobody is there to ask', async () => {
    const { key } = await makeKey(await makeOrganization())
    expect((await revoke(key, {}, { 'Idempotency-Key': 'once' })).status).toBe(200)
    expect(await outcomeOf(await revoke(key, {}, { 'Idempotency-Key': 'once' }))).toBe('revoked_key')
  })
})
