import type { Metadata } from 'next'
import { ReferenceIndex } from '@/components/docs/reference/reference-index'
import { runtime } from '@/lib/base/node/runtime'
import { neighbours, REFERENCE } from '@/lib/docs/navigation'
import { referenceResources } from '@/lib/docs/reference-index'

export const metadata: Metadata = { title: REFERENCE.title, description: 'Every operation of the API.' }

export default async function Page() {
  return (
    <ReferenceIndex
      resources={referenceResources()}
      origin={runtime().appUrl}
      neighbours={await neighbours(REFERENCE.href)}
    />
  )
}
