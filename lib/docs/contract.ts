import { z } from 'zod'

/** What the search finds: a section of a guide, an operation, an error code. Fetched when the search opens. */
const searchEntry = z.object({
  href: z.string(),
  title: z.string(),
  /** Where it stands: the guide, the address of the operation, the status. */
  place: z.string(),
  kind: z.enum(['guide', 'operation', 'error']),
  text: z.string(),
})

export const searchEntries = z.array(searchEntry)

export type SearchEntry = z.output<typeof searchEntry>
