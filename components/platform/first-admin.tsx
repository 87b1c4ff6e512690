'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { InvitationLink } from '@/components/members/invitation-link'
import { useUnprovenSubmission } from '@/components/members/use-unproven-submission'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { firstAdminInput } from '@/lib/people/platform/contract'
import { inviteFirstAdminMutation, PLATFORM, type WireFirstAdminInvitation } from '@/lib/queries/platform'

/** A new link for the first Admin of an organisation that has none yet. */
export function FirstAdmin({ slug }: { slug: string }) {
  const id = useId()
  const [email, setEmail] = useState('')
  // Component state only: the link opens the organisation.
  const [made, setMade] = useState<WireFirstAdminInvitation | null>(null)
  const [problem, setProblem] = useState<string | undefined>()
  const queryClient = useQueryClient()
  const { submit, pending, error, question } = useUnprovenSubmission('make the link')
  const proof = useProof(() => send())

  const send = () => {
    const checked = firstAdminInput.safeParse({ email })
    setProblem(checked.error?.issues[0]?.message)
    if (!checked.success) return
    void submit((accepted) =>
      proof.run(async () => {
        setMade(await inviteFirstAdminMutation(slug, { ...checked.data, ...accepted }))
        setEmail('')
        await queryClient.invalidateQueries({ queryKey: PLATFORM })
      }),
    )
  }

  return (
    <section aria-labelledby={id} className="flex max-w-md flex-col gap-3">
      <h2 id={id} className="font-semibold">
        It has no Admin yet
      </h2>
      <p className="text-muted">Make a link for its first Admin. A link that was made before dies by it.</p>
      <form
        noValidate
        className="flex flex-col items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <Field label="Email of its first Admin" error={problem} className="w-full">
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <ProofField proof={proof} />
        {error !== null && <Failure error={error} />}
        <Button type="submit" disabled={pending}>
          {pending ? 'Making the link…' : 'Make the link'}
        </Button>
      </form>
      {question}
      <Dialog
        open={made !== null}
        onClose={() => setMade(null)}
        title="A link for the first Admin"
        size="medium"
        keepOnOutsidePress
      >
        {made && <InvitationLink made={made} onDone={() => setMade(null)} />}
      </Dialog>
    </section>
  )
}
