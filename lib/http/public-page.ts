import { html, raw } from 'hono/html'
import type { DomainError } from '@/lib/base/errors'
import { problemResponse } from '@/lib/http/problems'
import { pagePolicy, STYLE } from '@/lib/http/public-style'
import { SECURITY_HEADERS } from '@/lib/http/security-headers.mjs'

/** Pages for people who have no account here: plain HTML that works without scripts, with every value in it escaped. */

export type Markup = ReturnType<typeof html>

/**
 * The headers of these pages. Their address often says who asks: it is kept from caches, search engines and the sites that
 * they lead to. A form on one still says that it comes from us, which `no-referrer` would hide.
 */
export const PAGE_HEADERS = {
  ...SECURITY_HEADERS,
  'Cache-Control': 'no-store',
  'Content-Security-Policy': pagePolicy(),
  'Referrer-Policy': 'same-origin',
  'X-Robots-Tag': 'noindex',
}

type PublicPage = {
  title: string
  /** Where it is not the title. */
  heading?: string
  /** The organisation whose page it is, where that is not in the heading. */
  by?: string | null
  /** What stands below the heading. */
  body: Markup
}

export const publicPage = ({ title, heading = title, by = null, body }: PublicPage): Markup => html`<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <style>${raw(STYLE)}</style>
  </head>
  <body>
    <main>
      ${by && html`<p class="by">${by}</p>`}
      <h1>${heading}</h1>
      ${body}
    </main>
  </body>
</html>
`

/**
 * A refusal for people, with the status and the headers that a program would get.
 * @param headers what the reply would have carried anyway
 */
export async function refusalPage(error: DomainError, request_id: string, headers: Headers): Promise<Response> {
  const problem = problemResponse(error, request_id, headers)
  const title = error.code === 'not_found' ? 'Not found' : 'That did not work'
  const page = String(await publicPage({ title, body: html`<p>${error.detail}</p>` }))
  problem.headers.set('Content-Type', 'text/html; charset=UTF-8')
  problem.headers.set('Content-Length', String(Buffer.byteLength(page)))
  return new Response(page, problem)
}
