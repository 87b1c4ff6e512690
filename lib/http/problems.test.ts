import { describe, expect, test } from 'vitest'
import { DomainError, ERROR_CODES } from '@/lib/base/errors'
import { log } from '@/lib/base/node/log'
import { PROBLEM_KINDS, problemResponse, toDomainError } from '@/lib/http/problems'
import { requestId } from '@/lib/http/request-id'
import { readProblem } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'

useOwnDatabase()

describe('every error code', () => {
  test.each(ERROR_CODES)('%s makes a whole problem reply', async (code) => {
    const response = problemResponse(new DomainError(code, 'What to do.'), 'req-1')
    const { status, type, title } = PROBLEM_KINDS[code]
    expect(response.status).toBe(status)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('Content-Length')).toBe(String((await response.clone().arrayBuffer()).byteLength))
    expect(await readProblem(response)).toEqual({
      type,
      title,
      status,
      code,
      detail: 'What to do.',
      request_id: 'req-1',
      doc_url: `http://localhost:3000/docs/errors#${code}`,
    })
  })

  test('that refuses a key challenges the caller, and no other does', () => {
    for (const code of ERROR_CODES) {
      const header = problemResponse(new DomainError(code, ''), 'r').headers.get('WWW-Authenticate')
      const refusesKey = PROBLEM_KINDS[code].status === 401 && code !== 'signed_out'
      const named = code === 'insufficient_scope' || code === 'invalid_request'
      expect(header !== null, code).toBe(refusesKey || named)
      if (header) expect(header).toMatch(/^Bearer realm="latchkey"/)
    }
  })
})

describe('an error that is not ours', () => {
  const secret = 'SELECT * FROM api_keys WHERE hash = lk_live_secret at /srv/lib/x.ts:12'

  test('tells the caller nothing but that it happened', async () => {
    log.level = 'silent'
    for (const error of [new Error(secret), new TypeError(secret), secret, { message: secret }, null, undefined]) {
      const body = await readProblem(problemResponse(toDomainError(error, 'r'), 'r'))
      expect(body).toMatchObject({ status: 500, code: 'internal' })
      expect(JSON.stringify(body)).not.toMatch(/SELECT|api_keys|lk_live|srv/)
    }
    log.level = 'info'
  })

  test('is a 503 with Retry-After when the database is away', () => {
    log.level = 'silent'
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })
    for (const error of [refused, new Error('Connection terminated unexpectedly')]) {
      const response = problemResponse(toDomainError(error, 'r'), 'r')
      expect(response.status).toBe(503)
      expect(response.headers.get('Retry-After')).toBe('5')
    }
    log.level = 'info'
  })
})

describe('a request id', () => {
  test.each(['a', 'A-b_c.9', 'x'.repeat(128), '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c'])(
    'is the caller’s: %s',
    (sent) => {
      expect(requestId(sent)).toBe(sent)
    },
  )

  test.each([undefined, '', 'x'.repeat(129), 'a b', 'a\r\nb', 'é', '<b>', 'a,b', 'a/b', 'a:b'])(
    'is a new one instead of %j',
    (sent) => {
      expect(requestId(sent)).toMatch(/^[0-9a-f-]{36}$/)
      expect(requestId(sent)).not.toBe(requestId(sent))
    },
  )
})
