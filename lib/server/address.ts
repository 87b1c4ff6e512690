import { isIP } from 'node:net'
import { env } from '@/lib/env'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1'])
const EVERYWHERE = new Set(['0.0.0.0', '::'])

/** What to listen on: this machine only on the embedded database, which has demo accounts. */
export const listenHost = (embedded: boolean): string => env.HOST ?? (embedded ? '127.0.0.1' : '0.0.0.0')

/** The public origin. */
export function publicOrigin(host: string, port: number): string {
  if (env.APP_URL) return new URL(env.APP_URL).origin
  const name = EVERYWHERE.has(host) ? 'localhost' : host
  return new URL(`http://${isIP(name) === 6 ? `[${name}]` : name}:${port}`).origin
}

export const needsHttps = (host: string): boolean => env.REQUIRE_HTTPS ?? !LOOPBACK.has(host)
