import { runtime } from '@/lib/base/node/runtime'
import { prisma } from '@/lib/kernel/db/client'
import { makeSetupToken, SETUP_TOKEN_HOURS } from '@/lib/people/platform/setup-token'
import { heading, note } from '@/lib/server/process/report'

/** Prints the first run's token, as long as nobody runs the platform. Nothing but this line ever holds it. */
export async function announceSetup(): Promise<void> {
  const token = await makeSetupToken(prisma())
  if (token === null) return
  heading(`First run: open ${runtime().appUrl}/setup within ${SETUP_TOKEN_HOURS} hours, with this token`)
  note('token', token)
}
