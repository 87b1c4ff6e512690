'use client'

import { useQuery } from '@tanstack/react-query'
import { policySentences } from '@/components/policy/policy-words'
import { Notice } from '@/components/ui/notice'
import { browserClient } from '@/lib/queries/client'
import { policyQuery } from '@/lib/queries/policy'

/** What the organisation asks of the key that is being made; nothing where it asks nothing. */
export function PolicyHint({ org }: { org: string }) {
  const { data: policy } = useQuery(policyQuery(browserClient, org))
  const sentences = policy ? policySentences(policy) : []
  if (sentences.length === 0) return null
  return (
    <Notice title="Your organisation's policy">
      {sentences.map((sentence) => (
        <p key={sentence} className="break-words">
          {sentence}
        </p>
      ))}
    </Notice>
  )
}
