import { environment } from '@/e2e/support/environment'
import { expect, keysPath, test } from '@/e2e/support/fixtures'

test('every page carries the headers that keep others out, and a nonce of its own', async ({ clientAs, workspace }) => {
  const { request } = await clientAs(workspace.people.admin)
  const nonces = new Set<string>()
  for (const path of ['/sign-in', keysPath(workspace), '/nowhere', '/docs']) {
    const headers = (await request.get(path, { maxRedirects: 0 })).headers()
    if (headers.location) continue
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
    })
    expect(headers['referrer-policy']).toBeTruthy()
    expect(headers['x-powered-by']).toBeUndefined()
    const policy = headers['content-security-policy'] ?? ''
    const directive = (name: string) => policy.split('; ').find((part) => part.startsWith(`${name} `))
    expect(directive('default-src')).toBe("default-src 'self'")
    expect(directive('script-src')).toMatch(/^script-src 'self' 'nonce-[^']+' 'strict-dynamic'$/)
    expect(directive('style-src-elem')).toMatch(/^style-src-elem 'self' 'nonce-[^']+'$/)
    expect(directive('frame-ancestors')).toBe("frame-ancestors 'none'")
    expect(directive('object-src')).toBe("object-src 'none'")
    expect(directive('base-uri')).toBe("base-uri 'none'")
    expect(directive('form-action')).toBe("form-action 'self'")
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '')
  }
  expect(nonces.size).toBe(3)
  expect(nonces.has('')).toBe(false)
})

test('a page is not kept by caches on the way', async ({ clientAs, workspace }) => {
  const { request } = await clientAs(workspace.people.admin)
  const { 'cache-control': caching } = (await request.get(keysPath(workspace))).headers()
  expect(caching).toMatch(/no-store/)
})

test('another site, no site, or a form cannot change anything with the cookie', async ({ clientAs, workspace }) => {
  const { request } = await clientAs(workspace.people.admin)
  const path = `/api/dashboard/orgs/${workspace.slug}/keys`
  const data = { name: 'forged', environment: 'live', scopes: [] }
  for (const origin of ['https://evil.example', 'null', '']) {
    const reply = await request.post(path, { data, headers: { Origin: origin } })
    expect(reply.status(), `Origin: ${origin}`).toBe(403)
  }
  const asText = await request.post(path, {
    data: JSON.stringify(data),
    headers: { Origin: environment.E2E_BASE_URL, 'Content-Type': 'text/plain' },
  })
  expect(asText.status()).toBe(415)
  expect((await (await request.get(path)).json()).data).toEqual([])
})

test('a handler in markup does not run, and the page reports nothing else', async ({ adminAtList: admin, faults }) => {
  await admin.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<img src="/x" onerror="window.pwned = true">')
  })
  await expect.poll(() => faults.length).toBeGreaterThan(0)
  expect(await admin.evaluate(() => 'pwned' in window)).toBe(false)
  expect(faults.splice(0).every((fault) => /Content Security Policy/.test(fault))).toBe(true)
})
