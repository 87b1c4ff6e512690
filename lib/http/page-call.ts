import { AsyncLocalStorage } from 'node:async_hooks'

/** What is found out about a page's request while the page is made. */
type PageCall = { unavailable: boolean }

// Next bundles its own copy of this module: one instance on globalThis serves both module graphs.
declare global {
  var latchkeyPageCalls: AsyncLocalStorage<PageCall> | undefined
}

/** The request for which a page is being made. */
export function pageCalls(): AsyncLocalStorage<PageCall> {
  globalThis.latchkeyPageCalls ??= new AsyncLocalStorage()
  return globalThis.latchkeyPageCalls
}

/** Next hands the digest, and nothing else of an error, to the error page. */
export class PageUnavailable extends Error {
  override name = 'PageUnavailable'
  readonly digest = 'unavailable'
}

/** Ends a page that needs what is not there now; its status is 503. @throws PageUnavailable */
export function pageUnavailable(): never {
  const call = pageCalls().getStore()
  if (call) call.unavailable = true
  throw new PageUnavailable('The database cannot be reached.')
}
