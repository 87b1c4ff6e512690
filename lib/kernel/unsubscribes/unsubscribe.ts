import { recordActivities } from '@/lib/kernel/activities/record'
import { type Database, inTransaction } from '@/lib/kernel/db/transaction'
import type { Reader } from '@/lib/kernel/unsubscribes/reader'

/**
 * Ends the mails of campaigns and flows to whoever reads one. Twice is as good as once.
 * @param source `one_click`: their mail program asked (RFC 8058); `page`: they did, on our page
 */
export async function unsubscribe(
  client: Database,
  { tenant, email, campaign_id }: Reader,
  source: 'one_click' | 'page',
): Promise<void> {
  await inTransaction({ db: client }, async ({ db }) => {
    const [made] = await db.unsubscribe.createManyAndReturn({
      data: [{ ...tenant, email, campaign_id, source }],
      skipDuplicates: true,
      select: { id: true },
    })
    if (!made) return
    const contact = await db.contact.findUnique({
      where: { organization_id_environment_email: { ...tenant, email } },
      select: { id: true },
    })
    const contact_id = contact?.id ?? null
    await recordActivities({ db, tenant, actor: { kind: 'contact', id: contact_id, label: email } }, [
      {
        type: 'contact.unsubscribed',
        subject: { kind: 'unsubscribe', id: made.id },
        contact_id,
        data: { email, source, campaign_id },
      },
    ])
  })
}
