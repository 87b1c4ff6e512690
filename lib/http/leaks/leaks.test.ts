import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runtime } from '@/lib/base/node/runtime'
import { prisma } from '@/lib/kernel/db/client'
import { generateKey } from '@/lib/keys/format'
import { deleteKey } from '@/lib/keys/life/delete'
import { mintPlaygroundKey } from '@/lib/keys/life/playground/mint'
import { reactivateKey } from '@/lib/keys/life/revocation/reactivate'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { rotateKey } from '@/lib/keys/life/rotate'
import { callApi, callLeaks, outcomeOf, readProblem } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { alterKey, auditOf, hoursAway, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'
import { textsOf } from '@/lib/testing/statements'

useOwnDatabase()

let caller = 0
/** From an address of its own: none of these tests is about their number. */
const report = (body: unknown, headers: Record<string, string> = {}) =>
  callLeaks({ body, headers, peer: { address: `198.51.100.${++caller}` } })

const keyRow = (id: string) => prisma().apiKey.findUniqueOrThrow({ where: { id } })

async function whole(response: Response) {
  const headers = new Headers(response.headers)
  headers.delete('X-Request-Id')
  return { status: response.status, headers: [...headers], body: await response.text() }
}

describe('a report by anybody', () => {
  test('ends the key at once and for good, and says so in the audit log', async () => {
    const organization = await makeOrganization()
    const { id, key, key_prefix } = await makeKey(organization)
    expect((await callApi('/me', { key })).status).toBe(200)
    const sent = { key, url: `https://ada:secret@example.com/paste?key=${key}` }
    const response = await report(sent, { 'User-Agent': 'finder/1', 'X-Request-Id': 'found-1' })
    expect(response.status).toBe(200)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(await response.json()).toEqual({ received: 1 })
    expect(await outcomeOf(await callApi('/me', { key }))).toBe('revoked_key')

    const reason = `Reported as leaked, found at https://example.com/paste?key=${key_prefix}…`
    expect(await keyRow(id)).toMatchObject({ leaked: true, revoked_reason: reason, reported_at: expect.any(Date) })
    await expect(reactivateKey(operator(organization), { id })).rejects.toMatchObject({ code: 'key_state' })
    expect((await auditOf(id)).at(-1)).toMatchObject({
      ...{ organization_id: organization.id, action: 'api_key.revoked', after: { leaked: true }, reason },
      ...{ actor_kind: 'stranger', actor_id: null, target_kind: 'api_key', target_label: key_prefix },
      ...{ address: `198.51.100.${caller}`, user_agent: 'finder/1', request_id: 'found-1' },
    })
  })

  test('ends test keys and playground keys, and works where the Developer API is off', async () => {
    const organization = await makeOrganization()
    const { key: testKey } = await makeKey(organization, { environment: 'test' })
    const { ctx } = await makeMember(organization)
    const { key: playground } = await mintPlaygroundKey(ctx, { resource: 'contacts' })
    await report({ key: testKey })
    await report({ key: playground })
    for (const key of [testKey, playground]) expect(await outcomeOf(await callApi('/me', { key }))).toBe('revoked_key')

    const closed = await makeOrganization({ developer_api: false })
    const { id, key } = await makeKey(closed)
    await report({ key })
    expect(await keyRow(id)).toMatchObject({ leaked: true, revoked_at: expect.any(Date) })
  })

  test('marks a key that has ended as leaked, and keeps the date of its revocation', async () => {
    const organization = await makeOrganization()
    const revoked = await makeKey(organization)
    const { revoked_at } = await revokeKey(operator(organization), { id: revoked.id, leaked: false })
    const expired = await makeKey(organization)
    await alterKey(expired.id, { created_at: hoursAway(-2), expires_at: hoursAway(-1) })
    await report({ key: revoked.key })
    await report({ key: expired.key })
    expect(await keyRow(revoked.id)).toMatchObject({ leaked: true, revoked_at })
    expect(await keyRow(expired.id)).toMatchObject({ leaked: true })
  })

  test('is heard once: again it changes nothing, and tells nobody anew', async () => {
    const { id, key } = await makeKey(await makeOrganization())
    await report({ key })
    const before = await keyRow(id)
    await report({ key, url: 'https://example.com/other' })
    expect(await keyRow(id)).toEqual(before)
    expect((await auditOf(id)).filter(({ action }) => action === 'api_key.revoked')).toHaveLength(1)
  })

  test('leaves the successor and the predecessor in grace alone', async () => {
    const organization = await makeOrganization()
    const first = await makeKey(organization)
    const second = await rotateKey(operator(organization), { id: first.id, grace_hours: 24 })
    const third = await rotateKey(operator(organization), { id: second.id, grace_hours: 24 })
    await report({ key: second.key })
    const outcomes = []
    for (const { key } of [first, second, third]) outcomes.push(await outcomeOf(await callApi('/me', { key })))
    expect(outcomes).toEqual([200, 'revoked_key', 200])
  })
})

describe('of a key that is in use, revoked as leaked, deleted, or none', () => {
  async function four(): Promise<string[]> {
    const organization = await makeOrganization()
    const [inUse, leaked, deleted] = [
      await makeKey(organization),
      await makeKey(organization),
      await makeKey(organization),
    ]
    await revokeKey(operator(organization), { id: leaked.id, leaked: true })
    await deleteKey(operator(organization), { id: deleted.id })
    return [inUse.key, leaked.key, deleted.key, generateKey('live')]
  }

  test('the replies are the same, byte for byte', async () => {
    const [known, ...others] = await Promise.all((await four()).map(async (key) => whole(await report({ key }))))
    for (const other of [...others, await whole(await report({ key: 'no key at all' }))]) expect(other).toEqual(known)
  })

  test('the same one statement runs, and writes one job', async () => {
    const sent: { texts: string[]; jobs: number }[] = []
    for (const key of await four()) {
      const before = await prisma().job.count()
      const texts = await textsOf(() => report({ key }))
      sent.push({ texts, jobs: (await prisma().job.count()) - before })
    }
    expect(sent[0]).toEqual({ texts: [expect.stringContaining('UPDATE api_keys')], jobs: 1 })
    for (const other of sent) expect(other).toEqual(sent[0])
  })
})

describe('what is refused', () => {
  test.each([
    ['no key', {}],
    ['a key that is none', { key: 7 }],
    ['an empty key', { key: '' }],
    ['a key of 201 characters', { key: 'x'.repeat(201) }],
    ['an address that is none', { key: 'x', url: 'javascript:alert(1)' }],
    ['an address of 2,049 characters', { key: 'x', url: `https://example.com/${'x'.repeat(2_029)}` }],
    ['an unknown field', { key: 'x', who: 'me' }],
    ['a list, where nobody is known to sign one', [{ token: 'x' }]],
  ])('%s', async (_, body) => {
    expect(await outcomeOf(await report(body))).toBe('validation_failed')
  })

  test('more than 16 KB, other media types, other methods, other paths', async () => {
    expect(await outcomeOf(await report({ key: 'x'.repeat(16_384) }))).toBe('payload_too_large')
    const peer = { address: '203.0.113.1' }
    const form = { 'Content-Type': 'text/plain' }
    expect(await outcomeOf(await callLeaks({ raw: '{"key":"x"}', headers: form, peer }))).toBe('unsupported_media_type')
    const response = await callLeaks({ method: 'GET', peer })
    expect(response.headers.get('Allow')).toBe('POST')
    expect(await outcomeOf(response)).toBe('method_not_allowed')
  })

  test('plain HTTP, where HTTPS is required: then nothing is revoked', async () => {
    const { id, key } = await makeKey(await makeOrganization())
    const before = runtime().requireHttps
    Object.assign(runtime(), { requireHttps: true })
    try {
      expect(await outcomeOf(await report({ key }))).toBe('https_required')
      expect(await keyRow(id)).toMatchObject({ leaked: false })
      expect((await callLeaks({ body: { key }, peer: { address: '203.0.113.2', https: true } })).status).toBe(200)
    } finally {
      Object.assign(runtime(), { requireHttps: before })
    }
  })

  test('the 31st report within a minute from one address, and from no other', async () => {
    const send = (address: string, body: unknown = { key: 'x' }) => callLeaks({ body, peer: { address } })
    const statuses = []
    for (let index = 0; index < 30; index++) statuses.push((await send('203.0.113.3')).status)
    expect(statuses).toEqual(Array(30).fill(200))
    const { id, key } = await makeKey(await makeOrganization())
    const refused = await send('203.0.113.3', { key })
    expect(refused.headers.get('Retry-After')).toMatch(/^\d+$/)
    expect(await readProblem(refused)).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(await keyRow(id)).toMatchObject({ leaked: false })
    expect((await send('203.0.113.4', { key })).status).toBe(200)
  })
})

describe("GitHub's signed reports", () => {
  const ours = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const another = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  // From GitHub's documentation: a public key of theirs, a body, and their signature over it.
  const theirs = {
    identifier: 'bcb53661c06b4728e59d897fb6165d5c9cda0fd9cdf9d09ead458168deb7518c',
    key: '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd\nAjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==\n-----END PUBLIC KEY-----\n',
    body: '[{"source":"commit","token":"some_token","type":"some_type","url":"https://example.com/base-repo-url/"}]',
    signature: 'MEQCIQDaMKqrGnE27S0kgMrEK0eYBmyG0LeZismAEz/BgZyt7AIfXt9fErtRS4XaeSt/AO1RtBY66YcAdjxji410VQV4xg==',
  }
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latchkey-github-'))
    const public_keys = [
      { key_identifier: theirs.identifier, key: theirs.key, is_current: true },
      { key_identifier: 'ours', key: ours.publicKey.export({ type: 'spki', format: 'pem' }), is_current: false },
    ]
    await writeFile(join(folder, 'keys.json'), JSON.stringify({ public_keys }))
  })
  afterAll(() => rm(folder, { recursive: true }))
  useEnvironment(() => ({ GITHUB_PUBLIC_KEYS: join(folder, 'keys.json') }))

  const signed = (raw: string, { identifier = 'ours', key = ours.privateKey, address = '140.82.112.1' } = {}) =>
    callLeaks({
      raw,
      headers: {
        'Github-Public-Key-Identifier': identifier,
        'Github-Public-Key-Signature': sign('sha256', Buffer.from(raw), key).toString('base64'),
      },
      peer: { address },
    })

  test('are told by the signature that GitHub documents', async () => {
    const headers = {
      'Github-Public-Key-Identifier': theirs.identifier,
      'Github-Public-Key-Signature': theirs.signature,
    }
    const send = (raw: string) => callLeaks({ raw, headers, peer: { address: '140.82.112.2' } })
    const response = await send(theirs.body)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ received: 1 })
    expect(await outcomeOf(await send(theirs.body.replace('some_token', 'other_token')))).toBe('invalid_request')
  })

  test('end every key in them, also more than a hundred, whatever else is there', async () => {
    const organization = await makeOrganization({ plan: 'enterprise' })
    const keys = [await makeKey(organization), await makeKey(organization, { environment: 'test' })]
    const matches = Array.from({ length: 150 }, () => ({ token: generateKey('live'), type: 'latchkey', url: '' }))
    const [first, last] = keys.map(({ key }) => ({
      ...{ token: key, type: 'latchkey_api_key', source: 'content', new_field: 1 },
      url: 'https://github.com/octocat/Hello-World/blob/main/.env',
    }))
    const response = await signed(JSON.stringify([first, first, ...matches, last]))
    expect(await response.json()).toEqual({ received: 153 })
    for (const { id } of keys) {
      expect(await keyRow(id)).toMatchObject({
        leaked: true,
        revoked_reason: 'Reported as leaked by GitHub, found at https://github.com/octocat/Hello-World/blob/main/.env',
      })
    }
  })

  test("signed by another's key, or by one that is not in the file, end nothing", async () => {
    const { id, key } = await makeKey(await makeOrganization())
    const body = JSON.stringify([{ token: key, type: 'latchkey', url: '' }])
    expect(await outcomeOf(await signed(body, { key: another.privateKey }))).toBe('invalid_request')
    expect(await outcomeOf(await signed(body, { identifier: 'unknown' }))).toBe('invalid_request')
    expect(await outcomeOf(await report(JSON.parse(body)))).toBe('validation_failed')
    expect(await keyRow(id)).toMatchObject({ leaked: false })
  })

  test('are not limited, and others beside them are', async () => {
    const address = '140.82.112.3'
    for (let index = 0; index < 31; index++) expect((await signed('[]', { address })).status).toBe(200)
    const forged = []
    for (let index = 0; index < 31; index++) {
      forged.push((await signed('[]', { address, key: another.privateKey })).status)
    }
    expect(forged).toEqual([...Array(30).fill(400), 429])
  })

  test('may be 256 KB long, and no longer', async () => {
    const padded = (bytes: number) => `[${' '.repeat(bytes - 2)}]`
    expect((await signed(padded(262_144))).status).toBe(200)
    expect(await outcomeOf(await signed(padded(262_145)))).toBe('payload_too_large')
  })
})
