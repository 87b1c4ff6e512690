import { type Command, Option } from 'commander'
import { onDatabase } from '@/lib/cli/on-database'
import { onOff } from '@/lib/cli/option-values'
import { printFields, printJson } from '@/lib/cli/output'
import { checked } from '@/lib/cli/usage-error'
import { addMemberInput, role } from '@/lib/people/members/contract'
import { requestResetInput } from '@/lib/people/password-resets/contract'

/** `members …`: the first people of an organisation; later ones its Admins add in the browser. */
export function addMemberCommands(program: Command) {
  const members = program.command('members').description('people of an organisation')

  members
    .command('add')
    .description('add a person; somebody new gets a password, printed once')
    .requiredOption('--org <slug>', 'the organisation')
    .requiredOption('--email <email>', 'of the person')
    .addOption(new Option('--role <role>', 'what the person may do').choices(role.options).makeOptionMandatory())
    .option('--name <name>', 'of somebody new')
    .option('--developer <on|off>', 'the Developer permission; else on for Admins of both kinds', onOff)
    .option('--accept-unproven-email', 'add an account that is there, though nothing proves that the email is its own')
    .option('--json', 'print JSON')
    .action(async ({ org, json, email, role, name, developer, acceptUnprovenEmail: accept_unproven_email }) => {
      const input = checked(addMemberInput, { email, role, name, developer, accept_unproven_email })
      const added = await onDatabase(async () => {
        const { addMember } = await import('@/lib/people/members/add')
        const { operatorContext } = await import('@/lib/people/organizations/operator-context')
        return addMember(await operatorContext(org), input)
      })
      if (json) return printJson(added)
      const { password, ...member } = added
      printFields({ ...member, ...(password && { 'password (only now)': password }) })
    })

  members
    .command('reset-password')
    .description('print a link by which a person sets a new password, once and within 30 minutes')
    .requiredOption('--email <email>', 'of the person')
    .option('--json', 'print JSON')
    .action(async ({ json, email }) => {
      const input = checked(requestResetInput, { email })
      const issued = await onDatabase(async () => {
        const { issueResetLink } = await import('@/lib/people/password-resets/issue-link')
        const { platformContext } = await import('@/lib/people/organizations/platform-context')
        return issueResetLink(platformContext(), input)
      })
      if (json) return printJson(issued)
      printFields({ email: issued.email, 'link (only now)': issued.link, expires_at: issued.expires_at })
    })
}
