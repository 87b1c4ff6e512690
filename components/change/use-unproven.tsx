'use client'

import { type ReactNode, useRef, useState } from 'react'
import { Question } from '@/components/ui/question'
import { RequestError } from '@/lib/queries/request-error'

/** What is sent beside the rest once the reader has taken the risk. */
type Accepted = { accept_unproven_email?: true }

/**
 * For a change that gives an account something by its email alone. Where nothing proves that email, `question` names the
 * risk, and the change is made once the reader confirms.
 * @param action what is done all the same, on the button: `grant`
 * @param goOn presses the change's own button again
 */
export function useUnproven(
  action: string,
  goOn: () => void,
): { ask: (work: (accepted: Accepted) => Promise<void>) => Promise<void>; question: ReactNode } {
  const [asked, setAsked] = useState<{ detail: string; open: boolean } | null>(null)
  // It is tied to the words that name the account: for another one the question is another.
  const taken = useRef<string | null>(null)

  const ask = async (work: (accepted: Accepted) => Promise<void>) => {
    try {
      await work({})
    } catch (thrown) {
      if (!(thrown instanceof RequestError) || thrown.problem.code !== 'email_unproven') throw thrown
      const { detail } = thrown.problem
      if (detail === taken.current) await work({ accept_unproven_email: true })
      else setAsked({ detail, open: true })
    }
  }
  const close = () => setAsked(asked && { ...asked, open: false })
  const confirm = () => {
    taken.current = asked?.detail ?? null
    close()
    goOn()
  }
  const question = asked && (
    <Question
      open={asked.open}
      title="Nothing proves whose account this is"
      stay="Cancel"
      onStay={close}
      go={`I have asked: ${action}`}
      onGo={confirm}
    >
      <p className="break-words">{asked.detail}</p>
    </Question>
  )
  return { ask, question }
}
