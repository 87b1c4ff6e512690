'use client'

import { type ReactNode, useRef } from 'react'
import { useOpened } from '@/components/hooks/use-opened'
import { useSubmission } from '@/components/hooks/use-submission'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog'
import { RequestError } from '@/lib/queries/request-error'

/** What is sent beside the rest once the reader has taken the risk. */
type Accepted = { accept_unproven_email?: true }

type Work = (accepted: Accepted) => Promise<void>

/**
 * As `useSubmission`, for what an account gets by its email alone: where nothing proves that email, `question` names the
 * risk, and it is done once the reader confirms.
 * @param action what is done all the same, on the button: `grant`
 */
export function useUnprovenSubmission(action: string): {
  submit: (work: Work) => Promise<void>
  pending: boolean
  error: unknown
  question: ReactNode
} {
  const { submit, pending, error } = useSubmission()
  const { subject, open, start, close } = useOpened<{ detail: string; work: Work }>()

  // Whoever is then asked for the password presses the button again: the same risk is taken once.
  const taken = useRef<string | null>(null)

  const ask = async (work: Work) => {
    try {
      await work({})
    } catch (thrown) {
      if (!(thrown instanceof RequestError) || thrown.problem.code !== 'email_unproven') throw thrown
      const { detail } = thrown.problem
      if (detail === taken.current) await work({ accept_unproven_email: true })
      else start({ detail, work })
    }
  }
  const confirm = () => {
    taken.current = subject?.detail ?? null
    close()
    void submit(async () => subject?.work({ accept_unproven_email: true }))
  }

  const question = subject && (
    <Dialog open={open} onClose={close} title="Nothing proves whose account this is">
      <DialogBody>
        <p className="break-words">{subject.detail}</p>
      </DialogBody>
      <DialogFooter>
        <Button onClick={close}>Cancel</Button>
        <Button look="danger" onClick={confirm}>
          I have asked: {action}
        </Button>
      </DialogFooter>
    </Dialog>
  )
  return { submit: (work) => submit(() => ask(work)), pending, error, question }
}
