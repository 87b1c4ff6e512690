import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { StateDrawing } from '@/components/docs/reference/state-drawing'
import { drawStates } from '@/lib/docs/states'
import { tasksContract } from '@/lib/resources/tasks/contract'

const [drawing] = drawStates(tasksContract)
if (!drawing) throw new Error('No states.')

const COMPLETE = '/docs/reference/tasks/complete'
const html = renderToStaticMarkup(<StateDrawing drawing={drawing} href={COMPLETE} />)

/** What a screen reader is given: hidden decoration aside, a line for each item of a list. */
const spoken = html
  .replace(/<(span|svg) aria-hidden="true".*?<\/\1>/g, '')
  .replace(/<li[^>]*>|<\/figcaption>/g, '\n')
  .replace(/<[^>]*>/g, '')
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '')

test('is read as sentences, each state with what leads on from it', () => {
  expect(spoken).toEqual([
    'The states of tasks, in status',
    'open:',
    'complete leads to completed',
    'cancel leads to cancelled',
    'completed: final',
    'cancelled: final',
  ])
})

test('leads to the page of each move, and marks the one on which it stands', () => {
  expect(html.match(/<a [^>]*>/g)).toEqual([
    expect.stringMatching(`aria-current="page".* href="${COMPLETE}"`),
    expect.not.stringContaining('aria-current'),
  ])
})
