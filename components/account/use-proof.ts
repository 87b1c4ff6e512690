'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { accountQuery, isProofRequired, proveMutation } from '@/lib/queries/account'
import { browserClient } from '@/lib/queries/client'
import { fieldErrors } from '@/lib/queries/request-error'

/** What `ProofField` shows and changes. */
export type Proof = ReturnType<typeof useProof>

/**
 * For a change that may ask first whether it is still the same person. `run` does the change; where that is asked,
 * `ProofField` appears, and the next `run` proves it and goes on with the change. The password is kept in this state
 * alone, until it has been used.
 * @param goOn presses the dialog's own button again
 */
export function useProof(goOn: () => void) {
  const [asked, setAsked] = useState(false)
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const account = useQuery({ ...accountQuery(browserClient), enabled: asked }).data
  const bySingleSignOn = account?.has_password === false

  /** As if nothing had been asked: the change was given up. */
  const forget = () => {
    setAsked(false)
    setPassword('')
    setProblem(null)
  }

  /** @returns whether the password was the right one */
  const proveFirst = async (): Promise<boolean> => {
    setProblem(null)
    if (password === '') {
      setProblem('Enter your password.')
      return false
    }
    try {
      await proveMutation(password)
    } catch (error) {
      const [wrong] = fieldErrors(error)
      if (!wrong) throw error
      setProblem(wrong.message)
      return false
    }
    setPassword('')
    return true
  }

  const run = async (change: () => Promise<void>): Promise<void> => {
    if (asked && !bySingleSignOn && !(await proveFirst())) return
    try {
      await change()
      setAsked(false)
    } catch (error) {
      setAsked(isProofRequired(error))
      if (!isProofRequired(error)) throw error
    }
  }
  return { asked, bySingleSignOn, password, setPassword, problem, run, goOn, forget }
}
