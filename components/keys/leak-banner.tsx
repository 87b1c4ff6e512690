'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSubmission } from '@/components/hooks/use-submission'
import { ENVIRONMENT_LABELS } from '@/components/keys/key-labels'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { PageLink } from '@/components/ui/page-link'
import { Time } from '@/components/ui/time'
import { browserClient } from '@/lib/queries/client'
import { keysOf, leaksQuery, noteLeakMutation, type WireLeak } from '@/lib/queries/keys'
import { reasonAgainst, type WireOrganization } from '@/lib/queries/organization'

type Props = {
  organization: WireOrganization
  /** Of this key alone, on its own page; else of all. */
  id?: string
}

/** Tells of keys that somebody outside has shown to have, until an Admin says to know. */
export function LeakBanner({ organization, id }: Props) {
  const org = organization.organization.slug
  const { data } = useQuery(leaksQuery(browserClient, org))
  const leaks = data?.data.filter((leak) => id === undefined || leak.id === id) ?? []
  const forbidden = reasonAgainst(organization.may.manage_keys)
  return leaks.map((leak) => (
    <Leak key={leak.id} org={org} leak={leak} forbidden={forbidden} linked={id === undefined} />
  ))
}

type LeakProps = { org: string; leak: WireLeak; forbidden: string | undefined; linked: boolean }

function Leak({ org, leak, forbidden, linked }: LeakProps) {
  const queryClient = useQueryClient()
  const { submit, pending, error } = useSubmission()
  const pathOf = (key: string) => `/orgs/${org}/settings/api-keys/${key}`
  const note = () =>
    submit(async () => {
      await noteLeakMutation(org, leak.id)
      await queryClient.invalidateQueries({ queryKey: keysOf(org) })
    })
  return (
    <Notice look="danger" role="alert" title="This API key leaked, and was revoked">
      <p className="max-w-full break-words">
        {linked ? (
          <PageLink href={pathOf(leak.id)} className="underline">
            {leak.name}
          </PageLink>
        ) : (
          leak.name
        )}{' '}
        <code className="font-mono">{leak.key_prefix}</code> ({ENVIRONMENT_LABELS[leak.environment]}): somebody outside
        showed <Time at={leak.reported_at} past /> that they have it. It is refused everywhere, and can never be
        reactivated. What used it needs a new key.
      </p>
      {leak.revoked_reason && <p className="max-w-full break-words">{leak.revoked_reason}</p>}
      {leak.relatives.map(({ id, key_prefix, relation }) => (
        <p key={id} className="max-w-full break-words">
          Its {relation}{' '}
          <PageLink href={pathOf(id)} className="underline">
            <code className="font-mono">{key_prefix}</code>
          </PageLink>{' '}
          is another key, and still works. Revoke it if it got out too.
        </p>
      ))}
      {error !== null && <Failure error={error} />}
      <Button reason={forbidden} disabled={pending} onClick={() => void note()}>
        Mark as dealt with
      </Button>
    </Notice>
  )
}
