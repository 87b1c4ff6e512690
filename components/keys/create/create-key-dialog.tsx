'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useRef, useState } from 'react'
import { CreateKeyForm, type CreateKeyFormHandle } from '@/components/keys/create/create-key-form'
import { createLinkParsers } from '@/components/keys/create/create-link'
import { NewKey, UNSEEN_TITLE } from '@/components/keys/reveal/new-key'
import { useNewKey } from '@/components/keys/reveal/use-new-key'
import { linkedScopes } from '@/components/keys/scopes/linked-scopes'
import { useCatalogue } from '@/components/providers/catalogue'
import { Button } from '@/components/ui/button'
import { type CloseDetails, Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { keysOf, type WireKeyShownOnce } from '@/lib/queries/keys'
import { reasonAgainst, type WireOrganization } from '@/lib/queries/organization'

type Props = { organization: WireOrganization; returnFocus: () => HTMLElement | null }

/** The form for a new key and, in the same dialog, the only sight of it. `?create=1` opens it. */
export function CreateKeyDialog({ organization, returnFocus }: Props) {
  const [link, setLink] = useQueryStates(createLinkParsers)
  const form = useRef<CreateKeyFormHandle>(null)
  const [discarding, setDiscarding] = useState<'form' | 'unanswered' | null>(null)
  const catalogue = useCatalogue()
  const queryClient = useQueryClient()
  const newKey = useNewKey()
  const org = organization.organization.slug

  const closeForm = () => {
    setDiscarding(null)
    void setLink(null)
  }
  const close = (details: CloseDetails) =>
    newKey.close(details, () => {
      const sending = form.current?.isSending() ?? false
      if (!sending && !form.current?.isDirty()) return closeForm()
      details.cancel()
      if (!sending) setDiscarding(form.current?.isUnanswered() ? 'unanswered' : 'form')
    })
  const make = (request: () => Promise<WireKeyShownOnce>) =>
    newKey.make(request, () => {
      void queryClient.invalidateQueries({ queryKey: keysOf(org) })
      // The address forgets the form, so that a reload opens no second one.
      return setLink(null, { history: 'replace' })
    })

  const { created, unseen } = newKey
  const made = created ?? unseen
  const ownTitle = unseen ? UNSEEN_TITLE : 'Create an API key'
  return (
    <Dialog
      open={link.create !== null || made !== null}
      onClose={close}
      title={created ? `“${created.name}” is ready` : ownTitle}
      size={made ? 'medium' : 'large'}
      keepOnOutsidePress
      returnFocus={returnFocus}
    >
      <NewKey org={org} newKey={newKey} forbidden={reasonAgainst(organization.may.manage_keys)}>
        <CreateKeyForm
          ref={form}
          organization={organization}
          link={linkedScopes(catalogue, link.preset, link.scopes, organization.grantable_scopes)}
          make={make}
          onCancel={closeForm}
        />
      </NewKey>
      <Dialog open={discarding !== null} onClose={() => setDiscarding(null)} title="Discard what you entered?">
        <DialogBody>
          <p>
            {discarding === 'unanswered'
              ? 'A key may have been made: no answer came. Go back and press “Create key” again, and you see which.'
              : 'No key has been created yet.'}
          </p>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => setDiscarding(null)}>Back to the form</Button>
          <Button look="danger" onClick={closeForm}>
            Discard
          </Button>
        </DialogFooter>
      </Dialog>
    </Dialog>
  )
}
