'use client'

import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { RequestError } from '@/lib/queries/request-error'

type Props = { error: unknown; onRetry: () => void; onFirst: () => void }

/** Why a list does not come. An address that was kept may lead to a page that is none any more: its list still is one. */
export const ListFailure = ({ error, onRetry, onFirst }: Props) =>
  error instanceof RequestError && error.problem.code === 'invalid_cursor' ? (
    <Notice look="warning" role="alert" title="This page of the list is no longer there">
      <p>The address leads to a place in the list as it was when the address was made.</p>
      <Button size="small" onClick={onFirst}>
        To the first page
      </Button>
    </Notice>
  ) : (
    <Failure error={error} onRetry={onRetry} />
  )
