import { validationFailed } from '@/lib/base/errors'
import { change, create, get, implement, inOneTransaction, paged, serve, table } from '@/lib/kernel/rows/kit'
import { answerTicket, holdOpenTicket } from '@/lib/resources/comments/answer-ticket'
import { commentRows, commentsContract } from '@/lib/resources/comments/contract'

const { operations } = commentsContract

const comments = table(commentRows, { given: ['author'] })

export const commentsApi = serve(commentsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, comments, query)),
  implement(operations.get, (ctx, { params }) => get(ctx, comments, params)),
  implement(operations.update, (ctx, { params, body }) => change(ctx, comments, params, body)),
  implement(
    operations.create,
    inOneTransaction(async (ctx, { body }) => {
      const author = body.customer_id ? 'customer' : body.member_id ? 'member' : 'integration'
      const isPublic = body.visibility !== 'internal'
      if (author === 'customer' && !isPublic) {
        throw validationFailed([{ path: 'visibility', message: 'What a customer says is public.' }])
      }
      const ticket = await holdOpenTicket(ctx, body.ticket_id)
      const comment = await create(ctx, comments, { ...body, author })
      if (isPublic) await answerTicket(ctx, ticket, author)
      return comment
    }),
  ),
])
