import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { z } from 'zod'

/** In a body: another word in every request. */
export const NEW = '{new}'

export type Load = {
  url: string
  method?: 'GET' | 'POST' | 'PATCH'
  keys?: string[]
  body?: string
  headers?: Record<string, string>
  /** Gives every request an Idempotency-Key of its own. */
  idempotent?: boolean
  /** Instead of the address's own path, in turns as the keys. */
  paths?: string[]
  /** Calls that are under way at the same time. */
  connections?: number
}

export type Measure = { perSecond: number; p50: number; p99: number; refused: number }

const result = z.object({
  requests: z.object({ average: z.number(), total: z.number() }),
  latency: z.object({ p50: z.number(), p99: z.number() }),
  non2xx: z.number(),
  errors: z.number(),
})

const autocannon = createRequire(import.meta.url).resolve('autocannon')

/**
 * Loads an address from a process of its own, over 32 connections unless it says otherwise, for `seconds` or for `amount` requests.
 * The keys take turns, as integrations do.
 */
export async function load(
  { url, method = 'GET', keys, body, headers, idempotent = false, paths, connections = 32 }: Load,
  limit: { seconds: number } | { amount: number },
): Promise<Measure> {
  const requests = (keys ?? ['']).map((key, turn) => ({
    method,
    ...(paths && { path: paths[turn % paths.length] }),
    headers: {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body && { body }),
  }))
  const options = {
    url,
    connections,
    requests,
    ...('seconds' in limit ? { duration: limit.seconds } : { amount: limit.amount }),
  }
  const isNew = body?.includes(NEW) ?? false
  const script = `
    const options = ${JSON.stringify(options)}
    const { randomUUID } = require('node:crypto')
    const renew = ({ headers, body, ...request }) => ({
      ...request,
      headers: ${idempotent} ? { ...headers, 'idempotency-key': randomUUID() } : headers,
      body: ${isNew} ? body.replace('${NEW}', randomUUID()) : body,
    })
    if (${idempotent || isNew}) for (const request of options.requests) request.setupRequest = renew
    require(${JSON.stringify(autocannon)})(options).then((r) => console.log(JSON.stringify(r)))`
  const { requests: done, latency, non2xx, errors } = result.parse(JSON.parse(await runNode(script)))
  return { perSecond: done.average, p50: latency.p50, p99: latency.p99, refused: non2xx + errors }
}

function runNode(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.once('exit', (code) => (code === 0 ? resolve(output) : reject(new Error(`The load ended with ${code}.`))))
  })
}
