import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'

type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** What is found out about the request of a page while the page is made. */
type PageCall = { unavailable: boolean }

// Next bundles its own copy of this module: one instance on globalThis serves both module graphs.
declare global {
  var latchkeyPageCalls: AsyncLocalStorage<PageCall> | undefined
}

function pageCalls(): AsyncLocalStorage<PageCall> {
  globalThis.latchkeyPageCalls ??= new AsyncLocalStorage()
  return globalThis.latchkeyPageCalls
}

/** Thrown where a page cannot be made now; Next hands the digest, and nothing else of an error, to the error page. */
export class PageUnavailable extends Error {
  override name = 'PageUnavailable'
  readonly digest = 'unavailable'
}

/** @throws PageUnavailable */
export function pageUnavailable(): never {
  const call = pageCalls().getStore()
  if (call) call.unavailable = true
  throw new PageUnavailable('The database cannot be reached.')
}

/** Next answers 500 whatever a page throws: one that said it is unavailable is a 503. */
export function withUnavailablePages(pages: Pages): Pages {
  return (request, response) => {
    const call = { unavailable: false }
    const implicit = response.writeHead.bind(response)
    // Every way to send a status ends here, with the status that was set.
    response.writeHead = ((status: number, ...rest: []) => {
      const away = status === 500 && call.unavailable
      if (away) response.setHeader('Retry-After', '5')
      return implicit(away ? 503 : status, ...rest)
    }) as typeof response.writeHead
    return pageCalls().run(call, () => pages(request, response))
  }
}
