import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { pageCalls } from '@/lib/http/page-call'
import { databaseAnswers } from '@/lib/kernel/db/database-answers'
import type { Applications } from '@/lib/server/listener/dispatch'

type Pages = Applications['pages']

/** Made from files alone, or with an answer of their own to a database that is away. */
const WITHOUT_DATABASE = /^\/((api|docs|_next)([/?]|$)|icon\.svg)/

// The reader's own colours, light or dark: nothing is loaded, and nothing runs.
const STYLE =
  ':root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}' +
  'main{max-width:28rem;margin:20vh auto 0;padding:0 1.5rem}h1{font-size:1.25rem}'

const PAGE = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Temporarily unavailable</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Temporarily unavailable</h1>
<p>The service does not answer right now. Nobody was signed out, and nothing was changed.</p>
<p><a href="">Retry</a></p>
</main>
</body>
</html>
`

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Retry-After': '5',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

/**
 * Next answers 500 whatever a page throws, with a document that is empty until its scripts run. One that was ended by
 * `pageUnavailable` is answered in its place.
 */
function answerInItsPlace(response: ServerResponse, call: { unavailable: boolean }) {
  const { writeHead, write, end } = response
  const headers = response.getHeaders()
  let answered = false

  function answer(status: number): boolean {
    if (answered || response.headersSent || status !== 500 || !call.unavailable) return answered
    answered = true
    for (const name of response.getHeaderNames()) response.removeHeader(name)
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value)
    Reflect.apply(writeHead, response, [503, HEADERS])
    Reflect.apply(end, response, [PAGE])
    return true
  }
  // However a reply is sent, it begins with one of these. What Next sends after the answer goes nowhere.
  response.writeHead = (status: number, ...rest: never[]) =>
    answer(status) ? response : Reflect.apply(writeHead, response, [status, ...rest])
  response.write = (...chunk: never[]) => answer(response.statusCode) || Reflect.apply(write, response, chunk)
  response.end = (...chunk: never[]) => (answer(response.statusCode) ? response : Reflect.apply(end, response, chunk))
}

/**
 * Next's pages; while the database does not answer, one that says so in the place of each that needs it. It costs next to
 * nothing, for then everybody tries again. A page that finds out later ends by `pageUnavailable`.
 */
export function withUnavailablePages(pages: Pages): Pages {
  return async (request, response) => {
    if (!WITHOUT_DATABASE.test(request.url ?? '') && !(await databaseAnswers())) {
      response.writeHead(503, HEADERS).end(PAGE)
      return
    }
    const call = { unavailable: false }
    answerInItsPlace(response, call)
    return pageCalls().run(call, () => pages(request, response))
  }
}
