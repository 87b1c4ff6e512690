import fc from 'fast-check'
import { getPath } from 'hono/utils/url'
import { describe, expect, test } from 'vitest'
import { comesTwice, hostOf, readTarget } from '@/lib/server/listener/request-target'

const read = (url: string) => readTarget(url, 'keys.example:3000')

test.each([
  ['/', '/'],
  ['/api/v1/me', '/api/v1/me'],
  ['/api/v1/', '/api/v1/'],
  ['/api/v%31/me', '/api/v1/me'],
  ['/%61pi/%76%31/m%65', '/api/v1/me'],
  ['/docs/%c3%a9%20', '/docs/%C3%A9%20'],
  ['/a%2531', '/a%2531'],
  ['/a/..b/...', '/a/..b/...'],
  ['/orgs/[org]?a[]=/../%2e', '/orgs/[org]?a[]=/../%2e'],
  ['http://KEYS.example:3000/api/v%31/me?x', '/api/v1/me?x'],
  ['http://keys.example:3000', '/'],
  ['http://keys.example:3000?x', '/?x'],
])('%s is read as %s', (url, target) => {
  expect(read(url)).toEqual({ target })
})

test.each([
  ...['', '*', 'a/b', '?x', 'keys.example:443', 'ftp://keys.example:3000/', 'javascript:alert(1)'],
  ...['http://elsewhere/', 'http://keys.example/', 'http://u@keys.example:3000/', 'http:///x'],
  ...['/.', '/..', '/./api/v1/me', '/api/dashboard/../v1/test', '/api/health/../auth/callback/credentials'],
  ...['/a/%2e%2e/b', '/a/%2E./b', '/a/.%2e', '/%2e/b', '/a/%2e?x'],
  ...['//evil.example/', '/a//b', '/a//', '/a%2fb', '/a%2F..%2fb', '/a%5cb', '/a\\..\\b', '/\\evil.example'],
  ...['/a#b', '/a?b#c', '/é', '/a?é', '/a b', '/a"b', '/<x>', '/a%', '/a%zz', '/a%ff', '/a%E0%A4%A'],
  ...['/a%00', '/a%0a{}', '/a%0D', '/a%7f', '/a\u0001', '/a\u007f', '/a?\u0000'],
])('%j is refused', (url) => {
  expect(read(url)).toEqual({ refusal: expect.stringMatching(/\.$/) })
})

/** Pieces that one reader or another decodes, resolves, folds or cuts at. */
const piece = fc.oneof(
  fc.constantFrom('/', '//', '\\', '.', '..', '%2e', '%2E', '%2f', '%5C', '%25', '%252e', '%00', '%0a', '%', '?', '#'),
  fc.constantFrom('api', 'v1', 'V1', 'v%31', '%61pi', 'dashboard', 'health', 'auth', 'me', ';', ':', '@', '[x]', 'é'),
  fc.string({ maxLength: 3 }),
)
const spelling = fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('')}`)

describe('of any spelling that is taken', () => {
  const taken = (url: string): string | null => {
    const found = read(url)
    return 'target' in found ? found.target : null
  }
  const forAll = (holds: (target: string) => void) =>
    fc.assert(
      fc.property(spelling, (url) => {
        const target = taken(url)
        if (target !== null) holds(target)
      }),
      { numRuns: 5_000 },
    )

  test('the standard’s parser makes no other path', () => {
    forAll((target) => {
      const { pathname, host } = new URL(`http://keys.example${target}`)
      expect([host, pathname]).toEqual(['keys.example', target.split('?', 1)[0]])
    })
  })

  test('decoding brings no new segment, and no dots, to light', () => {
    forAll((target) => {
      const [path = ''] = target.split('?', 1)
      const segments = path.split('/').map(decodeURIComponent)
      expect(segments.filter((segment) => /^\.{1,2}$|[/\\]/.test(segment))).toEqual([])
    })
  })

  test('the APIs’ router reads the same letters where paths of ours have any', () => {
    forAll((target) => {
      const routed = getPath(new Request(`http://keys.example${target}`))
      const [path = ''] = target.split('?', 1)
      expect(routed.split('/').length).toBe(path.split('/').length)
      expect(/^\/(api\/)?(v1|dashboard|health|auth)(\/|$)/.exec(routed)?.[0]).toBe(
        /^\/(api\/)?(v1|dashboard|health|auth)(\/|$)/.exec(path)?.[0],
      )
    })
  })

  test('reading it again changes nothing', () => {
    forAll((target) => expect(taken(target)).toBe(target))
  })
})

test.each([
  ['keys.example', 'keys.example'],
  ['KEYS.example:80', 'keys.example'],
  ['[::1]:3000', '[::1]:3000'],
  ['a b', null],
  ['u@a', null],
  ['a/b', null],
  ['a:99999', null],
  ['', null],
])('the host of %j is %j', (text, host) => {
  expect(hostOf(text)).toBe(host)
})

test('a header is found twice however it is written', () => {
  expect(comesTwice('host', ['Host', 'a', 'X', 'host', 'HOST', 'b'])).toBe(true)
  expect(comesTwice('host', ['Host', 'a', 'X', 'host', 'Hosts', 'b'])).toBe(false)
})
