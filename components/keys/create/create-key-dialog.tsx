'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useRef, useState } from 'react'
import { CreateKeyForm, type CreateKeyFormHandle } from '@/components/keys/create/create-key-form'
import { createLinkParsers } from '@/components/keys/create/create-link'
import { LoseKeyDialog } from '@/components/keys/reveal/lose-key-dialog'
import { RevealKey } from '@/components/keys/reveal/reveal-key'
import { useRevealedKey } from '@/components/keys/reveal/use-revealed-key'
import { linkedScopes } from '@/components/keys/scopes/linked-scopes'
import { useCatalogue } from '@/components/providers/catalogue'
import { Button } from '@/components/ui/button'
import { type CloseDetails, Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { keysOf, type WireCreatedKey } from '@/lib/queries/keys'
import type { WireOrganization } from '@/lib/queries/organization'

type Props = { organization: WireOrganization; returnFocus: () => HTMLElement | null }

/** The form for a new key and, in the same dialog, the only sight of it. `?create=1` opens it. */
export function CreateKeyDialog({ organization, returnFocus }: Props) {
  const [link, setLink] = useQueryStates(createLinkParsers)
  const form = useRef<CreateKeyFormHandle>(null)
  const [discarding, setDiscarding] = useState(false)
  const catalogue = useCatalogue()
  const queryClient = useQueryClient()
  const revealed = useRevealedKey()

  const closeForm = () => {
    setDiscarding(false)
    void setLink(null)
  }
  const close = (details: CloseDetails) => {
    if (revealed.isHeld()) return revealed.close(details)
    // A key that is being made belongs to its maker: it is shown in this dialog, or what was wrong is.
    const sending = form.current?.isSending() ?? false
    if (!sending && !form.current?.isDirty()) return closeForm()
    details.cancel()
    setDiscarding(!sending)
  }
  const show = (created: WireCreatedKey) => {
    void queryClient.invalidateQueries({ queryKey: keysOf(organization.organization.slug) })
    // The address forgets the form, so that a reload opens no second one.
    revealed.reveal(created, setLink(null, { history: 'replace' }))
  }

  const { created } = revealed
  return (
    <Dialog
      open={link.create !== null || created !== null}
      onClose={close}
      title={created ? `“${created.name}” is ready` : 'Create an API key'}
      size={created ? 'medium' : 'large'}
      keepOnOutsidePress
      returnFocus={returnFocus}
    >
      {created ? (
        <RevealKey created={created} stored={revealed.stored} onStored={revealed.setStored} onDone={revealed.finish} />
      ) : (
        <CreateKeyForm
          ref={form}
          organization={organization}
          link={linkedScopes(catalogue, link.preset, link.scopes, organization.grantable_scopes)}
          onCreated={show}
          onCancel={closeForm}
        />
      )}
      <LoseKeyDialog open={revealed.asking} onStay={revealed.stay} onLeave={revealed.finish} />
      <Dialog open={discarding} onClose={() => setDiscarding(false)} title="Discard what you entered?">
        <DialogBody>
          <p>No key has been created yet.</p>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => setDiscarding(false)}>Back to the form</Button>
          <Button look="danger" onClick={closeForm}>
            Discard
          </Button>
        </DialogFooter>
      </Dialog>
    </Dialog>
  )
}
