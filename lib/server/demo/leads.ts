import { DAY_MS } from '@/lib/base/time'
import type { Environment, LeadStatus } from '@/lib/kernel/db/generated/enums'
import { random } from '@/lib/server/demo/random'

const FIRST =
  'Ada Amara Anders Beatriz Chen Dalia Emeka Farah Giulia Hana Ines Jonas Kofi Leila Mateo Nadia Olu Priya Rafael Sofia Tomasz Uma Viktor Wen Yara Zoe'.split(
    ' ',
  )
const LAST =
  'Almeida Berg Costa Dubois Eriksen Fischer Garcia Haddad Ivanova Jansen Kowalski Lindqvist Moreau Nakamura Okafor Patel Quinn Rossi Schmidt Tanaka Ueda Vargas Weber Xu Yilmaz Zhang'.split(
    ' ',
  )
const COMPANIES: [name: string, domain: string][] = [
  ['Northwind Traders', 'northwind.example'],
  ['Contoso Logistics', 'contoso.example'],
  ['Blue Yonder Air', 'blueyonder.example'],
  ['Fabrikam Tools', 'fabrikam.example'],
  ['Litware Analytics', 'litware.example'],
  ['Proseware Health', 'proseware.example'],
  ['Tailspin Toys', 'tailspin.example'],
  ['Wingtip Foods', 'wingtip.example'],
  ['Adatum Energy', 'adatum.example'],
  ['Lamna Robotics', 'lamna.example'],
]
const TITLES = ['Head of Sales', 'CTO', 'Marketing Manager', 'Founder', 'Operations Lead', 'RevOps Analyst', null]
const SOURCES = ['website', 'referral', 'conference', 'outbound', 'import', null]
const STATUSES: LeadStatus[] = ['new', 'new', 'new', 'contacted', 'contacted', 'qualified', 'disqualified', 'converted']

/** Believable leads, `count` of them, created over the ninety days before `now`. */
export function demoLeads(environment: Environment, count: number, now: Date) {
  const next = random(environment === 'live' ? 1 : 2)
  const pick = <Item>(items: readonly [Item, ...Item[]] | Item[]): Item | undefined =>
    items[Math.floor(next() * items.length)]
  return Array.from({ length: count }, (_, index) => {
    const first_name = pick(FIRST) ?? ''
    const last_name = pick(LAST) ?? ''
    const [company, domain] = pick(COMPANIES) ?? ['', 'example.com']
    const created_at = new Date(now.getTime() - next() * 90 * DAY_MS)
    return {
      environment,
      email: `${first_name}.${last_name}${index}@${domain}`.toLowerCase(),
      first_name,
      last_name,
      company,
      title: pick(TITLES) ?? null,
      phone: next() < 0.5 ? `+44 20 7946 ${String(Math.floor(next() * 10_000)).padStart(4, '0')}` : null,
      source: pick(SOURCES) ?? null,
      status: pick(STATUSES) ?? 'new',
      custom_fields: next() < 0.6 ? { employees: Math.ceil(next() * 500), newsletter: next() < 0.5 } : {},
      created_at,
      updated_at: new Date(created_at.getTime() + next() * (now.getTime() - created_at.getTime())),
    }
  })
}
