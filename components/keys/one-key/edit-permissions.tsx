'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sendBy, useChange } from '@/components/change/use-change'
import { EditButtons, type EditProps, EditSection } from '@/components/keys/one-key/edit-section'
import { useSaveKey } from '@/components/keys/one-key/use-save-key'
import { ScopeDiff } from '@/components/keys/scopes/scope-diff'
import { ScopeList } from '@/components/keys/scopes/scope-list'
import { withScopes } from '@/components/keys/scopes/scope-matrix'
import { ScopePicker } from '@/components/keys/scopes/scope-picker'
import { type ScopeUse, scopeUse } from '@/components/keys/scopes/scope-use'
import { useCatalogue } from '@/components/providers/catalogue'
import { useNow } from '@/components/providers/now'
import { Button } from '@/components/ui/button'
import { browserClient } from '@/lib/queries/client'
import { keyUsageQuery } from '@/lib/queries/keys'

type Props = EditProps & { grantable: readonly string[] }

/** The scopes, edited in the same picker as at creation, with what changes shown before it is saved. */
export function EditPermissions(props: Props) {
  const { org, item, onEdit } = props
  const catalogue = useCatalogue()
  const now = useNow()
  const usage = useQuery(keyUsageQuery(browserClient, org, item.id))
  const use = usage.data && scopeUse(catalogue, item, usage.data, now)
  const [added, setAdded] = useState<string[]>([])
  const edit = (editing: boolean, scopes: string[] = []) => {
    setAdded(scopes)
    onEdit(editing)
  }
  return (
    <EditSection
      {...props}
      onEdit={edit}
      title="Permissions"
      view={
        <ScopeList scopes={item.scopes} use={use} forbidden={props.forbidden} onAdd={(scope) => edit(true, [scope])} />
      }
      form={<PermissionsForm {...props} onEdit={edit} added={added} use={use} />}
    />
  )
}

type FormProps = Props & { added: readonly string[]; use: ScopeUse | undefined }

function PermissionsForm({ grantable, added: suggested, use, ...props }: FormProps) {
  const catalogue = useCatalogue()
  const { save, conflict, base } = useSaveKey(props)
  const { scopes } = base
  const [chosen, setChosen] = useState<readonly string[]>(() => withScopes(catalogue, scopes, suggested, true))
  const added = chosen.filter((scope) => !scopes.includes(scope))
  const removed = scopes.filter((scope) => !chosen.includes(scope))
  const unchanged = added.length + removed.length === 0
  const change = useChange(async () => {
    if (!unchanged) await save({ scopes: [...chosen] })
  })
  const unused = use?.unused.filter((scope) => chosen.includes(scope)) ?? []
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={sendBy(change)}>
      {unused.length > 0 && (
        <p className="flex flex-wrap items-center gap-3">
          Not used in 60 days: {unused.join(', ')}
          <Button size="small" onClick={() => setChosen(withScopes(catalogue, chosen, unused, false))}>
            Untick them
          </Button>
        </p>
      )}
      <ScopePicker
        chosen={chosen}
        grantable={grantable}
        beyondRole="Your role cannot grant this."
        onChange={setChosen}
        hideLegend
      />
      <ScopeDiff added={added} removed={removed} />
      <EditButtons
        {...{ change, conflict }}
        unchanged={unchanged}
        label="Save these permissions"
        onCancel={() => props.onEdit(false)}
      />
    </form>
  )
}
