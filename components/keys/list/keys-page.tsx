'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryState, useQueryStates } from 'nuqs'
import { useCursorPages } from '@/components/hooks/use-cursor-pages'
import { useMovedFocus } from '@/components/hooks/use-moved-focus'
import { useOpened } from '@/components/hooks/use-opened'
import { useShown } from '@/components/hooks/use-shown'
import { useKeyActions } from '@/components/keys/actions/use-key-actions'
import { createLinkParsers } from '@/components/keys/create/create-link'
import { LeakBanner } from '@/components/keys/leak-banner'
import { KeyConcerns } from '@/components/keys/list/key-concerns'
import { KeyCount } from '@/components/keys/list/key-count'
import { KeyListEmpty } from '@/components/keys/list/key-list-empty'
import { KeyTable, KeyTableSkeleton } from '@/components/keys/list/key-table'
import { KeyToolbar } from '@/components/keys/list/key-toolbar'
import { KeysClosed } from '@/components/keys/list/keys-closed'
import { useSelection } from '@/components/keys/list/use-selection'
import { Failure } from '@/components/shell/failure'
import { ListFailure } from '@/components/shell/list-failure'
import { useShortcut } from '@/components/shell/use-shortcut'
import { Button } from '@/components/ui/button'
import { ListBody } from '@/components/ui/list-body'
import { onDemand } from '@/components/ui/on-demand'
import { Opened } from '@/components/ui/opened'
import { PageHead } from '@/components/ui/page-head'
import { Pager } from '@/components/ui/pager'
import { browserClient } from '@/lib/queries/client'
import { type KeySearch, keySearchParsers } from '@/lib/queries/key-search'
import { keyListQuery, type WireListedKey } from '@/lib/queries/keys'
import { organizationQuery, reasonAgainst, type WireOrganization } from '@/lib/queries/organization'

const CreateKeyDialog = onDemand(() =>
  import('@/components/keys/create/create-key-dialog').then((module) => module.CreateKeyDialog),
)
const RevokeKeysDialog = onDemand(() =>
  import('@/components/keys/actions/revoke-keys-dialog').then((module) => module.RevokeKeysDialog),
)

/** Settings → API keys. */
export function KeysPage({ org }: { org: string }) {
  const organization = useQuery(organizationQuery(browserClient, org))
  if (organization.data) {
    const { see_keys } = organization.data.may
    return see_keys.allowed ? <Keys organization={organization.data} /> : <KeysClosed org={org} permission={see_keys} />
  }
  if (organization.error) return <Failure error={organization.error} onRetry={() => void organization.refetch()} />
  return <KeyTableSkeleton />
}

function Keys({ organization }: { organization: WireOrganization }) {
  const org = organization.organization.slug
  const [search, setSearch] = useQueryStates(keySearchParsers, { history: 'push' })
  const [create, setCreate] = useQueryState('create', createLinkParsers.create.withOptions({ history: 'push' }))
  const list = useQuery(keyListQuery(browserClient, org, search))
  const page = list.data
  const pages = useCursorPages(search.cursor, page?.next_cursor, (cursor) => void setSearch({ cursor }))
  const selection = useSelection(page?.data ?? [])
  const revoking = useOpened<readonly WireListedKey[]>()
  // The first key takes it from the empty list to the head of the page.
  const { current: createButton, ref: createButtonRef } = useMovedFocus<HTMLButtonElement>()
  const actions = useKeyActions({ org, fallbackFocus: () => createButton.current })
  const notCreate = reasonAgainst(organization.may.create_keys)
  const [creating, forgetCreation] = useShown(create !== null && notCreate === undefined)
  const openCreate = () => void setCreate('1')
  useShortcut('n', () => {
    if (notCreate === undefined) openCreate()
  })

  const change = (changed: Partial<KeySearch>) => {
    pages.forget()
    void setSearch({ ...changed, cursor: null }, { history: 'q' in changed ? 'replace' : 'push' })
  }

  const { q, status, environment, concern, cursor } = search
  const filtered = q !== '' || [status, environment, concern, cursor].some((filter) => filter !== null)
  const createKeyButton = (
    <Button
      ref={createButtonRef}
      look="primary"
      reason={notCreate}
      onClick={openCreate}
      onPointerEnter={CreateKeyDialog.preload}
      onFocus={CreateKeyDialog.preload}
      aria-keyshortcuts="n"
    >
      Create API Key
    </Button>
  )
  const empty = page?.data.length === 0

  return (
    <div className="flex flex-col gap-5">
      <PageHead title="API Keys" actions={(!empty || filtered) && createKeyButton}>
        <p className="text-muted">They let scripts and integrations use your organisation's data.</p>
      </PageHead>
      <LeakBanner organization={organization} />
      {(!empty || filtered) && (
        <KeyConcerns org={org} chosen={concern} onChoose={(chosen) => change({ concern: chosen })} />
      )}
      <KeyToolbar search={search} onChange={change} />
      {list.error && <ListFailure error={list.error} onRetry={() => void list.refetch()} onFirst={pages.toFirst} />}
      {!page && !list.error && <KeyTableSkeleton />}
      {empty && (
        <KeyListEmpty
          filtered={filtered}
          onClear={() => change({ q: '', status: null, environment: null, concern: null })}
          create={createKeyButton}
        />
      )}
      {page && !empty && (
        <ListBody top={pages.top} waiting={list.isPlaceholderData}>
          <KeyCount
            shown={page.data.length}
            total={page.total}
            selection={selection}
            onRevoke={(trigger) => revoking.start(selection.selected, trigger)}
          />
          <KeyTable
            org={org}
            items={page.data}
            forbidden={reasonAgainst(organization.may.manage_keys)}
            selection={selection}
            onAction={actions.start}
          />
          <Pager {...pages.pager} />
        </ListBody>
      )}
      {creating && (
        <CreateKeyDialog
          organization={organization}
          onClosed={forgetCreation}
          returnFocus={() => createButton.current}
        />
      )}
      {actions.dialog}
      <Opened of={revoking} fallbackFocus={() => createButton.current}>
        {(items, frame) => <RevokeKeysDialog {...{ org, items, frame }} onRevoked={selection.clear} />}
      </Opened>
    </div>
  )
}
