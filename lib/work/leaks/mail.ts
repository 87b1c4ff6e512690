import { runtime } from '@/lib/base/node/runtime'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { handle } from '@/lib/kernel/jobs/handle'
import { sendMail } from '@/lib/kernel/mail/send'
import { relativesInUse, WITH_RELATIVES } from '@/lib/keys/life/leaks/relatives'
import { mailOfLeaks } from '@/lib/work/leaks/job'

const SHOWN = { id: true, name: true, key_prefix: true, environment: true, ...WITH_RELATIVES } as const

type Key = Prisma.ApiKeyGetPayload<{ select: typeof SHOWN }>

/**
 * Tells an Admin of leaked keys. Whoever is none any more, and keys that were deleted meanwhile, are left out. What the
 * report says stands on the key's page only: a stranger's words and addresses have no place in a mail of ours.
 */
export const mailOfLeaksHandler = handle(mailOfLeaks, async ({ db }, { user_id, organization_id, key_ids }) => {
  const admin = await db.membership.findFirst({
    where: { user_id, organization_id, role: 'admin' },
    select: {
      user: { select: { name: true, email: true } },
      organization: {
        select: { slug: true, name: true, keys: { where: { id: { in: key_ids } }, select: SHOWN } },
      },
    },
  })
  if (!admin || admin.organization.keys.length === 0) return
  const { keys, name, slug } = admin.organization
  const now = await databaseNow(db)
  const pages = `${runtime().appUrl}/orgs/${slug}/settings/api-keys`
  await sendMail({
    to: admin.user.email,
    subject: `${keys.length === 1 ? 'A leaked API key' : `${keys.length} leaked API keys`} of ${name} revoked`,
    text: textOf(
      admin.user.name,
      name,
      keys.map((key) => paragraphOf(key, pages, now)),
    ),
  })
})

function paragraphOf(key: Key, pages: string, now: Date): string {
  const lines = [`${key.name} (${key.key_prefix}, ${key.environment})`, `${pages}/${key.id}`]
  for (const { relation, key_prefix } of relativesInUse(key, now)) {
    lines.push(`Its ${relation} ${key_prefix} is another key, and still works. Revoke it if it got out too.`)
  }
  return lines.map((line) => `  ${line}`).join('\n')
}

const textOf = (person: string, organization: string, keys: string[]) => `Hello ${person},

somebody outside ${organization} has shown us that they have what only ${organization} should have:

${keys.join('\n\n')}

${keys.length === 1 ? 'This key was' : 'These keys were'} revoked at once, as leaked: refused everywhere, and never to be reactivated. What used ${keys.length === 1 ? 'it' : 'them'}
needs a new key. The page tells who used it last, and where it was found, if that was said.
`
