import { z } from 'zod'
import { setRuntime } from '@/lib/base/node/runtime'
import { disconnect } from '@/lib/kernel/db/client'
import { type Call, callApi, callDashboard } from '@/lib/testing/call'
import type { Visitor, Visitors } from './visitors'

/** A call of the product: which path, and who calls. */
export type Sent = Pick<Call, 'method' | 'body' | 'raw' | 'headers'> & { path: string; by: Visitor }

const page = z.object({ data: z.array(z.record(z.string(), z.unknown())), next_cursor: z.string().nullish() })

/** One of the two databases, with the product on it. */
export class Side {
  readonly #rows = new Map<string, z.output<typeof page>>()

  /**
   * @param send makes a call
   * @param enter makes the verbs and the apps of this process use its database
   */
  constructor(
    readonly send: (sent: Sent) => Promise<Response>,
    readonly enter: () => Promise<void>,
  ) {}

  /** A page, asked for anew. @throws Error where the answer is none */
  async page(sent: Sent) {
    const reply = await this.send(sent)
    if (!reply.ok) throw new Error(`${sent.path} answers ${reply.status}: ${await reply.text()}`)
    return page.parse(await reply.json())
  }

  /** The first rows of a list, asked for once. */
  async rows(sent: Sent) {
    const known = this.#rows.get(sent.path) ?? (await this.page(sent))
    this.#rows.set(sent.path, known)
    return known.data
  }
}

const headersOf = (visitors: Visitors, by: Visitor): Record<string, string> =>
  by === 'key' ? { Authorization: `Bearer ${visitors.key}` } : { Cookie: visitors[by] }

/** The product that listens at `url`. */
export const overHttp =
  (url: string, visitors: Visitors) =>
  ({ method = 'GET', path, by, body, raw, headers }: Sent): Promise<Response> =>
    fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...headersOf(visitors, by),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? (raw ?? null) : JSON.stringify(body),
    })

/** Both APIs in this process, on the database that it uses. */
export const inProcess =
  (visitors: Visitors) =>
  ({ path, by, ...call }: Sent): Promise<Response> =>
    by === 'key'
      ? callApi(path, { ...call, key: visitors.key })
      : callDashboard(visitors[by], path.replace('/api/dashboard', ''), call)

/** @param authSecret that of the products: it signs cookies and cursors */
export const entering = (databaseUrl: string, authSecret: string) => async () => {
  if (globalThis.latchkeyRuntime?.databaseUrl === databaseUrl) return
  if (globalThis.latchkeyRuntime) await disconnect()
  setRuntime({ databaseUrl, authSecret, appUrl: 'http://127.0.0.1', requireHttps: false })
}
