import { databaseNow, inBulkTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { hashPassword } from '@/lib/people/sign-in/password'
import { DEMO_ACCOUNTS, DEMO_ORGANIZATION } from '@/lib/server/demo/accounts'
import { createDemoAudit } from '@/lib/server/demo/audit'
import { createDemoConversions } from '@/lib/server/demo/conversions'
import { createDemoDeletedKey } from '@/lib/server/demo/deleted-key'
import { createDemoFlows } from '@/lib/server/demo/flows'
import { createDemoForms } from '@/lib/server/demo/forms'
import { createDemoKeys } from '@/lib/server/demo/keys'
import { demoLeads } from '@/lib/server/demo/leads'
import { createDemoNewsletter } from '@/lib/server/demo/newsletter'
import { createDemoOutreach, DEMO_SENDERS } from '@/lib/server/demo/outreach'
import { createDemoProjects } from '@/lib/server/demo/projects'
import { createDemoDesk } from '@/lib/server/demo/support'

const LEADS = { live: 260, test: 60 }

async function isEmpty(db: Transaction): Promise<boolean> {
  return (await db.organization.count()) === 0 && (await db.user.count()) === 0
}

/** Fills an empty database with the demo organisation, all or nothing. Does nothing where there is anything. */
export async function seedDemo(password: string): Promise<void> {
  const password_hash = await hashPassword(password)
  await inBulkTransaction(async (db) => {
    if (!(await isEmpty(db))) return
    const now = await databaseNow(db)
    const { id: organization_id } = await db.organization.create({
      data: { ...DEMO_ORGANIZATION, email_senders: DEMO_SENDERS },
    })
    const members: string[] = []
    for (const { membership, ...account } of DEMO_ACCOUNTS) {
      const user = await db.user.create({ data: { ...account, password_hash } })
      if (!membership) continue
      members.push(user.id)
      await db.membership.create({ data: { organization_id, user_id: user.id, ...membership } })
      if (membership.role === 'admin')
        await createDemoKeys(db, { organization_id, created_by: user.id, email: user.email }, now)
    }
    await createDemoAudit(db, organization_id, now)
    await createDemoDesk(db, { organization_id, members }, now)
    const leads = [...demoLeads('live', LEADS.live, now), ...demoLeads('test', LEADS.test, now)]
    await db.lead.createMany({ data: leads.map((lead) => ({ ...lead, organization_id })) })
    await createDemoDeletedKey(db, organization_id, now)
    await createDemoOutreach(db, organization_id, now)
    await createDemoProjects(db, organization_id, now)
    await createDemoNewsletter(db, organization_id, now)
    await createDemoForms(db, organization_id, now)
    await createDemoFlows(db, organization_id, now)
    await createDemoConversions(db, organization_id, now)
  })
}
