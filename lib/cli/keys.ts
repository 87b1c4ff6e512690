import { type Command, Option } from 'commander'
import { onDatabase } from '@/lib/cli/on-database'
import { hours, list } from '@/lib/cli/option-values'
import { printJson, printTable } from '@/lib/cli/output'
import { printKey, printNewKey } from '@/lib/cli/print-key'
import { addScanCommand } from '@/lib/cli/scan-files'
import { checked } from '@/lib/cli/usage-error'
import { writeReply } from '@/lib/contracts/encode'
import type { Context } from '@/lib/kernel/actors/context'
import {
  type ApiKey,
  apiKey,
  createKeyInput,
  keyEnvironment,
  keyStatus,
  listKeysQuery,
  revokeKeyInput,
  rotateKeyInput,
} from '@/lib/keys/contract'

type Output = { json?: boolean }

/** Runs a verb on the key that is named by its id or its prefix, in whatever organisation it is. */
const onKey = <Result>(key: string, work: (context: Context, id: string) => Promise<Result>): Promise<Result> =>
  onDatabase(async () => {
    const { operatorContextOfKey } = await import('@/lib/people/organizations/operator-context')
    const { context, id } = await operatorContextOfKey(key)
    return work(context, id)
  })

function show(key: ApiKey, { json }: Output) {
  if (json) return printJson(writeReply(apiKey, key))
  printKey(key)
}

/** `keys …`: what the settings page does, for scripts. */
export function addKeyCommands(program: Command) {
  const keys = program.command('keys').description('API keys')
  const KEY = ['<key>', 'the id of the key, or its prefix'] as const

  keys
    .command('create')
    .description('make a key; it is printed this once')
    .requiredOption('--org <slug>', 'the organisation')
    .requiredOption('--name <name>', 'a label for people')
    .option('--scopes <a,b>', 'what it may do; none: /me and /test only', list, [])
    .addOption(
      new Option('--env <environment>', 'the rows that it sees').choices(keyEnvironment.options).makeOptionMandatory(),
    )
    .option('--expires-in <time>', 'its life: 72h, 30d; unset: no end', hours)
    .option('--allowed-ips <a,b>', 'addresses and CIDRs that may use it; unset: all', list, [])
    .option('--rate-limit <number>', "calls per minute; lowers the organisation's", Number)
    .option('--description <text>', 'more about it')
    .option('--json', 'print JSON')
    .action(async ({ org, json, name, scopes, env, expiresIn, allowedIps, rateLimit, description }) => {
      const input = checked(createKeyInput, {
        ...{ name, description, scopes, environment: env, expires_in_hours: expiresIn, allowed_ips: allowedIps },
        rate_limit: rateLimit,
      })
      const made = await onDatabase(async () => {
        const { createKey } = await import('@/lib/keys/life/create')
        const { operatorContext } = await import('@/lib/people/organizations/operator-context')
        return createKey(await operatorContext(org), input)
      })
      printNewKey(made, json)
    })

  keys
    .command('list')
    .description('list the keys of an organisation')
    .requiredOption('--org <slug>', 'the organisation')
    .addOption(new Option('--status <status>', 'only these').choices(keyStatus.options))
    .addOption(new Option('--env <environment>', 'only these').choices(keyEnvironment.options))
    .option('--json', 'print JSON')
    .action(async ({ org, json, status, env }) => {
      const rows = await onDatabase(async () => {
        const { listKeys } = await import('@/lib/keys/read/list')
        const { operatorContext } = await import('@/lib/people/organizations/operator-context')
        const context = await operatorContext(org)
        const found: ApiKey[] = []
        let cursor: string | undefined
        do {
          const page = await listKeys(
            context,
            checked(listKeysQuery, { limit: '100', cursor, status, environment: env }),
          )
          found.push(...page.data)
          cursor = page.next_cursor ?? undefined
        } while (cursor)
        return found
      })
      if (json) return printJson(rows.map((row) => writeReply(apiKey, row)))
      printTable(rows, {
        prefix: ({ key_prefix }) => key_prefix,
        name: ({ name }) => name,
        env: ({ environment }) => environment,
        status: ({ status }) => status,
        expires: ({ expires_at }) => expires_at,
        'last used': ({ last_used_at }) => last_used_at,
        scopes: ({ scopes }) => scopes,
      })
    })

  keys
    .command('revoke')
    .description('refuse a key from now on; it can be reactivated')
    .argument(...KEY)
    .option('--reason <text>', 'kept in the audit log')
    .option('--leaked', 'it got out: never to be reactivated')
    .option('--json', 'print JSON')
    .action(async (key, { json, reason, leaked }) => {
      const input = checked(revokeKeyInput, { reason, leaked })
      const revoked = await onKey(key, async (context, id) => {
        const { revokeKey } = await import('@/lib/keys/life/revocation/revoke')
        return revokeKey(context, { id, ...input })
      })
      show(revoked, { json })
    })

  keys
    .command('reactivate')
    .description('make a revoked key good again')
    .argument(...KEY)
    .option('--json', 'print JSON')
    .action(async (key, { json }: Output) => {
      const reactivated = await onKey(key, async (context, id) => {
        const { reactivateKey } = await import('@/lib/keys/life/revocation/reactivate')
        return reactivateKey(context, { id })
      })
      show(reactivated, { json })
    })

  keys
    .command('rotate')
    .description('make the successor of a key, printed this once; the old key goes on for the grace')
    .argument(...KEY)
    .requiredOption('--grace <time>', 'how long the old key goes on: 0, 1h, 24h or 7d', hours)
    .option('--expires-in <time>', 'the life of the successor: 72h, 30d; unset: no end', hours)
    .option('--json', 'print JSON')
    .action(async (key, { json, grace, expiresIn }) => {
      const input = checked(rotateKeyInput, { grace_hours: grace, expires_in_hours: expiresIn })
      const successor = await onKey(key, async (context, id) => {
        const { rotateKey } = await import('@/lib/keys/life/rotate')
        return rotateKey(context, { id, ...input })
      })
      printNewKey(successor, json)
    })

  keys
    .command('delete')
    .description('remove a key for good')
    .argument(...KEY)
    .option('--json', 'print JSON')
    .action(async (key, { json }: Output) => {
      const deleted = await onKey(key, async (context, id) => {
        const { deleteKey } = await import('@/lib/keys/life/delete')
        await deleteKey(context, { id })
        return id
      })
      if (json) return printJson({ id: deleted, deleted: true })
      console.log(`Deleted ${deleted}.`)
    })

  addScanCommand(keys)
}
