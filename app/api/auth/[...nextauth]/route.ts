import { randomUUID } from 'node:crypto'
import { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { DomainError, type ErrorCode, type ErrorFacts } from '@/lib/errors'
import { inTime } from '@/lib/http/deadline'
import { parseJson } from '@/lib/http/parse-json'
import { problemResponse, toDomainError } from '@/lib/http/problems'
import { readBytes } from '@/lib/http/read-body'
import { authOptions } from './options'

type Context = { params: Promise<{ nextauth: string[] }> }

// A sign-in is an email, a password and a token.
const BODY_LIMIT = 16_384

/**
 * next-auth answers our refusals with pages of its own, and a database that is away by signing the caller out. We answer
 * them as everywhere else, and leave the caller's cookies alone.
 */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  const request_id = randomUUID()
  const failures: unknown[] = []
  try {
    const response = await inTime<Response>(() =>
      NextAuth(
        request,
        context,
        authOptions((error) => failures.push(error)),
      ),
    )
    if (failures.length === 0) return response
  } catch (error) {
    failures.push(error)
  }
  return problemResponse(toDomainError(failures[0], request_id), request_id)
}

const refuse = (code: ErrorCode, detail: string, facts?: ErrorFacts) =>
  problemResponse(new DomainError(code, detail, facts), randomUUID())

/** next-auth answers what it does not know with an error of its own. */
export async function GET(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params
  if (nextauth.join('/') === 'callback/credentials') {
    return refuse('method_not_allowed', 'This path has POST.', { allow: ['POST'] })
  }
  return handle(request, context)
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params
  // Anybody could write into the operator's log by it, and our pages do not.
  if (nextauth[0] === '_log') return refuse('not_found', 'There is no such path.')
  const checked = await readSmall(request)
  if (checked instanceof DomainError) return problemResponse(checked, randomUUID())
  return handle(checked, context)
}

/** The request with its body read: next-auth reads a body of any size, and fails on JSON that is none. */
async function readSmall(request: NextRequest): Promise<NextRequest | DomainError> {
  try {
    const body = await readBytes(request, BODY_LIMIT)
    if (request.headers.get('Content-Type')?.includes('json')) parseJson(new TextDecoder().decode(body))
    return new NextRequest(request.url, { method: 'POST', headers: request.headers, body })
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
}
