import { scopeRows } from '@/components/keys/scopes/scope-matrix'
import type { Catalogue } from '@/lib/contracts/scopes/catalogue'

export type KeySketch = {
  scopes: readonly string[]
  environment: 'live' | 'test'
  allowed_ips: readonly string[]
  /** When it ends, in words: "until 17 Feb 2027"; null: never. */
  until: string | null
}

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** What the scopes allow, as verbs and objects; resources with the same actions are named together. */
function abilities(catalogue: Catalogue, scopes: readonly string[]): string[] {
  if (scopes.includes('admin')) return ['do everything, including people, billing and API keys']
  const wide = scopes.filter((scope) => scope === 'read:all' || scope === 'write:all')
  const byActions = new Map<string, string[]>()
  for (const row of scopeRows(catalogue)) {
    const actions = row.scopes.filter(({ scope }) => scopes.includes(scope) && !catalogue.grants(wide, scope))
    if (actions.length === 0) continue
    const verbs = list.format(actions.map(({ action }) => action ?? ''))
    byActions.set(verbs, [...(byActions.get(verbs) ?? []), row.resource.title.toLowerCase()])
  }
  return [
    ...(wide.includes('read:all') ? ['read everything but API keys'] : []),
    ...(wide.includes('write:all') ? ['create and update everything that is not administration'] : []),
    ...[...byActions].map(([verbs, titles]) => `${verbs} ${list.format(titles)}`),
  ]
}

function from(allowed_ips: readonly string[]): string {
  if (allowed_ips.length === 0) return ''
  const [first] = allowed_ips
  return allowed_ips.length === 1 ? `, from ${first} only` : `, from ${allowed_ips.length} addresses or ranges only`
}

/** One sentence that says what a key will be able to do. */
export function describeKey(catalogue: Catalogue, { scopes, environment, allowed_ips, until }: KeySketch): string {
  const what = abilities(catalogue, scopes)
  const where = environment === 'test' ? 'in the sandbox' : 'in live data'
  const ends = until ? `, ${until}` : ', and never expires'
  if (what.length === 0) return `This key can only ask who it is (/me and /test)${from(allowed_ips)}${ends}.`
  return `This key can ${list.format(what)} ${where}${from(allowed_ips)}${ends}.`
}
