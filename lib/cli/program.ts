import { Command } from 'commander'
import { addAuditCommands } from '@/lib/cli/audit'
import { addKeyCommands } from '@/lib/cli/keys'
import { addMemberCommands } from '@/lib/cli/members'
import { addOrganizationCommands } from '@/lib/cli/orgs'
// Fills the catalogue, which says what scopes there are.
import '@/lib/resources/register'

const NOTES = `
Works on the database of DATABASE_URL, else on the embedded one in DATA_DIR: that of a running server, or started for
the command. Exit code: 0 done, 1 refused (the reason on standard error), 2 not understood.
  npm run --silent cli -- keys create --org acme --name ci --scopes contacts:read --env test | sed -n 1p`

/** The operators' commands. Every refusal is thrown, so that one place decides about exit codes. */
export function program(): Command {
  const root = new Command('latchkey').description('Commands for operators and scripts.').addHelpText('after', NOTES)
  addKeyCommands(root)
  addOrganizationCommands(root)
  addMemberCommands(root)
  addAuditCommands(root)
  throwRefusals(root)
  return root
}

function throwRefusals(command: Command) {
  command.exitOverride().showHelpAfterError('Add --help for the options.')
  for (const inner of command.commands) throwRefusals(inner)
}
