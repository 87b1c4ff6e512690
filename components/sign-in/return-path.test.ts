import { expect, test } from 'vitest'
import { returnPath, signInPath } from '@/components/sign-in/return-path'

test.each([
  ['/orgs/acme/settings/api-keys', '/orgs/acme/settings/api-keys'],
  ['/orgs/acme/settings/api-keys?q=a&status=active#x', '/orgs/acme/settings/api-keys?q=a&status=active#x'],
])('a path of this product is returned to: %s', (given, expected) => {
  expect(returnPath(given)).toBe(expected)
})

test.each([
  undefined,
  '',
  'https://evil.example',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/..//evil.example',
  'javascript:alert(1)',
  '/sign-in?callbackUrl=/sign-in',
  '/api/auth/signout',
  ['/a', '/b'],
])('anything else leads to the start: %j', (given) => {
  expect(returnPath(given)).toBe('/')
})

test('the way to the sign-in carries the page, and nothing foreign', () => {
  expect(signInPath('/orgs/acme?x=1')).toBe('/sign-in?callbackUrl=%2Forgs%2Facme%3Fx%3D1')
  expect(signInPath('//evil.example')).toBe('/sign-in')
})
