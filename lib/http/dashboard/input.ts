import { createMiddleware } from 'hono/factory'
import type { z } from 'zod'
import { notFound } from '@/lib/base/errors'
import { id } from '@/lib/contracts/fields'
import { OPEN_LIMIT, readBody } from '@/lib/http/body/read-body'
import type { AnyEnvironment, DashboardEnvironment } from '@/lib/http/dashboard/environment'
import { askAgain } from '@/lib/http/dashboard/guard'
import { validate, validateQuery } from '@/lib/http/validate'

/** Checks the JSON body, a short one where nobody is signed in; the typed client takes the shape that `schema` reads. */
export const json = <Schema extends z.ZodType<object>>(schema: Schema) =>
  createMiddleware<AnyEnvironment, string, { in: { json: z.input<Schema> }; out: { json: z.output<Schema> } }>(
    async (c, next) => {
      const sent = await c.var.deadline.whileSending(readBody(c.req.raw, c.var.user ? undefined : OPEN_LIMIT))
      await askAgain(c)
      c.req.addValidatedData('json', validate(schema, sent))
      await next()
    },
  )

/** Checks the query string. */
export const query = <Schema extends z.ZodType<object>>(schema: Schema) =>
  createMiddleware<DashboardEnvironment, string, { in: { query: z.input<Schema> }; out: { query: z.output<Schema> } }>(
    async (c, next) => {
      c.req.addValidatedData('query', validateQuery(schema, new URL(c.req.url).searchParams))
      await next()
    },
  )

/** An id in the path; one of the wrong form names nothing. @throws DomainError not_found */
export function pathId(value: string, what: string): { id: string } {
  const result = id().safeParse(value)
  if (!result.success) throw notFound(what)
  return { id: result.data }
}
