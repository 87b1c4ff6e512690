'use client'

import { useState } from 'react'
import { useSubmission } from '@/components/hooks/use-submission'
import type { PlaygroundRequest } from '@/components/playground/request/request'
import { type Credential, keyOf } from '@/components/playground/token/use-credential'
import { useVisit } from '@/components/playground/visit'
import type { ErrorCode } from '@/lib/base/errors'
import type { PlaygroundOperation } from '@/lib/http/api/openapi/playground-form'
import { type ApiReply, callPublicApi } from '@/lib/queries/playground-key'

/** What a refusal says of the key that was sent: it has ended, and how. A deleted key is gone as a revoked one is. */
const ENDED: Partial<Record<ErrorCode, 'revoked' | 'expired'>> = {
  revoked_key: 'revoked',
  invalid_key: 'revoked',
  expired_key: 'expired',
}

/** How the key of a request had ended, where that is why it was refused. */
export const endedBy = ({ problem }: ApiReply) => (problem ? (ENDED[problem.code] ?? null) : null)

/** The id of the row that a creation has made; null for any other reply. */
function createdId({ method, params }: PlaygroundOperation, { status, json }: ApiReply): string | null {
  if (method !== 'post' || status !== 201 || params.length > 0) return null
  // By hand: a schema would bring its library along, to every page of an operation.
  const isRow = typeof json === 'object' && json !== null && 'id' in json
  return isRow && typeof json.id === 'string' ? json.id : null
}

/** Sends requests with the page's key, one at a time, and keeps the last reply. */
export function useSend(operation: PlaygroundOperation, credential: Credential) {
  const { markEnded, rememberCreated } = useVisit()
  const [reply, setReply] = useState<ApiReply | null>(null)
  const { submit, pending, error } = useSubmission()

  const send = (request: PlaygroundRequest) =>
    submit(async () => {
      const key = keyOf(credential)
      if (key === null) return
      setReply(null)
      const answered = await callPublicApi({ ...request, key })
      setReply(answered)
      const id = createdId(operation, answered)
      if (id) rememberCreated(operation.resource.name, id)
      const ended = endedBy(answered)
      if (ended && credential.kind === 'token') markEnded(credential.token.id, ended)
    })
  return { send, reply, pending, error }
}
