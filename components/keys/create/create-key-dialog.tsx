'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { ChangeDialog } from '@/components/change/change-dialog'
import { useFormChange } from '@/components/change/use-change'
import { useIsDirty } from '@/components/hooks/use-is-dirty'
import { createFormValues, emptyForm, formField, toCreateBody } from '@/components/keys/create/create-form-values'
import { CreateKeyFields } from '@/components/keys/create/create-key-fields'
import { createLinkParsers } from '@/components/keys/create/create-link'
import { longestHours } from '@/components/keys/create/expiry'
import { KeySentence } from '@/components/keys/create/key-sentence'
import { newKeyResult, UNSEEN_TITLE } from '@/components/keys/reveal/new-key'
import { useMakeOnce } from '@/components/keys/reveal/use-make-once'
import { useNewKey } from '@/components/keys/reveal/use-new-key'
import { linkedScopes } from '@/components/keys/scopes/linked-scopes'
import { useCatalogue } from '@/components/providers/catalogue'
import type { DialogFrame } from '@/components/ui/dialog'
import { READ_ONLY_ADMIN_LIFETIME_HOURS } from '@/lib/keys/contract'
import { NO_POLICY } from '@/lib/keys/policy/contract'
import { browserClient } from '@/lib/queries/client'
import { type CreateKeyBody, createKeyMutation, keysOf } from '@/lib/queries/keys'
import { reasonAgainst, type WireOrganization } from '@/lib/queries/organization'
import { policyQuery } from '@/lib/queries/policy'

type Props = { organization: WireOrganization } & Pick<DialogFrame, 'onClosed' | 'returnFocus'>

/** The form for a new key and, in the same dialog, the only sight of it. `?create=1` opens it. */
export function CreateKeyDialog({ organization, onClosed, returnFocus }: Props) {
  const org = organization.organization.slug
  const [link, setLink] = useQueryStates(createLinkParsers)
  const catalogue = useCatalogue()
  const [linked] = useState(() => linkedScopes(catalogue, link.preset, link.scopes, organization.grantable_scopes))
  const { data: policy = NO_POLICY } = useQuery(policyQuery(browserClient, org))
  const isReader = organization.membership.role === 'read_only_admin'
  const fixedHours = isReader ? Math.min(READ_ONLY_ADMIN_LIFETIME_HOURS, longestHours(policy)) : null
  const form = useForm({
    resolver: zodResolver(createFormValues(policy, !isReader)),
    defaultValues: { ...emptyForm(policy), scopes: linked.ticked },
  })
  const isDirty = useIsDirty(form)
  const queryClient = useQueryClient()
  const newKey = useNewKey()
  const { make, isUnanswered } = useMakeOnce((body: CreateKeyBody, once) => createKeyMutation(org, body, once))
  const settle = () => {
    void queryClient.invalidateQueries({ queryKey: keysOf(org) })
    // The address forgets the form, so that a reload opens no second one.
    return setLink(null, { history: 'replace' })
  }
  const change = useFormChange(form, (checked) => newKey.make(() => make(toCreateBody(checked)), settle), formField)

  const { created, unseen } = newKey
  const made = created ?? unseen
  const ownTitle = unseen ? UNSEEN_TITLE : 'Create an API key'
  const frame = {
    open: link.create !== null || made !== null,
    // What it comes back with opens it by itself.
    setOpen: (open: boolean) => void (open || setLink(null)),
    onClosed,
    returnFocus,
  }
  return (
    <ChangeDialog
      frame={frame}
      change={change}
      title={created ? `“${created.name}” is ready` : ownTitle}
      size={made ? 'medium' : 'large'}
      keepOnOutsidePress
      action="Create key"
      doing="Creating…"
      aside={<KeySentence form={form} fixedHours={fixedHours} />}
      isDirty={isDirty}
      loss={() =>
        isUnanswered()
          ? 'A key may have been made: no answer came. Go back and press “Create key” again, and you see which.'
          : 'No key has been created yet.'
      }
      result={newKeyResult(org, newKey, reasonAgainst(organization.may.manage_keys))}
      guard={newKey.close}
    >
      <CreateKeyFields {...{ form, organization, policy, fixedHours }} dropped={linked.dropped} />
    </ChangeDialog>
  )
}
