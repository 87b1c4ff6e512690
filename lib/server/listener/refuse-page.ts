import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuse } from '@/lib/server/listener/refuse'

const READS = ['GET', 'HEAD']

/** The methods of a path that Next serves; null for what no page of ours asks, like its image optimiser. */
function methodsOf(path: string): string[] | null {
  if (path.startsWith('/_next/')) return path.startsWith('/_next/static/') ? READS : null
  if (!path.startsWith('/api/')) return READS
  // Programs ask here: they are never answered with a page.
  if (path.startsWith('/api/auth/')) return ['GET', 'POST']
  return /^\/api\/health(\/ready)?\/?$/.test(path) ? READS : null
}

/**
 * Refuses what Next knows to do and no page of ours asks for. Its own tools, in development, ask for more.
 * @returns whether it answered
 */
export function refusePage({ method = '', url = '' }: IncomingMessage, response: ServerResponse): boolean {
  const allow = methodsOf(url.split('?', 1)[0] ?? '')
  if (allow?.includes(method)) return false
  if (allow) void refuse(response, 'method_not_allowed', `This path has ${allow.join(', ')}.`, { allow })
  else void refuse(response, 'not_found', 'There is no such path.')
  return true
}
