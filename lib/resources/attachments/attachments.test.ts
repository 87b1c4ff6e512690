import { readdir, readlink } from 'node:fs/promises'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { beforeEach, describe, expect, test } from 'vitest'
import { PLANS } from '@/lib/contracts/plans'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { pool, prisma } from '@/lib/kernel/db/client'
import { attachmentsContract } from '@/lib/resources/attachments/contract'
import { ticketsContract } from '@/lib/resources/tickets/contract'
import { ask, refusal } from '@/lib/testing/ask'
import { type Call, callApi, outcomeOf, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'
import { useWatchedServer } from '@/lib/testing/watched-server'

useTestDatabase()
const { origin } = useWatchedServer()

const { create, list, get } = attachmentsContract.operations
const tickets = ticketsContract.operations
const { limit: LIMIT } = create.upload

let organization: ActingOrganization
let key = ''
let ticket_id = ''
beforeEach(async () => {
  organization = await makeOrganization({ plan: 'free' })
  key = (await makeKey(organization, { scopes: ['read:all', 'write:all', 'tickets:delete'] })).key
  ticket_id = (await ask(tickets.create, { key, body: { subject: 'Help' } })).id
})

const at = (name?: string) =>
  `/tickets/${ticket_id}/attachments${name === undefined ? '' : `?${new URLSearchParams({ name })}`}`

type Sent = string | Uint8Array<ArrayBuffer>
const upload = (raw: Sent, { name, ...call }: Call & { name?: string } = {}) =>
  callApi(at(name), { method: 'POST', key, raw, ...call, headers: { 'Content-Type': 'text/plain', ...call.headers } })

async function attached(raw: Sent, name = 'file') {
  const reply = await upload(raw, { name })
  if (reply.status !== 201) throw new Error(await reply.text())
  return create.reply.schema.parse(await reply.json())
}

const download = (id: string, call: Call = {}) => callApi(`/attachments/${id}/content`, { key, ...call })
const pieces = () => prisma().attachmentPiece.count({ where: { organization_id: organization.id } })
const total = async () => {
  const { id } = organization
  const row = await prisma().attachmentTotal.findFirst({ where: { organization_id: id, environment: 'live' } })
  return Number(row?.bytes ?? 0)
}
const randomBytes = (size: number) =>
  Buffer.concat(
    Array.from({ length: Math.ceil(size / 65_536) }, () => crypto.getRandomValues(new Uint8Array(65_536))),
  ).subarray(0, size)

/** A body without an announced length, whose pieces come when the test says so. */
function slowBody() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const stream = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given
    },
  })
  return {
    stream,
    send: (bytes: Uint8Array) => controller?.enqueue(bytes),
    end: () => controller?.close(),
    breakOff: () => controller?.error(new Error('reset')),
  }
}

describe('a file', () => {
  test('comes back as it was sent, of whatever size, in rows of 256 KB', async () => {
    for (const [size, rows] of [
      [1, 1],
      [262_144, 1],
      [262_145, 2],
      [LIMIT, 40],
    ] as const) {
      const before = await pieces()
      const sent = randomBytes(size)
      const { id } = await attached(new Uint8Array(sent))
      expect((await pieces()) - before).toBe(rows)
      const reply = await download(id)
      expect(reply.headers.get('Content-Length')).toBe(String(size))
      expect(Buffer.from(await reply.arrayBuffer()).equals(sent)).toBe(true)
    }
  })

  test('is served to be saved and never shown, under its name', async () => {
    const page = '<script>alert(1)</script>'
    const made = await upload(page, { name: 'Rechnung „Mai“.html', headers: { 'Content-Type': 'text/html' } })
    const { id, content_type, sha256 } = await made.json()
    expect(content_type).toBe('text/html')
    expect(Object.fromEntries((await download(id)).headers)).toMatchObject({
      'content-type': 'text/html',
      'content-disposition': `attachment; filename="Rechnung _Mai_.html"; filename*=UTF-8''Rechnung%20%E2%80%9EMai%E2%80%9C.html`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      etag: `"${sha256}"`,
    })
    expect((await download(id, { headers: { 'If-None-Match': `"${sha256}"` } })).status).toBe(304)
  })

  test('is of the type that its bytes have, and without a name has that of its type', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55', 'hex')
    const made = await upload(new Uint8Array(png), { headers: { 'Content-Type': 'text/html' } })
    expect(await made.json()).toMatchObject({ content_type: 'image/png', name: 'attachment.png', size: png.length })
    expect(await (await upload('x')).json()).toMatchObject({ name: 'attachment.txt' })
    expect((await ask(list, { key, query: { content_type: 'IMAGE/png' } })).data).toHaveLength(1)
  })

  test.each(['../x', '/etc/passwd', 'a\\b', '..', '.', 'a\nb', 'a\u202Egnp.exe', ' ', '\u200B', 'x'.repeat(201)])(
    'has no name like %j',
    async (name) => {
      const problem = await readProblem(await upload('x', { name }))
      expect(problem.errors).toMatchObject([{ path: 'name' }])
      expect(await pieces()).toBe(0)
    },
  )

  test('is of no type whose name no index could hold', async () => {
    const name = randomBytes(3_000).toString('hex')
    const reply = await upload('x', { headers: { 'Content-Type': `text/${name}` } })
    expect(await outcomeOf(reply)).toBe('unsupported_media_type')
  })

  test('goes with its ticket, and by itself, and the total with it', async () => {
    const first = await attached('one')
    const second = await attached('second')
    expect(await total()).toBe(9)
    expect((await callApi(`/attachments/${first.id}`, { method: 'DELETE', key })).status).toBe(204)
    expect([await total(), await pieces()]).toEqual([6, 1])
    await callApi(`/tickets/${ticket_id}`, { method: 'DELETE', key })
    expect(await outcomeOf(await download(second.id))).toBe('not_found')
    expect([await total(), await pieces()]).toEqual([0, 0])
    const told = await prisma().activity.findMany({ where: { subject_id: first.id }, orderBy: { at: 'asc' } })
    expect(told.map(({ type, data }) => [type, data])).toEqual([
      ['attachment.created', { ticket_id, name: 'file', content_type: 'text/plain', size: 3 }],
      ['attachment.deleted', { ticket_id, name: 'file', content_type: 'text/plain', size: 3 }],
    ])
  })

  test('goes with its organisation', async () => {
    await attached('one')
    await prisma().organization.delete({ where: { id: organization.id } })
    expect([await total(), await pieces()]).toEqual([0, 0])
  })

  test('that is deleted while it is read breaks off, and is not taken for whole', async () => {
    const { id } = await attached(new Uint8Array(randomBytes(600_000)))
    const reader = (await download(id)).body?.getReader()
    expect((await reader?.read())?.value?.byteLength).toBe(262_144)
    await callApi(`/attachments/${id}`, { method: 'DELETE', key })
    await expect(reader?.read()).rejects.toThrow('deleted')
  })
})

