'use client'

import { ProofField } from '@/components/account/proof-field'
import type { Change } from '@/components/change/use-change'
import { Failure } from '@/components/shell/failure'
import { isStillRunning } from '@/lib/queries/request-error'

/** What a change asks of the person before it is made, and why it was not made. */
export const ChangeNotes = ({ change: { proof, error, send } }: { change: Change }) => (
  <>
    <ProofField proof={proof} />
    {/* The button of the form tries again; what is still on its way is only looked at. */}
    {error !== null && <Failure error={error} onRetry={isStillRunning(error) ? send : undefined} />}
  </>
)
