'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { callsOf } from '@/components/keys/describe-calls'
import { ChangeFlagDialog } from '@/components/platform/change-flag-dialog'
import { ChangePlanDialog } from '@/components/platform/change-plan-dialog'
import { ChangeSendersDialog } from '@/components/platform/change-senders-dialog'
import { DeclineDialog } from '@/components/platform/decline-dialog'
import { FirstAdmin } from '@/components/platform/first-admin'
import { countKeys, PLAN_LABELS, planMeaning } from '@/components/platform/plan-labels'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { PageLink } from '@/components/ui/page-link'
import { Skeleton } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { browserClient } from '@/lib/queries/client'
import { platformOrganizationQuery, type WirePlatformOrganizationDetail } from '@/lib/queries/platform'

/** Platform → one organisation. */
export function OrganizationPage({ slug }: { slug: string }) {
  const organization = useQuery(platformOrganizationQuery(browserClient, slug))
  return (
    <div className="flex flex-col gap-6">
      <PageLink href="/platform" className="inline-flex items-center gap-1 self-start text-muted hover:text-ink">
        <ChevronLeft size={14} />
        Organisations
      </PageLink>
      {organization.error && <Failure error={organization.error} onRetry={() => void organization.refetch()} />}
      {organization.isPending && <Skeleton className="h-7 w-64" />}
      {organization.data && <OneOrganization item={organization.data} />}
    </div>
  )
}

type Question = 'flag' | 'plan' | 'senders' | 'decline'

function OneOrganization({ item }: { item: WirePlatformOrganizationDetail }) {
  const [question, setQuestion] = useState<Question | null>(null)
  // A dialog for each question: what was typed before is not there the next time.
  const [round, setRound] = useState(0)
  const ask = (next: Question) => {
    setRound(round + 1)
    setQuestion(next)
  }
  const dialog = (name: Question) => ({
    key: `${name} ${round}`,
    item,
    open: question === name,
    onClose: () => setQuestion(null),
  })
  const { key: flagKey, ...flag } = dialog('flag')
  const { key: planKey, ...plan } = dialog('plan')
  const { key: sendersKey, ...senders } = dialog('senders')
  const { key: declineKey, ...decline } = dialog('decline')
  return (
    <>
      <div className="min-w-0">
        <h1 className="break-words font-semibold text-xl">{item.name}</h1>
        <p className="text-muted">{item.slug}</p>
      </div>
      {item.access_request && (
        <Notice look="warning" title="Access is requested">
          <p>
            {item.access_request.requested_by ?? 'Somebody no longer here'} asked for the Developer API{' '}
            <Time at={item.access_request.created_at} past />.
          </p>
          <div className="flex gap-2">
            <Button size="small" onClick={() => ask('flag')}>
              Grant
            </Button>
            <Button size="small" onClick={() => ask('decline')}>
              Decline
            </Button>
          </div>
        </Notice>
      )}
      <dl className="flex flex-col border-line border-t">
        <Fact
          label="Developer API"
          action={
            <Button size="small" onClick={() => ask('flag')}>
              {item.developer_api ? 'Turn off' : 'Turn on'}
            </Button>
          }
        >
          {item.developer_api ? 'On' : 'Off: its keys are refused, and its people make none.'}
        </Fact>
        <Fact
          label="Plan"
          action={
            <Button size="small" onClick={() => ask('plan')}>
              Change plan
            </Button>
          }
        >
          {PLAN_LABELS[item.plan]} <span className="text-muted">– {planMeaning(item.plan)}</span>
        </Fact>
        <Fact
          label="Email senders"
          action={
            <Button size="small" onClick={() => ask('senders')}>
              Change senders
            </Button>
          }
        >
          {item.email_senders.join(', ') || 'None: it sends no email.'}
        </Fact>
        <Fact label="Keys in use">
          {countKeys(item.keys)}
          <span className="text-muted">
            , {item.keys_used_today} used in the last 24 hours: {callsOf(item.calls_today)}
          </span>
        </Fact>
        <Fact label="Members">
          {item.members}
          <span className="text-muted">, {item.admins === 1 ? '1 Admin' : `${item.admins} Admins`} among them</span>
        </Fact>
        <Fact label="Made">
          <Time at={item.created_at} past />
        </Fact>
      </dl>
      {item.admins === 0 && <FirstAdmin slug={item.slug} />}
      <ChangeFlagDialog key={flagKey} {...flag} />
      <ChangePlanDialog key={planKey} {...plan} />
      <ChangeSendersDialog key={sendersKey} {...senders} />
      <DeclineDialog key={declineKey} {...decline} />
    </>
  )
}

const Fact = ({ label, action, children }: { label: string; action?: ReactNode; children: ReactNode }) => (
  <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-line border-b py-2">
    <dt className="w-36 text-muted max-sm:w-full">{label}</dt>
    <dd className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-2">
      <span className="break-words">{children}</span>
      {action}
    </dd>
  </div>
)
