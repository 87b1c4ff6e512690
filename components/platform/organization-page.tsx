'use client'

import { useQuery } from '@tanstack/react-query'
import { type ComponentProps, type MouseEvent, useRef } from 'react'
import { useOpened } from '@/components/hooks/use-opened'
import { callsOf } from '@/components/keys/describe-calls'
import { ChangeFlagDialog } from '@/components/platform/change-flag-dialog'
import { ChangePlanDialog } from '@/components/platform/change-plan-dialog'
import { ChangeSendersDialog } from '@/components/platform/change-senders-dialog'
import { DeclineDialog } from '@/components/platform/decline-dialog'
import { FirstAdmin } from '@/components/platform/first-admin'
import { countKeys, PLAN_LABELS, planMeaning } from '@/components/platform/plan-labels'
import { Failure } from '@/components/shell/failure'
import { BackLink } from '@/components/ui/back-link'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { Opened } from '@/components/ui/opened'
import { PageHead } from '@/components/ui/page-head'
import { Skeleton } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { browserClient } from '@/lib/queries/client'
import { platformOrganizationQuery, type WirePlatformOrganizationDetail } from '@/lib/queries/platform'

/** Platform → one organisation. */
export function OrganizationPage({ slug, sendsMail }: { slug: string; sendsMail: boolean }) {
  const organization = useQuery(platformOrganizationQuery(browserClient, slug))
  return (
    <div className="flex flex-col gap-6">
      <BackLink href="/platform">Organisations</BackLink>
      {organization.error && <Failure error={organization.error} onRetry={() => void organization.refetch()} />}
      {organization.isPending && <Skeleton className="h-7 w-64" />}
      {organization.data && <OneOrganization item={organization.data} sendsMail={sendsMail} />}
    </div>
  )
}

const DIALOGS = { flag: ChangeFlagDialog, plan: ChangePlanDialog, senders: ChangeSendersDialog, decline: DeclineDialog }

type Asked = keyof typeof DIALOGS

function OneOrganization({ item, sendsMail }: { item: WirePlatformOrganizationDetail; sendsMail: boolean }) {
  const opened = useOpened<Asked>()
  const heading = useRef<HTMLHeadingElement>(null)
  const ask: Ask = (asked) => (event) => opened.start(asked, event.currentTarget)
  return (
    <>
      <PageHead title={item.name} heading={heading}>
        <p className="text-muted">{item.slug}</p>
      </PageHead>
      {item.access_request && (
        <Notice look="warning" title="Access is requested">
          <p>
            {item.access_request.requested_by ?? 'Somebody no longer here'} asked for the Developer API{' '}
            <Time at={item.access_request.created_at} past />.
          </p>
          <div className="flex gap-2">
            <Button size="small" onClick={ask('flag')}>
              Grant
            </Button>
            <Button size="small" onClick={ask('decline')}>
              Decline
            </Button>
          </div>
        </Notice>
      )}
      <Facts look="lines" facts={factsOf(item, ask)} />
      {item.admins === 0 && <FirstAdmin slug={item.slug} sendsMail={sendsMail} />}
      <Opened of={opened} fallbackFocus={() => heading.current}>
        {(asked, frame) => {
          const Dialog = DIALOGS[asked]
          return <Dialog item={item} frame={frame} />
        }}
      </Opened>
    </>
  )
}

type Ask = (asked: Asked) => (event: MouseEvent<HTMLElement>) => void

const factsOf = (item: WirePlatformOrganizationDetail, ask: Ask): ComponentProps<typeof Facts>['facts'] => [
  {
    name: 'Developer API',
    value: item.developer_api ? 'On' : 'Off: its keys are refused, and its people make none.',
    action: (
      <Button size="small" onClick={ask('flag')}>
        {item.developer_api ? 'Turn off' : 'Turn on'}
      </Button>
    ),
  },
  {
    name: 'Plan',
    value: (
      <>
        {PLAN_LABELS[item.plan]} <span className="text-muted">– {planMeaning(item.plan)}</span>
      </>
    ),
    action: (
      <Button size="small" onClick={ask('plan')}>
        Change plan
      </Button>
    ),
  },
  {
    name: 'Email senders',
    value: item.email_senders.join(', ') || 'None: it sends no email.',
    action: (
      <Button size="small" onClick={ask('senders')}>
        Change senders
      </Button>
    ),
  },
  {
    name: 'Keys in use',
    value: (
      <>
        {countKeys(item.keys)}
        <span className="text-muted">
          , {item.keys_used_today} used in the last 24 hours: {callsOf(item.calls_today)}
        </span>
      </>
    ),
  },
  {
    name: 'Members',
    value: (
      <>
        {item.members}
        <span className="text-muted">, {item.admins === 1 ? '1 Admin' : `${item.admins} Admins`} among them</span>
      </>
    ),
  },
  { name: 'Made', value: <Time at={item.created_at} past /> },
]
