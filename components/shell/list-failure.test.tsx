import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ListFailure } from '@/components/shell/list-failure'
import { RequestError } from '@/lib/queries/request-error'

const refusal = (code: 'invalid_cursor' | 'internal', status: number) =>
  new RequestError(
    { type: 'InvalidRequest', title: 'No', status, code, detail: 'No.', request_id: 'r', doc_url: '' },
    null,
  )

const shown = (error: unknown) =>
  renderToStaticMarkup(<ListFailure error={error} onRetry={() => {}} onFirst={() => {}} />)

test('a cursor that leads nowhere any more is answered with the way to the first page, not with another try', () => {
  expect(shown(refusal('invalid_cursor', 400))).toContain('To the first page')
  expect(shown(refusal('invalid_cursor', 400))).not.toContain('Retry')
})

test('anything else that went wrong can be tried again', () => {
  expect(shown(refusal('internal', 500))).toContain('Retry')
})
