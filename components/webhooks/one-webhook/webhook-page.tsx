'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useRef } from 'react'
import { useOpened } from '@/components/hooks/use-opened'
import { ClosedPage } from '@/components/shell/closed-page'
import { Failure } from '@/components/shell/failure'
import { Waiting } from '@/components/shell/waiting'
import { BackLink } from '@/components/ui/back-link'
import { type WebhookAction, WebhookDialogs, type WebhookSubject } from '@/components/webhooks/change/webhook-dialogs'
import { DeliveryLog } from '@/components/webhooks/one-webhook/delivery-log'
import { WebhookFacts } from '@/components/webhooks/one-webhook/webhook-facts'
import { WebhookHeader } from '@/components/webhooks/one-webhook/webhook-header'
import { WebhookStopped } from '@/components/webhooks/one-webhook/webhook-stopped'
import { browserClient } from '@/lib/queries/client'
import { organizationQuery, reasonAgainst, type WireOrganization } from '@/lib/queries/organization'
import { type WireWebhook, webhookQuery } from '@/lib/queries/webhooks'

/** Settings → Webhooks → one webhook. */
export function WebhookPage({ org, id }: { org: string; id: string }) {
  const organization = useQuery(organizationQuery(browserClient, org))
  const webhook = useQuery(webhookQuery(browserClient, org, id))
  const closed = organization.data && reasonAgainst(organization.data.may.see_webhooks)
  if (closed !== undefined) return <ClosedPage title="Webhooks" reason={closed} />
  return (
    <div className="flex flex-col gap-6">
      <BackLink href={`/orgs/${org}/settings/webhooks`}>Webhooks</BackLink>
      {webhook.error && <Failure error={webhook.error} onRetry={() => void webhook.refetch()} />}
      {organization.error && <Failure error={organization.error} onRetry={() => void organization.refetch()} />}
      {organization.data && webhook.data && <OneWebhook organization={organization.data} item={webhook.data} />}
      {webhook.isPending && <Waiting what="the webhook" />}
    </div>
  )
}

function OneWebhook({ organization, item }: { organization: WireOrganization; item: WireWebhook }) {
  const org = organization.organization.slug
  const forbidden = reasonAgainst(organization.may.manage_webhooks)
  const opened = useOpened<WebhookSubject>()
  const router = useRouter()
  const heading = useRef<HTMLHeadingElement>(null)
  const start = (action: WebhookAction, trigger: HTMLElement) => opened.start({ action, item }, trigger)
  return (
    <>
      <WebhookHeader org={org} item={item} forbidden={forbidden} heading={heading} onAction={start} />
      <WebhookStopped item={item} />
      <WebhookFacts item={item} />
      <DeliveryLog org={org} item={item} forbidden={forbidden} onReplayRange={(trigger) => start('replay', trigger)} />
      <WebhookDialogs
        org={org}
        opened={opened}
        fallbackFocus={() => heading.current}
        onDeleted={() => router.replace(`/orgs/${org}/settings/webhooks`)}
      />
    </>
  )
}
