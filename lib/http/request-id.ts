import { randomUUID } from 'node:crypto'

const ACCEPTABLE = /^[A-Za-z0-9._-]{1,128}$/

/** The caller's `X-Request-Id` where it is harmless, else a new one. */
export function requestId(sent: string | undefined): string {
  return sent !== undefined && ACCEPTABLE.test(sent) ? sent : randomUUID()
}

/** Of a User-Agent, as much as is kept. */
export const MAX_AGENT = 300
