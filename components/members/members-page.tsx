'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useRef } from 'react'
import { useCursorPages } from '@/components/hooks/use-cursor-pages'
import { useOpened } from '@/components/hooks/use-opened'
import { InvitationList } from '@/components/members/invitation-list'
import { InviteDialog } from '@/components/members/invite-dialog'
import { type MemberAction, MemberActionDialogs } from '@/components/members/member-action-dialogs'
import { MemberTable } from '@/components/members/member-table'
import { ClosedPage } from '@/components/shell/closed-page'
import { Failure } from '@/components/shell/failure'
import { ListFailure } from '@/components/shell/list-failure'
import { Waiting } from '@/components/shell/waiting'
import { Button } from '@/components/ui/button'
import { ListBody } from '@/components/ui/list-body'
import { Opened } from '@/components/ui/opened'
import { PageHead } from '@/components/ui/page-head'
import { Pager } from '@/components/ui/pager'
import { SearchBox } from '@/components/ui/search-box'
import { browserClient } from '@/lib/queries/client'
import { memberSearchParsers } from '@/lib/queries/member-search'
import { memberListQuery } from '@/lib/queries/members'
import { organizationQuery, reasonAgainst, type WireOrganization } from '@/lib/queries/organization'

/** Settings → Members. */
export function MembersPage({ org }: { org: string }) {
  const organization = useQuery(organizationQuery(browserClient, org))
  if (organization.data) {
    const closed = reasonAgainst(organization.data.may.see_people)
    return closed === undefined ? (
      <Members organization={organization.data} />
    ) : (
      <ClosedPage title="Members" reason={closed} />
    )
  }
  if (organization.error) return <Failure error={organization.error} onRetry={() => void organization.refetch()} />
  return <Waiting what="the members" />
}

function Members({ organization }: { organization: WireOrganization }) {
  const org = organization.organization.slug
  const [search, setSearch] = useQueryStates(memberSearchParsers, { history: 'push' })
  const list = useQuery(memberListQuery(browserClient, org, search))
  const page = list.data
  const pages = useCursorPages(search.cursor, page?.next_cursor, (cursor) => void setSearch({ cursor }))
  const actions = useOpened<MemberAction>()
  const inviting = useOpened<true>()
  const inviteButton = useRef<HTMLButtonElement>(null)
  const forbidden = reasonAgainst(organization.may.manage_people)

  const find = (q: string) => {
    pages.forget()
    void setSearch({ q, cursor: null }, { history: 'replace' })
  }
  return (
    <div className="flex flex-col gap-5">
      <PageHead
        title="Members"
        actions={
          <Button
            ref={inviteButton}
            look="primary"
            reason={forbidden}
            onClick={(event) => inviting.start(true, event.currentTarget)}
          >
            Invite
          </Button>
        }
      >
        <p className="text-muted wrap-anywhere">
          Who belongs to {organization.organization.name}, and what they may do.
        </p>
      </PageHead>
      <div className="flex">
        <SearchBox
          label="Search people by name or email"
          placeholder="Search by name or email"
          value={search.q}
          onSearch={find}
        />
      </div>
      {list.error && <ListFailure error={list.error} onRetry={() => void list.refetch()} onFirst={pages.toFirst} />}
      {!page && !list.error && <Waiting what="the members" />}
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
      <Opened of={inviting}>{(_, frame) => <InviteDialog org={org} frame={frame} />}</Opened>
      <MemberActionDialogs organization={organization} actions={actions} fallbackFocus={() => inviteButton.current} />
    </div>
  )
}
