import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { SECURITY_HEADERS } from '@/lib/http/security-headers.mjs'

/** A page for people who have no account here: plain HTML that works without scripts, in light and dark. */

const STYLE = `
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px;
  background: light-dark(#f8f8f9, #121215); color: light-dark(#17171a, #ededf0);
  font: 16px/1.5 ui-sans-serif, system-ui, sans-serif; }
main { width: 100%; max-width: 440px; overflow-wrap: anywhere; padding: 32px; border-radius: 12px;
  background: light-dark(#ffffff, #18181b); border: 1px solid light-dark(#e5e5e9, #29292e); }
h1 { margin: 0 0 8px; font-size: 22px; line-height: 1.3; text-wrap: balance; }
p { margin: 0; color: light-dark(#5c5c66, #a3a3ad); }
form { margin-top: 24px; }
button { font: inherit; font-weight: 600; cursor: pointer; border: 0; border-radius: 8px; padding: 10px 16px; min-height: 44px;
  background: light-dark(#3d4fd1, #93a1ff); color: light-dark(#ffffff, #0f1230); }
button:hover { background: light-dark(#3140b0, #aab5ff); }
:focus-visible { outline: 2px solid light-dark(#3d4fd1, #93a1ff); outline-offset: 2px; }
`

const HASH = createHash('sha256').update(STYLE).digest('base64')

/** It runs nothing and loads nothing; its one form goes to where it came from. */
const POLICY = `default-src 'none'; style-src 'sha256-${HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

type PublicPage = {
  title: string
  /** What stands below the title: pieces of `html`, which escapes what it is given. */
  body: ReturnType<typeof html>
  status?: number
  headers?: Record<string, string>
}

/** The address of such a page often says who asks: it is kept from caches, search engines and the pages that it leads to. */
export async function publicPage({ title, body, status = 200, headers = {} }: PublicPage): Promise<Response> {
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <style>${raw(STYLE)}</style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${body}
    </main>
  </body>
</html>
`
  return new Response(String(await page), {
    status,
    headers: {
      ...SECURITY_HEADERS,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': POLICY,
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
      ...headers,
    },
  })
}
