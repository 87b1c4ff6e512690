import { randomUUID } from 'node:crypto'
import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { inTime } from '@/lib/http/deadline'
import { problemResponse, toDomainError } from '@/lib/http/problems'
import { checkAsked } from './asked'
import { authOptions } from './options'

type Context = { params: Promise<{ nextauth: string[] }> }

/**
 * next-auth behind a check of all that it is asked. It answers our refusals with pages of its own, and a database that is
 * away by signing the caller out: we answer them as everywhere else, and leave the caller's cookies alone.
 */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  const failures: unknown[] = []
  try {
    const { nextauth } = await context.params
    const asked = await checkAsked(request, nextauth.join('/'))
    const options = authOptions((error) => failures.push(error))
    const response = await inTime<Response>(() => NextAuth(asked, context, options))
    if (failures.length === 0) return response
  } catch (error) {
    failures.push(error)
  }
  const request_id = randomUUID()
  return problemResponse(toDomainError(failures[0], request_id), request_id)
}

export { handle as GET, handle as POST }
