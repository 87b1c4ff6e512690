import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Runtime, setRuntime } from '@/lib/base/node/runtime'
import { cookieName, readSessionId, sessionCookie } from '@/lib/http/session-cookie'

const RUNTIME: Runtime = {
  databaseUrl: 'postgresql://nowhere',
  authSecret: 'a-secret-of-the-tests-that-is-long-enough',
  appUrl: 'http://127.0.0.1:3000',
  requireHttps: false,
}

beforeEach(() => setRuntime(RUNTIME))
afterEach(() => {
  globalThis.latchkeyRuntime = undefined
})

const session_id = randomUUID()
const cookie = async (token: Record<string, unknown>, secret = RUNTIME.authSecret, maxAge?: number) =>
  `other=1; ${sessionCookie()}=${await encode({ token, secret, maxAge })}; theme=dark`

test('our token names its session', async () => {
  expect(await readSessionId(await cookie({ session_id }))).toBe(session_id)
})

test('no cookie, another secret, a token past its time or without a session names none', async () => {
  expect(await readSessionId(null)).toBeNull()
  expect(await readSessionId('')).toBeNull()
  expect(await readSessionId(`${sessionCookie()}=nonsense`)).toBeNull()
  expect(await readSessionId(await cookie({ session_id }, 'another-secret-that-is-long-enough-too'))).toBeNull()
  expect(await readSessionId(await cookie({ session_id }, RUNTIME.authSecret, -60))).toBeNull()
  expect(await readSessionId(await cookie({ session_id: 'x' }))).toBeNull()
  expect(await readSessionId(await cookie({}))).toBeNull()
})

test('on HTTPS cookies are bound to the host, and one without that prefix is not read', async () => {
  const plain = await cookie({ session_id })
  setRuntime({ ...RUNTIME, appUrl: 'https://keys.example.com' })
  expect(cookieName('session')).toBe('__Host-latchkey.session')
  expect(await readSessionId(plain)).toBeNull()
  expect(await readSessionId(await cookie({ session_id }))).toBe(session_id)
})
