import type { Server } from 'node:http'
import { isIP } from 'node:net'
import { env } from '@/lib/base/node/env'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1'])
const EVERYWHERE = new Set(['0.0.0.0', '::'])

/** What to listen on: this machine only on the embedded database, which has demo accounts. */
export const listenHost = (embedded: boolean): string => env.HOST ?? (embedded ? '127.0.0.1' : '0.0.0.0')

const withPort = (host: string, port: number) => `${isIP(host) === 6 ? `[${host}]` : host}:${port}`

/** The public origin. */
export function publicOrigin(host: string, port: number): string {
  if (env.APP_URL) return new URL(env.APP_URL).origin
  return new URL(`http://${withPort(EVERYWHERE.has(host) ? 'localhost' : host, port)}`).origin
}

/** Address and port of a listening server, unless the public origin names them already. */
export function listeningOn(server: Server, origin: string): string | null {
  const bound = server.address()
  if (typeof bound !== 'object' || !bound) return null
  const own = withPort(bound.address, bound.port)
  return new URL(`http://${own}`).origin === origin ? null : own
}

export const needsHttps = (host: string): boolean => env.REQUIRE_HTTPS ?? !LOOPBACK.has(host)
