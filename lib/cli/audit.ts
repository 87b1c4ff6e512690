import { type Command, Option } from 'commander'
import { CommandRefused } from '@/lib/cli/command-refused'
import { onDatabase } from '@/lib/cli/on-database'
import { printJson, printTable } from '@/lib/cli/output'
import { checked, UsageError } from '@/lib/cli/usage-error'
import { writeOut } from '@/lib/cli/write-out'
import { AUDIT_ACTIONS } from '@/lib/contracts/audited'
import { writeReply } from '@/lib/contracts/encode'
import { visible } from '@/lib/contracts/visible'
import {
  type AuditEntry,
  type AuditFilters,
  auditEntry,
  EXPORT_FORMATS,
  exportAuditQuery,
  listAuditQuery,
} from '@/lib/kernel/audit/contract'
import { writtenAs } from '@/lib/kernel/audit/read/formats'
import type { NamedChain } from '@/lib/people/platform/audit/verify'

type Filters = Partial<Record<'actor' | 'action' | 'target' | 'key' | 'hashedToken' | 'after' | 'before', string>>

const HEX_64 = /^[0-9a-f]{64}$/

/** The filters of the log, as options. */
const withFilters = (command: Command): Command =>
  command
    .option('--org <slug>', "the organisation; none: the platform's own log")
    .option('--actor <label>', 'who: an email, the prefix of a key, or cli')
    .addOption(new Option('--action <action>', 'what was done').choices(AUDIT_ACTIONS))
    .option('--target <label>', 'to what: an id, an email, the prefix of a key')
    .option('--key <prefix>', 'done to a key, or by it')
    .option('--hashed-token <sha256>', 'the same, by the SHA-256 of the whole key; of a deleted key too')
    .option('--after <instant>', 'at this instant or later: 2027-01-31T09:00:00Z')
    .option('--before <instant>', 'before this instant')

const filtersOf = ({ hashedToken: hashed_token, ...filters }: Filters) => ({ ...filters, hashed_token })

/** `audit …`: who changed what, and the proof that nothing of it was altered. */
export function addAuditCommands(program: Command) {
  const audit = program.command('audit').description('the audit log')

  withFilters(audit.command('list').description('show the newest entries'))
    .option('--limit <number>', 'at most so many, up to 100', '25')
    .option('--json', 'print JSON')
    .action(async ({ org, json, limit, ...filters }) => {
      const query = checked(listAuditQuery, { ...filtersOf(filters), limit })
      const { data } = await onDatabase(async () => {
        const { listAudit } = await import('@/lib/kernel/audit/read/list')
        const { listPlatformAudit } = await import('@/lib/people/platform/audit/list')
        const { operatorContext } = await import('@/lib/people/organizations/operator-context')
        const { platformContext } = await import('@/lib/people/organizations/platform-context')
        return org === undefined
          ? listPlatformAudit(platformContext(), query)
          : listAudit(await operatorContext(org), query)
      })
      if (json) return printJson(data.map((entry) => writeReply(auditEntry, entry)))
      printTable(data, {
        at: ({ at }) => at,
        actor: ({ actor }) => visible(actor.name ? `${actor.name} (${actor.label})` : actor.label),
        action: ({ action }) => action,
        target: ({ target }) => visible(target.name ? `${target.name} (${target.label})` : target.label),
        address: ({ address }) => address,
      })
    })

  withFilters(audit.command('export').description('write all entries to standard output, the newest first'))
    .addOption(
      new Option('--format <format>', 'CSV, or one JSON object a line').choices(EXPORT_FORMATS).default('jsonl'),
    )
    .action(async ({ org, format, ...filters }) => {
      const { format: chosen, ...narrowed } = checked(exportAuditQuery, { ...filtersOf(filters), format })
      await onDatabase(async () => {
        for await (const text of writtenAs(chosen, await entriesOf(org, narrowed))) {
          if (!(await writeOut(text))) return
        }
      })
    })

  audit
    .command('verify')
    .description('compute the hash chains again, and name what was altered, inserted, removed or cut off')
    .option('--org <slug>', 'of this organisation alone; none: all, and the platform’s')
    .option('--head <hash>', 'a head that was kept elsewhere: it must be one of the links')
    .option('--json', 'print JSON')
    .action(async ({ org, head, json }: { org?: string; head?: string; json?: boolean }) => {
      if (head !== undefined && !HEX_64.test(head)) throw new UsageError('A head is 64 of 0-9 and a-f.')
      const chains: NamedChain[] = []
      await onDatabase(async () => {
        const { verifyAudit } = await import('@/lib/people/platform/audit/verify')
        const { platformContext } = await import('@/lib/people/organizations/platform-context')
        for await (const chain of verifyAudit(platformContext(), { org, head })) {
          chains.push(chain)
          if (!json && !chain.fault) console.log(tellGood(chain))
        }
      })
      const faults = faultsIn(chains, head)
      if (json) printJson({ ok: faults.length === 0, faults, chains: chains.map(({ found, ...chain }) => chain) })
      if (faults.length > 0) throw new CommandRefused(faults.join('\n'))
    })
}

async function entriesOf(org: string | undefined, filters: AuditFilters): Promise<AsyncIterable<AuditEntry[]>> {
  const { exportAudit } = await import('@/lib/kernel/audit/read/export')
  const { exportPlatformAudit } = await import('@/lib/people/platform/audit/export')
  const { operatorContext } = await import('@/lib/people/organizations/operator-context')
  const { platformContext } = await import('@/lib/people/organizations/platform-context')
  return org === undefined
    ? exportPlatformAudit(platformContext(), filters)
    : exportAudit(await operatorContext(org), filters)
}

const tellGood = ({ chain, entries, head, waiting }: NamedChain): string =>
  `${chain}: ${entries} entries hold${head ? `, head ${head}` : ''}${waiting > 0 ? `; ${waiting} wait to be sealed` : ''}`

/** What is wrong, a sentence for each chain. */
function faultsIn(chains: readonly NamedChain[], head: string | undefined): string[] {
  const faults = chains.flatMap((chain) => tellFault(chain) ?? [])
  if (faults.length > 0 || head === undefined || chains.some(({ found }) => found)) return faults
  const [only] = chains
  const end = chains.length === 1 && only ? ` ${only.chain} ends at position ${only.entries}.` : ''
  return [`The head ${head} is none of the links: what led to it was cut off, or written anew.${end}`]
}

function tellFault({ chain, fault, entries }: NamedChain): string | null {
  if (!fault) return null
  const { kind, position, entry_id } = fault
  switch (kind) {
    case 'altered':
      return `${chain}: entry ${entry_id}, at position ${position} of the chain, is not what was sealed.`
    case 'missing':
      return entry_id
        ? `${chain}: entry ${entry_id}, at position ${position} of the chain, is missing.`
        : `${chain}: the entry at position ${position} of the chain is missing, with its seal.`
    case 'inserted':
      return `${chain}: entry ${entry_id} was put among those that are sealed. It has no place in the chain.`
    case 'cut':
      return `${chain}: the chain ends at position ${entries}. It was longer: its end was cut off.`
  }
}
