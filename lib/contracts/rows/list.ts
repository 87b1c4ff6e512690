import * as r from '@/lib/contracts/rows/kit'

/** What contact lists and account lists have in common, whatever stands on them. */

export const listTraits = {
  short: 'list',
  derived: true,
  filters: {
    name: r.equal(r.line(200), { description: 'The whole name.' }),
    created_after: r.later('created_at'),
  },
  sorts: ['created_at', 'name'],
} as const

/** @param count how many stand on it, by the name that the field has */
export const listFields = <Count extends r.Fields>(example: { name: string; description: string }, count: Count) => ({
  id: r.idField(),
  name: r.required(r.line(200), { example: example.name }),
  description: r.optional(r.prose(2_000), { example: example.description }),
  ...count,
  ...r.stamps(),
})

/** As far as a page of lists counts what stands on each; a single list is counted to the end. */
export const MOST_COUNTED_ON_A_LIST = 10_000

/** How many stand on a list. */
export const countOnList = (many: string) =>
  r.kept(r.count(`${many} on the list. In a page of lists 10,000 stands for as many or more.`))
