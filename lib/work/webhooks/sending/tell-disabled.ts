import { z } from 'zod'
import { runtime } from '@/lib/base/node/runtime'
import { defineJob } from '@/lib/kernel/jobs/define'
import { handle } from '@/lib/kernel/jobs/handle'
import { sendMail } from '@/lib/kernel/mail/send'

/** One mail, to one Admin. */
export const tellDisabled = defineJob({
  name: 'webhook.tell_disabled',
  data: z.strictObject({ webhook_id: z.uuid(), email: z.string() }),
})

/** Tells an Admin that nothing more is sent to a receiver, unless that is over by now. */
export const tellDisabledHandler = handle(tellDisabled, async ({ db }, { webhook_id, email }) => {
  const webhook = await db.webhook.findUnique({
    where: { id: webhook_id },
    select: { url: true, enabled: true, disabled_reason: true, organization: { select: { name: true, slug: true } } },
  })
  if (!webhook || webhook.enabled) return
  const { organization, url, disabled_reason } = webhook
  const host = new URL(url).host
  const why =
    disabled_reason === 'gone'
      ? 'the receiver answered 410, which asks for that'
      : 'nothing has arrived there for five days'
  const link = `${runtime().appUrl}/orgs/${organization.slug}/settings/webhooks/${webhook_id}`
  await sendMail({
    to: email,
    subject: `The webhook to ${host} was disabled`,
    text: `Hello,

Events of ${organization.name} are no longer sent to ${host}: ${why}.

What was sent, and how it was answered, stands here, where an Admin can enable the webhook again and send what failed:

${link}
`,
  })
})
