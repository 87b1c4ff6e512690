import { enqueue } from '@/lib/kernel/jobs/enqueue'
import { handle } from '@/lib/kernel/jobs/handle'
import { sendsMail } from '@/lib/kernel/mail/send'
import { tellOfLeaks } from '@/lib/keys/life/leaks/job'
import { mailOfLeaks } from '@/lib/work/leaks/job'

/**
 * Makes a job for each Admin: a server that refuses one recipient keeps none of the others waiting, and nobody gets a
 * second mail for another's sake.
 */
export const tellOfLeaksHandler = handle(tellOfLeaks, async ({ db }, { key_ids }) => {
  if (key_ids.length === 0 || !sendsMail()) return
  const admins = await db.membership.findMany({
    where: { role: 'admin', organization: { keys: { some: { id: { in: key_ids } } } } },
    select: {
      user_id: true,
      organization_id: true,
      organization: { select: { keys: { where: { id: { in: key_ids } }, select: { id: true } } } },
    },
  })
  await enqueue(
    { db },
    ...admins.map(({ user_id, organization_id, organization }) => {
      const ids = organization.keys.map(({ id }) => id)
      return mailOfLeaks.job(
        { user_id, organization_id, key_ids: ids },
        { key: `leak.mail ${user_id} ${[...ids].sort().at(0)}` },
      )
    }),
  )
})
