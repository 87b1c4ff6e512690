import { z } from 'zod'
import { id, instant, text } from '@/lib/contracts/fields'
import { pageOf, pageQuery } from '@/lib/contracts/page'
import * as r from '@/lib/contracts/rows/kit'
import { keyFate, role } from '@/lib/people/members/contract'

const developer = z.boolean().meta({ description: 'The Developer permission: opens keys and webhooks in the pages.' })

const user = r.named('User', {
  id: id(),
  email: z.string(),
  name: z.string(),
  role,
  developer,
  created_at: instant().meta({ description: 'When the person became a member.' }),
})

/** Ids of keys in a query, which an address has room for. */
const MOST_EXCEPTED = 100

const removalQuery = z.strictObject({
  keys: keyFate.default('keep').meta({ description: 'What becomes of the keys in use that the user made.' }),
  except: z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(id()).max(MOST_EXCEPTED, `At most ${MOST_EXCEPTED} ids.`))
    .optional()
    .meta({ type: 'string', description: 'Ids of those keys of which the other is to become, separated by commas.' }),
})

const ofUser = { path: '/users/{id}', params: z.object({ id: id() }) } as const
const administered = { scope: 'admin', errors: ['role_forbids', 'wrong_state'] } as const

export const usersContract = r.defineResource({
  name: 'users',
  presets: ['support-read'],
  administration: true,
  description: 'The members of the organisation, the same for live and test keys. Only live keys change them.',
  actions: { read: 'Read the members of the organisation' },
  operations: {
    list: {
      method: 'get',
      path: '/users',
      scope: 'users:read',
      summary: 'List users',
      searches: ['q'],
      query: z.strictObject({
        ...pageQuery,
        role: role.optional(),
        q: text(100).min(1).optional().meta({ description: 'Part of the name or the email.' }),
      }),
      reply: { status: 200, schema: pageOf(user), description: 'A page of users, the newest accounts first.' },
    },
    get: {
      ...ofUser,
      method: 'get',
      scope: 'users:read',
      summary: 'Get a user',
      reply: { status: 200, schema: user, description: 'The user.' },
    },
    update: {
      ...ofUser,
      ...administered,
      method: 'patch',
      summary: 'Change the role or the Developer permission of a user',
      description: 'A JSON merge patch. The last Admin stays one.',
      body: z
        .strictObject({ role: role.meta({ example: 'admin' }), developer: developer.meta({ example: true }) })
        .partial(),
      reply: { status: 200, schema: user, description: 'The user as it is now.' },
    },
    delete: {
      ...ofUser,
      ...administered,
      method: 'delete',
      summary: 'Remove a user from the organisation',
      description:
        'The keys that the user made belong to the organisation and stay, unless `keys` says `revoke`: then all that are in use at that moment end with the membership. Only keys of the environment of yours are revoked, and yours never is: except it, if the user made it. The last Admin cannot be removed.',
      query: removalQuery,
      reply: { status: 204, schema: null, description: 'The user is no longer a member.' },
    },
  },
})
