import { type Command, Option } from 'commander'
import { onDatabase } from '@/lib/cli/on-database'
import { list, onOff, rateLimit } from '@/lib/cli/option-values'
import { printFields, printJson, printTable } from '@/lib/cli/output'
import { checked, UsageError } from '@/lib/cli/usage-error'
import { organizationRateLimit } from '@/lib/contracts/plans'
import {
  createOrganizationInput,
  type Organization,
  plan,
  setOrganizationInput,
} from '@/lib/people/organizations/contract'

type Output = { json?: boolean }

const planOption = () => new Option('--plan <plan>', 'what it may use').choices(plan.options)

function show(organization: Organization, { json }: Output) {
  if (json) return printJson(organization)
  printFields({ ...organization, rate_limit: organizationRateLimit(organization) })
}

/** `orgs …`: what only the platform decides. */
export function addOrganizationCommands(program: Command) {
  const orgs = program.command('orgs').description('organisations: plan, Developer API, rate limit')

  orgs
    .command('create')
    .description('make an organisation; its first Admin comes by `members add`')
    .requiredOption('--slug <slug>', 'its name in addresses')
    .requiredOption('--name <name>', 'its name for people')
    .addOption(planOption().default('free'))
    .option('--developer-api <on|off>', 'whether its keys work', onOff, false)
    .option('--json', 'print JSON')
    .action(async ({ slug, name, plan, developerApi, json }) => {
      const input = checked(createOrganizationInput, { slug, name, plan, developer_api: developerApi })
      const made = await onDatabase(async () => {
        const { createOrganization } = await import('@/lib/people/organizations/create')
        const { platformContext } = await import('@/lib/people/organizations/platform-context')
        return createOrganization(platformContext(), input)
      })
      show(made, { json })
    })

  orgs
    .command('list')
    .description('list all organisations')
    .option('--json', 'print JSON')
    .action(async ({ json }: Output) => {
      const rows = await onDatabase(async () => {
        const { listOrganizations } = await import('@/lib/people/organizations/list')
        const { platformContext } = await import('@/lib/people/organizations/platform-context')
        return listOrganizations(platformContext())
      })
      if (json) return printJson(rows)
      printTable(rows, {
        slug: ({ slug }) => slug,
        name: ({ name }) => name,
        plan: ({ plan }) => plan,
        'developer-api': ({ developer_api }) => developer_api,
        'rate-limit': organizationRateLimit,
      })
    })

  orgs
    .command('set')
    .description('change an organisation; what is not named stays')
    .requiredOption('--org <slug>', 'the organisation')
    .addOption(planOption())
    .option('--developer-api <on|off>', 'whether its keys work', onOff)
    .option('--rate-limit <number|plan>', 'calls per key and minute; plan: as the plan says', rateLimit)
    .option('--email-senders <addresses>', 'whom its emails may be from, comma-separated; empty: nobody', list)
    .option('--name <name>', 'its name for people')
    .option('--json', 'print JSON')
    .action(async ({ org: slug, json, name, plan, developerApi, rateLimit, emailSenders }) => {
      const changes = checked(setOrganizationInput, {
        name,
        plan,
        developer_api: developerApi,
        rate_limit: rateLimit === 'plan' ? null : rateLimit,
        email_senders: emailSenders,
      })
      if (Object.values(changes).every((value) => value === undefined)) throw new UsageError('Name what to change.')
      const changed = await onDatabase(async () => {
        const { setOrganization } = await import('@/lib/people/organizations/set')
        const { platformContext } = await import('@/lib/people/organizations/platform-context')
        return setOrganization(platformContext(), { slug, ...changes })
      })
      show(changed, { json })
    })
}
