import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import { SECOND_MS } from '@/lib/base/time'
import type { Environment } from '@/lib/kernel/db/generated/enums'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { uuidv7 } from '@/lib/kernel/rows/uuid'

const [WIDTH, HEIGHT] = [320, 180]

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type), data])
  const framed = Buffer.alloc(8 + named.length)
  framed.writeUInt32BE(data.length)
  named.copy(framed, 4)
  framed.writeUInt32BE(crc32(named), 4 + named.length)
  return framed
}

/** The grey of a pixel: a window with a bar, lines of text, and a notice that something went wrong. */
function grey(x: number, y: number): number {
  if (y < 20) return x < 60 ? 90 : 60
  const inText = y % 16 < 6 && x > 20 && x < 120 + ((y * 37) % 160)
  if (y > 120 && y < 160 && x > 20 && x < 300) return inText ? 40 : 200
  return inText ? 120 : 245
}

/** A picture (PNG, 8 bits of grey) as a customer might send it. */
function screenshot(): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header[8] = 8
  const lines = Array.from({ length: HEIGHT }, (_, y) =>
    // Each line begins with its filter: none.
    Uint8Array.from({ length: WIDTH + 1 }, (_, at) => (at === 0 ? 0 : grey(at - 1, y))),
  )
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A log of the minute before. */
function serverLog(now: Date): Buffer {
  const lines = ['request received', 'session found', 'export started', 'export stopped: the connection was reset']
  const at = (index: number) => new Date(now.getTime() - (lines.length - index) * 15 * SECOND_MS).toISOString()
  return Buffer.from(lines.map((line, index) => `${at(index)} ${line}\n`).join(''))
}

type Ticket = { id: string; organization_id: string; environment: Environment }

/** What a customer has sent along with a ticket: a screenshot and a log. */
export async function attachDemoFiles(db: Transaction, ticket: Ticket, now: Date): Promise<void> {
  const { id: ticket_id, organization_id, environment } = ticket
  const tenant = { organization_id, environment }
  const files = [
    { name: 'screenshot.png', content_type: 'image/png', bytes: screenshot() },
    { name: 'export.log', content_type: 'text/plain', bytes: serverLog(now) },
  ]
  for (const { bytes, ...file } of files) {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const { id } = await db.attachment.create({
      data: { ...tenant, ...file, id: uuidv7(), ticket_id, size: bytes.length, sha256, created_at: now },
    })
    await db.attachmentPiece.create({
      data: { ...tenant, attachment_id: id, position: 0, bytes: new Uint8Array(bytes) },
    })
  }
}
