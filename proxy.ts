import { type NextRequest, NextResponse } from 'next/server'
import { env } from '@/lib/base/node/env'
import { runtime } from '@/lib/base/node/runtime'

/**
 * Gives every page its Content-Security-Policy, with a nonce of its own, and tells the page its nonce and its path.
 * The other security headers are the same for every reply, so they are set where all replies pass.
 */
export function proxy(request: NextRequest) {
  const moved = sameMachine(request)
  if (moved) return NextResponse.redirect(moved)
  const nonce = btoa(crypto.randomUUID())
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search)
  // Next reads the nonce for its own scripts out of the request's policy.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * Cookies and the check of `Origin` know one address only. Who types another name of this machine (`localhost` for
 * `127.0.0.1`) is led to it.
 */
function sameMachine(request: NextRequest): URL | null {
  const ours = new URL(runtime().appUrl)
  const host = request.headers.get('host') ?? ours.host
  if (host === ours.host || !URL.canParse(`http://${host}`)) return null
  const asked = new URL(`http://${host}`)
  const both = LOOPBACK.includes(asked.hostname) && LOOPBACK.includes(ours.hostname)
  return both && asked.port === ours.port ? new URL(request.nextUrl.pathname + request.nextUrl.search, ours) : null
}

function contentSecurityPolicy(nonce: string): string {
  const development = env.NODE_ENV === 'development'
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src-elem 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    // Base UI positions its popups by style attributes; they cannot run code or load anything.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]
  if (runtime().appUrl.startsWith('https:')) directives.push('upgrade-insecure-requests')
  return directives.join('; ')
}

export const config = { matcher: '/((?!api/(?:auth|dashboard|health|v1)(?:/|$)|u/|f/|_next/static/|_next/image/).*)' }
