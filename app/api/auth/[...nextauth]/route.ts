import { randomUUID } from 'node:crypto'
import { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { z } from 'zod'
import { DomainError, type ErrorCode, type ErrorFacts } from '@/lib/errors'
import { parseJson } from '@/lib/http/parse-json'
import { problemResponse } from '@/lib/http/problems'
import { readBytes } from '@/lib/http/read-body'
import { authOptions } from './options'

type Context = { params: Promise<{ nextauth: string[] }> }

// A sign-in is an email, a password and a token.
const BODY_LIMIT = 16_384

const handle = (request: NextRequest, context: Context): Promise<Response> => NextAuth(request, context, authOptions())

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

/** next-auth answers every refusal with 401; one that came too often says so, and when to come back. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params
  // Anybody could write into the operator's log by it, and our pages do not.
  if (nextauth[0] === '_log') return refuse('not_found', 'There is no such path.')
  const checked = await readSmall(request)
  if (checked instanceof DomainError) return problemResponse(checked, randomUUID())
  const response = await handle(checked, context)
  const limited = response.status === 401 && (await retryAfter(response.clone()))
  if (!limited) return response
  const headers = new Headers(response.headers)
  headers.set('retry-after', limited)
  return new Response(response.body, { status: 429, headers })
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

const refusal = z.object({ url: z.url() })

async function retryAfter(response: Response): Promise<string | null> {
  const body = refusal.safeParse(await response.json().catch(() => null))
  const url = body.success ? body.data.url : response.headers.get('location')
  const error = url && URL.canParse(url) ? new URL(url).searchParams.get('error') : null
  return error?.match(/^rate_limited:(\d+)$/)?.[1] ?? null
}
