'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useRef } from 'react'
import { useCursorPages } from '@/components/hooks/use-cursor-pages'
import { useOpened } from '@/components/hooks/use-opened'
import { ClosedPage } from '@/components/shell/closed-page'
import { Failure } from '@/components/shell/failure'
import { ListFailure } from '@/components/shell/list-failure'
import { Waiting } from '@/components/shell/waiting'
import { DeleteTeamDialog } from '@/components/teams/delete-team-dialog'
import { TeamDialog } from '@/components/teams/team-dialog'
import { type TeamAction, TeamTable } from '@/components/teams/team-table'
import { Button } from '@/components/ui/button'
import { ListBody } from '@/components/ui/list-body'
import { Opened } from '@/components/ui/opened'
import { PageHead } from '@/components/ui/page-head'
import { Pager } from '@/components/ui/pager'
import { browserClient } from '@/lib/queries/client'
import { organizationQuery, reasonAgainst, type WireOrganization } from '@/lib/queries/organization'
import { teamListQuery, teamSearchParsers, type WireTeam } from '@/lib/queries/teams'

/** Settings → Teams. */
export function TeamsPage({ org }: { org: string }) {
  const organization = useQuery(organizationQuery(browserClient, org))
  if (organization.data) {
    const closed = reasonAgainst(organization.data.may.see_people)
    return closed === undefined ? (
      <Teams organization={organization.data} />
    ) : (
      <ClosedPage title="Teams" reason={closed} />
    )
  }
  if (organization.error) return <Failure error={organization.error} onRetry={() => void organization.refetch()} />
  return <Waiting what="the teams" />
}

/** Null: a new team. */
type Subject = { action: TeamAction; team: WireTeam } | { action: 'create'; team: null }

function Teams({ organization }: { organization: WireOrganization }) {
  const org = organization.organization.slug
  const [{ cursor }, setSearch] = useQueryStates(teamSearchParsers, { history: 'push' })
  const list = useQuery(teamListQuery(browserClient, org, cursor))
  const page = list.data
  const pages = useCursorPages(cursor, page?.next_cursor, (next) => void setSearch({ cursor: next }))
  const dialog = useOpened<Subject>()
  const newButton = useRef<HTMLButtonElement>(null)
  const forbidden = reasonAgainst(organization.may.manage_people)
  return (
    <div className="flex flex-col gap-5">
      <PageHead
        title="Teams"
        actions={
          <Button
            ref={newButton}
            look="primary"
            reason={forbidden}
            onClick={(event) => dialog.start({ action: 'create', team: null }, event.currentTarget)}
          >
            New team
          </Button>
        }
      >
        <p className="text-muted wrap-anywhere">Who of {organization.organization.name} works on tickets together.</p>
      </PageHead>
      {list.error && <ListFailure error={list.error} onRetry={() => void list.refetch()} onFirst={pages.toFirst} />}
      {!page && !list.error && <Waiting what="the teams" />}
      {page && (
        <ListBody top={pages.top} waiting={list.isPlaceholderData}>
          {page.data.length === 0 ? (
            <NoTeams />
          ) : (
            <TeamTable
              teams={page.data}
              forbidden={forbidden}
              onAction={(action, team, trigger) => dialog.start({ action, team }, trigger)}
            />
          )}
          <Pager {...pages.pager} />
        </ListBody>
      )}
      <Opened of={dialog} fallbackFocus={() => newButton.current}>
        {({ action, team }, frame) =>
          action === 'delete' ? (
            <DeleteTeamDialog {...{ org, team, frame }} />
          ) : (
            <TeamDialog {...{ org, team, frame }} />
          )
        }
      </Opened>
    </div>
  )
}

const NoTeams = () => (
  <div className="py-6">
    <p className="font-medium">No teams yet</p>
    <p className="text-muted">A ticket can be given to a team, and the dashboard of the API tells how each one does.</p>
  </div>
)
