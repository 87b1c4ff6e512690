'use client'

import type { SubmitEvent } from 'react'
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form'
import { type Proof, useProof } from '@/components/account/use-proof'
import { useSubmission } from '@/components/hooks/use-submission'
import { fieldErrors } from '@/lib/queries/request-error'

/** A change that a person makes: what its button does, and what has become of it. `ChangeNotes` shows the latter. */
export type Change = {
  /** Makes it. Nothing while it is on its way. */
  send: () => void
  pending: boolean
  /** As `pending`, as it is now and not as it was drawn. */
  isRunning: () => boolean
  /** Why it was not made, where no field tells. */
  error: unknown
  proof: Proof
  /** As if it had never been tried. */
  forget: () => void
}

/** @param check hands on what is to be sent, or shows what is wrong with it */
function useChecked<Input>(
  check: (then: (input: Input) => Promise<void>) => unknown,
  work: (input: Input) => Promise<void>,
): Change {
  const { submit, clear, ...state } = useSubmission()
  // After the proof, what has been entered since is checked and sent too.
  const proof = useProof(() => send())
  const send = () => void check((input) => submit(() => proof.run(() => work(input))))
  const forget = () => {
    clear()
    proof.forget()
  }
  return { ...state, send, proof, forget }
}

/** For the form whose button makes it. */
export const sendBy =
  ({ send }: Pick<Change, 'send'>) =>
  (event: SubmitEvent) => {
    event.preventDefault()
    send()
  }

/** @param work makes the change; it may be asked for a proof first, and is then called again */
export const useChange = (work: () => Promise<void>): Change =>
  useChecked<undefined>(
    (then) => then(undefined),
    () => work(),
  )

/**
 * As `useChange`, of what a form holds, once that is valid. What the server says of a field is shown at the field, and the
 * first of them gets the focus.
 * @param fieldOf the field that a path of the request comes from; null: none in sight
 */
export function useFormChange<Values extends FieldValues, Context, Output>(
  form: Pick<UseFormReturn<Values, Context, Output>, 'handleSubmit' | 'getValues' | 'setError'>,
  work: (values: Output) => Promise<void>,
  fieldOf?: (path: string) => Path<Values> | null,
): Change {
  const isField = (path: string): path is Path<Values> => path in form.getValues()
  const find = fieldOf ?? ((path: string) => (isField(path) ? path : null))

  /** @returns whether every part of it is shown at a field */
  const tellAtFields = (error: unknown): boolean => {
    const told = fieldErrors(error).map(({ path, message }) => ({ field: find(path), message }))
    const shown = told.flatMap(({ field, message }) => (field === null ? [] : [{ field, message }]))
    for (const [index, { field, message }] of shown.entries()) {
      form.setError(field, { message }, { shouldFocus: index === 0 })
    }
    return told.length > 0 && shown.length === told.length
  }

  return useChecked<Output>(
    (then) => form.handleSubmit(then)(),
    async (values) => {
      try {
        await work(values)
      } catch (error) {
        if (!tellAtFields(error)) throw error
      }
    },
  )
}
