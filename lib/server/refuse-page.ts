import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuse } from '@/lib/server/refuse'

const READS = ['GET', 'HEAD']

/** The methods of a path that Next serves; null for what no page of ours asks, like its image optimiser. */
function methodsOf(path: string): string[] | null {
  if (path.startsWith('/_next/static/')) return READS
  if (path.startsWith('/_next/')) return null
  return path.startsWith('/api/auth/') ? ['GET', 'POST'] : READS
}

/**
 * Refuses what Next knows to do and no page of ours asks for. Its own tools, in development, ask for more.
 * @returns whether it answered
 */
export function refusePage({ method = '', url = '' }: IncomingMessage, response: ServerResponse): boolean {
  const allow = methodsOf(url)
  if (allow?.includes(method)) return false
  if (allow) void refuse(response, 'method_not_allowed', `This path has ${allow.join(', ')}.`, { allow })
  else void refuse(response, 'not_found', 'There is no such path.')
  return true
}
