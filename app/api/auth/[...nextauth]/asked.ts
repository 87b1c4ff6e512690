import { NextRequest } from 'next/server'
import { z } from 'zod'
import { DomainError, notFound } from '@/lib/base/errors'
import { runtime } from '@/lib/base/node/runtime'
import { parseJson } from '@/lib/http/body/parse-json'
import { OPEN_LIMIT, readBytes } from '@/lib/http/body/read-body'
import { cookieName } from '@/lib/http/session-cookie'
import { validate, validateQuery } from '@/lib/http/validate'
import { singleSignOn } from '@/lib/people/sign-in/single-sign-on'
import { OIDC } from './oidc'

/** Where to go afterwards, whole: next-auth fails on what is no address, and on letters that no header takes. */
const address = z
  .string()
  .max(2_000)
  .refine((text) => /^(\/|https?:\/\/)/i.test(text) && URL.canParse(text, runtime().appUrl), 'Send a path of ours.')
  .transform((text) => new URL(text, runtime().appUrl).href)

const callbackUrl = address.optional()
/** A code of next-auth's, or of ours with the seconds to wait. */
const error = z
  .string()
  .regex(/^\w{1,50}(:\d{0,5})?$/, 'There is no such error.')
  .optional()
const token = { csrfToken: z.string().optional(), callbackUrl, json: z.string().optional() }

const NOTHING = z.strictObject({})
/** In query and body alike. */
const RETURN = z.strictObject({ callbackUrl })
const REFUSED = z.strictObject({ callbackUrl, error, csrf: z.string().optional() })
const CONFIRM = z.strictObject(token)

type Asked = { query: z.ZodType; body?: z.ZodType }

/** What our pages and the provider ask of next-auth. It knows more paths, and answers bad inputs with errors of its own. */
const PATHS: Record<string, { GET?: Asked; POST?: Asked }> = {
  csrf: { GET: { query: RETURN } },
  session: { GET: { query: RETURN } },
  // Where next-auth itself leads to, with what went wrong; from there to our own page.
  error: { GET: { query: REFUSED } },
  signin: { GET: { query: REFUSED } },
  signout: { GET: { query: REFUSED }, POST: { query: NOTHING, body: CONFIRM } },
  'callback/credentials': {
    POST: { query: NOTHING, body: z.strictObject({ ...token, email: z.string(), password: z.string() }) },
  },
  [`signin/${OIDC}`]: {
    // next-auth hands the provider whatever stands in the query.
    POST: {
      query: z.strictObject({ prompt: z.literal('login').optional(), max_age: z.literal('0').optional() }),
      body: CONFIRM,
    },
  },
  // What a provider says beside code and state is its own affair.
  [`callback/${OIDC}`]: { GET: { query: z.looseObject({ callbackUrl }) } },
}

/**
 * The request as next-auth may see it: a path, a method, a query and a body that it expects, and nothing else.
 * @throws DomainError not_found, method_not_allowed, invalid_request, validation_failed, payload_too_large,
 * unsupported_media_type, malformed_json
 */
export async function checkAsked(request: NextRequest, path: string): Promise<NextRequest> {
  const methods = Object.hasOwn(PATHS, path) ? PATHS[path] : undefined
  if (!methods || (path.endsWith(`/${OIDC}`) && !singleSignOn())) throw notFound('path')
  const asked = request.method === 'GET' ? methods.GET : request.method === 'POST' ? methods.POST : undefined
  if (!asked) {
    const allow = Object.keys(methods)
    throw new DomainError('method_not_allowed', `This path has ${allow.join(', ')}.`, { allow })
  }
  checkCookie(request)
  const url = new URL(request.nextUrl.pathname, runtime().appUrl)
  url.search = new URLSearchParams(strings.parse(validateQuery(asked.query, request.nextUrl.searchParams))).toString()
  if (!asked.body) return new NextRequest(url, { headers: request.headers })
  const body = JSON.stringify(validate(asked.body, await readFields(request)))
  const headers = new Headers(request.headers)
  headers.set('Content-Type', 'application/json')
  headers.delete('Content-Length')
  return new NextRequest(url, { method: 'POST', headers, body })
}

const strings = z.record(z.string(), z.string())

/** next-auth keeps the last address in a cookie, and fails at every call as long as that is none. */
function checkCookie(request: NextRequest) {
  const name = cookieName('callback')
  const kept = request.cookies.get(name)?.value
  if (kept && !address.safeParse(kept).success) {
    throw new DomainError('invalid_request', `The cookie ${name} holds no address. Remove it.`)
  }
}

async function readFields(request: NextRequest): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(request, OPEN_LIMIT))
  const type = request.headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json') return parseJson(text)
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(text))
  throw new DomainError('unsupported_media_type', 'Send the fields as a form or as JSON.')
}
