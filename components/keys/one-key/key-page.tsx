'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useRef } from 'react'
import { reasonAgainstChange } from '@/components/keys/actions/reason-against-action'
import { useKeyActions } from '@/components/keys/actions/use-key-actions'
import { LeakBanner } from '@/components/keys/leak-banner'
import { KeysClosed } from '@/components/keys/list/keys-closed'
import { EditDetails } from '@/components/keys/one-key/edit-details'
import { EditLimits } from '@/components/keys/one-key/edit-limits'
import { EditPermissions } from '@/components/keys/one-key/edit-permissions'
import { ExpiryBanner } from '@/components/keys/one-key/expiry-banner'
import { KeyAudit } from '@/components/keys/one-key/key-audit'
import { KeyCalls } from '@/components/keys/one-key/key-calls'
import { KeyFacts } from '@/components/keys/one-key/key-facts'
import { KeyHeader } from '@/components/keys/one-key/key-header'
import { RotationCockpit } from '@/components/keys/one-key/rotation-cockpit'
import { Failure } from '@/components/shell/failure'
import { Waiting } from '@/components/shell/waiting'
import { BackLink } from '@/components/ui/back-link'
import { useNavigation } from '@/components/ui/navigation'
import { Tabs } from '@/components/ui/tabs'
import { browserClient } from '@/lib/queries/client'
import { keyQuery, type WireKey } from '@/lib/queries/keys'
import { organizationQuery, reasonAgainst, type WireOrganization } from '@/lib/queries/organization'

const SECTIONS = ['details', 'permissions', 'limits'] as const
const TABS = ['overview', 'permissions', 'audit'] as const
type Section = (typeof SECTIONS)[number]

/** Settings → API keys → one key. */
export function KeyPage({ org, id }: { org: string; id: string }) {
  const organization = useQuery(organizationQuery(browserClient, org))
  const key = useQuery(keyQuery(browserClient, org, id))
  if (organization.data && !organization.data.may.see_keys.allowed) {
    return <KeysClosed org={org} permission={organization.data.may.see_keys} />
  }
  return (
    <div className="flex flex-col gap-6">
      <BackLink href={`/orgs/${org}/settings/api-keys`}>API Keys</BackLink>
      {key.error && <Failure error={key.error} onRetry={() => void key.refetch()} />}
      {organization.error && <Failure error={organization.error} onRetry={() => void organization.refetch()} />}
      {organization.data && key.data && <OneKey organization={organization.data} item={key.data} />}
      {key.isPending && <Waiting what="the key" />}
    </div>
  )
}

function OneKey({ organization, item }: { organization: WireOrganization; item: WireKey }) {
  const org = organization.organization.slug
  const [{ edit: editing, tab }, setPlace] = useQueryStates({
    edit: parseAsStringLiteral(SECTIONS),
    tab: parseAsStringLiteral(TABS).withDefault('overview'),
  })
  const router = useRouter()
  const { leave } = useNavigation()
  const heading = useRef<HTMLHeadingElement>(null)
  const actions = useKeyActions({
    org,
    fallbackFocus: () => heading.current,
    onDeleted: () => router.replace(`/orgs/${org}/settings/api-keys`),
  })
  const forbidden = reasonAgainst(organization.may.manage_keys)
  const notEdit = forbidden ?? reasonAgainstChange(item)
  const section = (name: Section) => ({
    org,
    item,
    forbidden: notEdit,
    editing: editing === name && notEdit === undefined,
    onEdit: (edit: boolean) => {
      const show = () => void setPlace({ edit: edit ? name : null, tab: name === 'permissions' ? name : 'overview' })
      // Two parts are not edited at once; whoever cancels or has saved has decided already.
      if (edit) leave(show)
      else show()
    },
  })
  return (
    <>
      <KeyHeader org={org} item={item} forbidden={forbidden} onAction={actions.start} heading={heading} />
      <LeakBanner organization={organization} id={item.id} />
      <ExpiryBanner item={item} forbidden={forbidden} onAction={actions.start} />
      <Tabs
        label="Parts of the key's page"
        // A link to the editing of a part leads to that part.
        value={editing === 'permissions' ? editing : tab}
        onChange={(next) => leave(() => void setPlace({ tab: next, edit: null }))}
        tabs={[
          {
            value: 'overview',
            label: 'Overview',
            panel: (
              <>
                <KeyFacts item={item} />
                <RotationCockpit org={org} item={item} forbidden={forbidden} onAction={actions.start} />
                <KeyCalls org={org} item={item} />
                <EditDetails {...section('details')} />
                <EditLimits {...section('limits')} organizationLimit={organization.organization.rate_limit} />
              </>
            ),
          },
          {
            value: 'permissions',
            label: 'Permissions',
            panel: <EditPermissions {...section('permissions')} grantable={organization.grantable_scopes} />,
          },
          {
            value: 'audit',
            label: 'Audit',
            panel: (
              <KeyAudit
                org={org}
                id={item.id}
                log={
                  organization.may.see_audit.allowed
                    ? `/orgs/${org}/settings/audit?key=${encodeURIComponent(item.key_prefix)}`
                    : undefined
                }
              />
            ),
          },
        ]}
      />
      {actions.dialog}
    </>
  )
}