describe('what is no file', () => {
  test('an empty body is refused', async () => {
    expect((await readProblem(await upload(''))).detail).toBe('The file is empty: send its bytes as the body.')
    expect(await outcomeOf(await callApi(at(), { method: 'POST', key }))).toBe('unsupported_media_type')
  })

  test('more than 10 MB are refused, announced or not', async () => {
    const announced = { headers: { 'Content-Length': String(LIMIT + 1) } }
    expect(await outcomeOf(await upload('x', announced))).toBe('payload_too_large')
    const body = slowBody()
    const reply = callApi(at(), { method: 'POST', key, stream: body.stream })
    for (let sent = 0; sent <= LIMIT; sent += 1_048_576) body.send(new Uint8Array(1_048_576))
    expect(await outcomeOf(await reply)).toBe('payload_too_large')
  })

  test.each(['5', '15'])('a body of ten bytes that announces %s is refused', async (length) => {
    const reply = await upload('0123456789', { headers: { 'Content-Length': length } })
    expect(await outcomeOf(reply)).toBe('invalid_request')
    expect(await pieces()).toBe(0)
  })

  test('over a socket, what comes behind the announced length is no part of it', async () => {
    const { port } = new URL(origin())
    const socket = connect(Number(port), '127.0.0.1')
    const head = `POST /api/v1${at('x')} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${key}\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n`
    socket.write(`${head}01234and more of it\r\n\r\n`)
    expect(await text(socket)).toMatch(/HTTP\/1\.1 400 /)
    // Whether the connection ended before or after the file was kept.
    for (const { size } of (await ask(list, { key })).data) expect(size).toBe(5)
  })

  test('what breaks off leaves nothing, neither a row nor a file', async () => {
    const body = slowBody()
    const reply = callApi(at(), { method: 'POST', key, stream: body.stream })
    body.send(new Uint8Array(1_000))
    body.breakOff()
    expect(await outcomeOf(await reply)).toBe('invalid_request')
    expect(await pieces()).toBe(0)
    // Also of calls before, whose files close behind their replies.
    await expect.poll(openSpools).toBe(0)
  })
})

