'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useRef, useState } from 'react'
import { useCursorPages } from '@/components/hooks/use-cursor-pages'
import { InvitationList } from '@/components/members/invitation-list'
import { InviteDialog } from '@/components/members/invite-dialog'
import { MemberActionDialogs, useMemberActions } from '@/components/members/member-action-dialogs'
import { MemberTable } from '@/components/members/member-table'
import { Failure } from '@/components/shell/failure'
import { ListFailure } from '@/components/shell/list-failure'
import { Button } from '@/components/ui/button'
import { ListBody } from '@/components/ui/list-body'
import { Notice } from '@/components/ui/notice'
import { Pager } from '@/components/ui/pager'
import { SearchBox } from '@/components/ui/search-box'
import { Skeleton } from '@/components/ui/skeleton'
import { browserClient } from '@/lib/queries/client'
import { memberSearchParsers } from '@/lib/queries/member-search'
import { memberListQuery } from '@/lib/queries/members'
import { organizationQuery, reasonAgainst, type WireOrganization } from '@/lib/queries/organization'

/** Settings → Members. */
export function MembersPage({ org }: { org: string }) {
  const organization = useQuery(organizationQuery(browserClient, org))
  if (organization.data) {
    const closed = reasonAgainst(organization.data.may.see_people)
    return closed === undefined ? <Members organization={organization.data} /> : <MembersClosed reason={closed} />
  }
  if (organization.error) return <Failure error={organization.error} onRetry={() => void organization.refetch()} />
  return <Waiting />
}

const MembersClosed = ({ reason }: { reason: string }) => (
  <div className="flex max-w-2xl flex-col gap-5">
    <h1 className="font-semibold text-xl">Members</h1>
    <Notice title="This page is closed to you">
      <p>{reason}</p>
    </Notice>
  </div>
)

const Waiting = () => (
  <div aria-busy="true">
    <span className="sr-only" role="status">
      Loading the members
    </span>
    <Skeleton className="mb-3 h-7 w-40" />
    <Skeleton className="w-72" />
  </div>
)

function Members({ organization }: { organization: WireOrganization }) {
  const org = organization.organization.slug
  const [search, setSearch] = useQueryStates(memberSearchParsers, { history: 'push' })
  const list = useQuery(memberListQuery(browserClient, org, search))
  const page = list.data
  const pages = useCursorPages(search.cursor, page?.next_cursor, (cursor) => void setSearch({ cursor }))
  const actions = useMemberActions()
  const [inviting, setInviting] = useState(false)
  const inviteButton = useRef<HTMLButtonElement>(null)
  const forbidden = reasonAgainst(organization.may.manage_people)

  const find = (q: string) => {
    pages.forget()
    void setSearch({ q, cursor: null }, { history: 'replace' })
  }
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="font-semibold text-xl">Members</h1>
          <p className="text-muted wrap-anywhere">
            Who belongs to {organization.organization.name}, and what they may do.
          </p>
        </div>
        <Button ref={inviteButton} look="primary" reason={forbidden} onClick={() => setInviting(true)}>
          Invite
        </Button>
      </div>
      <div className="flex">
        <SearchBox
          label="Search people by name or email"
          placeholder="Search by name or email"
          value={search.q}
          onSearch={find}
        />
      </div>
      {list.error && <ListFailure error={list.error} onRetry={() => void list.refetch()} onFirst={pages.toFirst} />}
      {!page && !list.error && <Waiting />}
      {page && (
        <ListBody top={pages.top} waiting={list.isPlaceholderData}>
          {page.data.length === 0 ? (
            <p className="py-6 font-medium">Nobody matches.</p>
          ) : (
            <MemberTable items={page.data} forbidden={forbidden} onAction={actions.start} />
          )}
          <Pager {...pages.pager} />
        </ListBody>
      )}
      <InvitationList org={org} forbidden={forbidden} fallbackFocus={() => inviteButton.current} />
      <InviteDialog
        org={org}
        open={inviting}
        onClose={() => setInviting(false)}
        returnFocus={() => inviteButton.current}
      />
      <MemberActionDialogs organization={organization} actions={actions} fallbackFocus={() => inviteButton.current} />
    </div>
  )
}
