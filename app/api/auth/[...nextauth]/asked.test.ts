import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { setRuntime } from '@/lib/base/node/runtime'
import { checkAsked } from './asked'

const ORIGIN = 'http://127.0.0.1:3000'
setRuntime({ databaseUrl: '', authSecret: '', appUrl: ORIGIN, requireHttps: false })

const FORM = 'application/x-www-form-urlencoded'

type Sent = { body?: string; type?: string; cookie?: string }

/** What becomes of a request: what next-auth sees of it, or the code of the refusal. */
async function ask(method: string, path: string, { body, type = FORM, cookie = '' }: Sent = {}) {
  const headers = { cookie, ...(body !== undefined && { 'Content-Type': type }) }
  const request = new NextRequest(`${ORIGIN}/api/auth/${path}`, { method, headers, body })
  const checked = await checkAsked(request, request.nextUrl.pathname.replace('/api/auth/', '')).catch(
    ({ code }: { code: string }) => code,
  )
  if (typeof checked === 'string') return checked
  return `${checked.nextUrl.search}${body === undefined ? '' : ` ${await checked.text()}`}`
}

test.each([
  ['csrf', ''],
  ['csrf?callbackUrl=/account', '?callbackUrl=http%3A%2F%2F127.0.0.1%3A3000%2Faccount'],
  ['csrf?callbackUrl=/%E2%82%AC', '?callbackUrl=http%3A%2F%2F127.0.0.1%3A3000%2F%25E2%2582%25AC'],
  ['error?error=OAuthCallback', '?error=OAuthCallback'],
  ['error?error=rate_limited:60', '?error=rate_limited%3A60'],
  ['signin?csrf=true', '?csrf=true'],
  ['signout', ''],
  ['session', ''],
])('GET %s is asked on', async (path, seen) => {
  expect(await ask('GET', path)).toBe(seen)
})

test.each([
  ['error?error=%0aX', 'validation_failed'],
  ['error?error=<script>', 'validation_failed'],
  ['csrf?callbackUrl=undefined', 'validation_failed'],
  ['csrf?callbackUrl=javascript:alert(1)', 'validation_failed'],
  ['csrf?callbackUrl=//[', 'validation_failed'],
  [`csrf?callbackUrl=/${'x'.repeat(3_000)}`, 'validation_failed'],
  ['csrf?callbackUrl=/&callbackUrl=/', 'validation_failed'],
  ['csrf?other=1', 'validation_failed'],
  ['providers', 'not_found'],
  ['verify-request', 'not_found'],
  ['constructor', 'not_found'],
  ['error/X', 'not_found'],
  ['callback/oidc?code=x', 'not_found'],
  ['signin/credentials', 'not_found'],
  ['callback/credentials', 'method_not_allowed'],
])('GET %s never reaches next-auth: %s', async (path, code) => {
  expect(await ask('GET', path)).toBe(code)
})

test('a sign-in is handed on, its address made whole', async () => {
  const body = 'csrfToken=t&email=a&password=b&callbackUrl=%2F%E2%82%AC&json=true'
  expect(await ask('POST', 'callback/credentials', { body })).toBe(
    ` {"csrfToken":"t","callbackUrl":"${ORIGIN}/%E2%82%AC","json":"true","email":"a","password":"b"}`,
  )
})

const WHOLE = { csrfToken: 't', email: 'a', password: 'b' }

test.each<[string, Sent, string]>([
  ['no fields', { body: '' }, 'validation_failed'],
  ['an address that is none', { body: 'email=a&password=b&callbackUrl=undefined' }, 'validation_failed'],
  ['a field more', { body: 'email=a&password=b&x=1' }, 'validation_failed'],
  ['null', { body: 'null', type: 'application/json' }, 'validation_failed'],
  [
    'an object for a token',
    { body: JSON.stringify({ ...WHOLE, csrfToken: {} }), type: 'application/json' },
    'validation_failed',
  ],
  ['half a JSON', { body: '{', type: 'application/json' }, 'malformed_json'],
  ['another type', { body: '--x', type: 'multipart/form-data; boundary=x' }, 'unsupported_media_type'],
  ['a long body', { body: 'x'.repeat(20_000) }, 'payload_too_large'],
])('a sign-in with %s never reaches next-auth', async (_, sent, code) => {
  expect(await ask('POST', 'callback/credentials', sent)).toBe(code)
})

test('the log of next-auth is written by nobody from outside', async () => {
  expect(await ask('POST', '_log', { body: '{"level":"error"}', type: 'application/json' })).toBe('not_found')
})

test('a cookie that would make next-auth fail at every call is named', async () => {
  expect(await ask('GET', 'csrf', { cookie: 'latchkey.callback=undefined' })).toBe('invalid_request')
  expect(await ask('GET', 'csrf', { cookie: `latchkey.callback=${encodeURIComponent(`${ORIGIN}/x`)}` })).toBe('')
})
