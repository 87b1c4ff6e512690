'use client'

import { ProofField } from '@/components/account/proof-field'
import type { Change } from '@/components/change/use-change'
import { Failure } from '@/components/shell/failure'

/** What a change asks of the person before it is made, and why it was not made. */
export const ChangeNotes = ({ change: { proof, error } }: { change: Pick<Change, 'proof' | 'error'> }) => (
  <>
    <ProofField proof={proof} />
    {error !== null && <Failure error={error} />}
  </>
)