/** Files with bodies that this process has open. */
async function openSpools() {
  const open = await readdir('/proc/self/fd')
  const targets = await Promise.all(open.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  // Nobody else can open what has no name.
  return targets.filter((target) => /latchkey-upload-.* \(deleted\)$/.test(target)).length
}

const heldConnections = () => pool().totalCount - pool().idleCount

describe('a slow caller', () => {
  test('who sends holds a file without a name, and no connection', async () => {
    const body = slowBody()
    const reply = callApi(at(), { method: 'POST', key, stream: body.stream })
    body.send(new Uint8Array(100_000))
    await expect.poll(openSpools).toBe(1)
    // Late writes of other calls may hold one for a moment.
    await expect.poll(heldConnections).toBe(0)
    body.end()
    expect((await reply).status).toBe(201)
    expect(await openSpools()).toBe(0)
  })

  test('who reads holds no connection', async () => {
    const { id } = await attached(new Uint8Array(randomBytes(600_000)))
    const reader = (await download(id)).body?.getReader()
    await reader?.read()
    await expect.poll(heldConnections).toBe(0)
    await reader?.cancel()
  })
})

describe('a ticket', () => {
  test('that is closed takes none, and gives and loses what it has', async () => {
    const { id } = await attached('x')
    for (const step of ['solve', 'close'] as const) await ask(tickets[step], { key, params: { id: ticket_id } })
    expect(await outcomeOf(await upload('x'))).toBe('wrong_state')
    expect(await (await download(id)).text()).toBe('x')
    expect((await callApi(`/attachments/${id}`, { method: 'DELETE', key })).status).toBe(204)
  })

  test('that is being closed refuses the file that waits for it', async () => {
    const where = { id: ticket_id }
    const reply = await overlap(
      (db) => db.ticket.update({ where, data: { status: 'closed' } }),
      () => upload('x'),
    )
    expect(await outcomeOf(reply)).toBe('wrong_state')
    expect(await pieces()).toBe(0)
  })

  test('of another organisation, of the sandbox or of nobody is not there', async () => {
    const sandbox = await makeKey(organization, { scopes: ['write:all'], environment: 'test' })
    const stranger = await makeKey(await makeOrganization(), { scopes: ['write:all'] })
    for (const other of [sandbox, stranger]) {
      const reply = await callApi(at('x'), { method: 'POST', key: other.key, raw: 'x' })
      expect(await outcomeOf(reply)).toBe('not_found')
    }
    expect(await refusal(get, { key, params: { id: unusedId() } })).toMatchObject({ code: 'not_found' })
    expect(await pieces()).toBe(0)
  })
})

describe('an Idempotency-Key', () => {
  test('attaches once, also where the ticket is closed before the retry; other bytes or another name are a conflict', async () => {
    const headers = { 'Idempotency-Key': unusedId(), 'Content-Type': 'text/plain' }
    const first = await upload('one', { name: 'a', headers })
    const { id } = await first.json()
    for (const step of ['solve', 'close'] as const) await ask(tickets[step], { key, params: { id: ticket_id } })
    const again = await upload('one', { name: 'a', headers })
    expect([again.status, again.headers.get('X-Idempotency-Status')]).toEqual([201, 'cached'])
    expect((await again.json()).id).toBe(id)
    expect(await outcomeOf(await upload('two', { name: 'a', headers }))).toBe('idempotency_conflict')
    expect(await outcomeOf(await upload('one', { name: 'b', headers }))).toBe('idempotency_conflict')
    expect(await pieces()).toBe(1)
  })

  test('attaches once, of many at the same time', async () => {
    const headers = { 'Idempotency-Key': unusedId() }
    const replies = await Promise.all(Array.from({ length: 8 }, () => upload('one', { headers })))
    const bodies = new Set(await Promise.all(replies.map((reply) => reply.text())))
    expect([bodies.size, await pieces(), await total()]).toEqual([1, 1, 3])
  })
})

describe('the quota of the plan', () => {
  const QUOTA = PLANS.free.attachment_bytes
  const leave = (bytes: number) =>
    prisma().attachmentTotal.create({
      data: { organization_id: organization.id, environment: 'live', bytes: QUOTA - bytes },
    })

  test('is told with what is used of it, and a refusal uses nothing', async () => {
    await leave(5)
    const { code, detail } = await readProblem(await upload('sixsix'))
    expect(code).toBe('attachment_quota_reached')
    expect(detail).toBe(
      'The attachments of this environment have 99,999,995 of the 100,000,000 bytes that the plan free holds, and this file has 6. Delete some, or change the plan.',
    )
    expect([await total(), await pieces()]).toEqual([QUOTA - 5, 0])
    expect((await upload('fives')).status).toBe(201)
  })

  test('has room for the last one only once, where many come at the same time', async () => {
    await leave(5)
    const outcomes = await Promise.all(Array.from({ length: 4 }, async () => outcomeOf(await upload('fives'))))
    expect(outcomes.map(String).toSorted()).toEqual(['201', ...Array(3).fill('attachment_quota_reached')])
    expect(await total()).toBe(QUOTA)
  })

  test('of one environment is not that of the other', async () => {
    await leave(0)
    const sandbox = await makeKey(organization, { scopes: ['write:all'], environment: 'test' })
    const { id } = await ask(tickets.create, { key: sandbox.key, body: { subject: 'Help' } })
    const reply = await callApi(`/tickets/${id}/attachments`, { method: 'POST', key: sandbox.key, raw: 'x' })
    expect(reply.status).toBe(201)
  })
})
