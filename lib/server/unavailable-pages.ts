import type { ServerResponse } from 'node:http'
import { databaseAnswers } from '@/lib/db/answers'
import { pageCalls } from '@/lib/http/page-call'
import type { Applications } from '@/lib/server/dispatch'

type Pages = Applications['pages']

/** Made from files alone, or with an answer of their own to a database that is away. */
const WITHOUT_DATABASE = /^\/((api|docs|_next)([/?]|$)|icon\.svg)/

const RETRY_SECONDS = '5'

/** Lets a reply say 503 where Next would say that all is well, or that the page is broken. */
function correctStatus(response: ServerResponse, call: { unavailable: boolean }) {
  // However a reply is sent, its head is written by this method, with the status that was set.
  const write = response.writeHead
  response.writeHead = function (status: number, ...rest: never[]) {
    const away = call.unavailable && (status === 200 || status === 500)
    if (away) this.setHeader('Retry-After', RETRY_SECONDS)
    return Reflect.apply(write, this, [away ? 503 : status, ...rest])
  }
}

/**
 * Next's pages, and while the database does not answer one that says so in the place of each that needs it. A page that
 * finds out later ends by `pageUnavailable`.
 */
export function withUnavailablePages(pages: Pages): Pages {
  return async (request, response) => {
    const [path = '', ...query] = (request.url ?? '').split(/(?=\?)/)
    const call = { unavailable: !WITHOUT_DATABASE.test(path) && !(await databaseAnswers()) }
    if (call.unavailable) request.url = ['/unavailable', ...query].join('')
    correctStatus(response, call)
    return pageCalls().run(call, () => pages(request, response))
  }
}
