import { randomUUID } from 'node:crypto'
import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { z } from 'zod'
import { problemResponse, toDomainError } from '@/lib/http/problems'
import { checkAsked } from './asked'
import { authOptions } from './options'

type Context = { params: Promise<{ nextauth: string[] }> }

/** next-auth behind a check of all that it is asked; where it fails all the same, it answers as everything of ours. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  try {
    const { nextauth } = await context.params
    const asked = await checkAsked(request, nextauth.join('/'))
    return sayWhenToComeBack(await NextAuth(asked, context, authOptions()))
  } catch (error) {
    const request_id = randomUUID()
    return problemResponse(toDomainError(error, request_id), request_id)
  }
}

export { handle as GET, handle as POST }

/** next-auth answers every refused sign-in with 401; one that came too often says so, and when to come back. */
async function sayWhenToComeBack(response: Response): Promise<Response> {
  const seconds = response.status === 401 ? await retryAfter(response.clone()) : null
  if (seconds === null) return response
  const headers = new Headers(response.headers)
  headers.set('retry-after', seconds)
  return new Response(response.body, { status: 429, headers })
}

const refusal = z.object({ url: z.url() })

async function retryAfter(response: Response): Promise<string | null> {
  const body = refusal.safeParse(await response.json().catch(() => null))
  const url = body.success ? body.data.url : response.headers.get('location')
  const error = url && URL.canParse(url) ? new URL(url).searchParams.get('error') : null
  return error?.match(/^rate_limited:(\d+)$/)?.[1] ?? null
}
