import { isReadScope } from '@/lib/contracts/scopes/is-read-scope'

/** Scopes in a few words, for lists: "Read-only · 6". */
export function summarizeScopes(scopes: readonly string[]): string {
  if (scopes.length === 0) return 'None'
  if (scopes.includes('admin')) return 'Admin'
  if (scopes.every(isReadScope)) return `Read-only · ${scopes.length}`
  return `${scopes.some(isReadScope) ? 'Read and write' : 'Write'} · ${scopes.length}`
}
