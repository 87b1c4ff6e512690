const HERE = 'http://here.invalid'

/**
 * Where a sign-in leads: a path of this product, or `/`. Anything that a browser would read as another origin
 * (`//host`, `/\host`, `javascript:`) is `/`.
 */
export function returnPath(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/') || !URL.canParse(value, HERE)) return '/'
  const { origin, pathname, search, hash } = new URL(value, HERE)
  const elsewhere = origin !== HERE || pathname.startsWith('//')
  return elsewhere || pathname === '/sign-in' || pathname.startsWith('/api/') ? '/' : pathname + search + hash
}

export const signInPath = (from: string): string =>
  returnPath(from) === '/' ? '/sign-in' : `/sign-in?callbackUrl=${encodeURIComponent(returnPath(from))}`
