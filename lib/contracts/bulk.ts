import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import type { Operation } from '@/lib/contracts/operation'

/** Items that one call takes. */
const MAX_BULK = 100

const EXAMPLE_ID = '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c'

export const bulkItems = <Item extends z.ZodType>(item: Item) =>
  z.array(item).min(1, 'At least one.').max(MAX_BULK, `At most ${MAX_BULK}.`)

/** One contact, and several of them, as bodies name them. */
export const contactId = () => id().meta({ example: EXAMPLE_ID })
export const contactIds = () => bulkItems(id().toLowerCase()).meta({ example: [EXAMPLE_ID] })

type Call<Body, Result> = Pick<Operation, 'path' | 'summary'> & { scope: string; body: Body; result: Result }

/** A call that does something with several items of one row: what becomes of one is told beside it and stops no other. */
export const bulkOf = <Body extends z.ZodType, Result extends z.ZodType>({
  body,
  result,
  ...call
}: Call<Body, Result>) =>
  ({
    ...call,
    method: 'post',
    bulk: true,
    params: z.object({ id: id() }),
    body,
    reply: {
      status: 200,
      schema: z.object({
        data: z.array(result).meta({ description: 'One for each item, in the order in which they were sent.' }),
      }),
      description: 'What became of each.',
    },
  }) satisfies Operation
