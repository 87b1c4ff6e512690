import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

/** Thrown for wrong environment variables; its message names each one, says why, and shows an example. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError'
}

const address = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `not an address that starts with ${protocols.join(' or ')}//`,
    )
const postgres = address('postgres:', 'postgresql:')

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']
const secured = address('https:', 'http:').refine(
  (value) => !URL.canParse(value) || new URL(value).protocol === 'https:' || LOOPBACK.includes(new URL(value).hostname),
  'not https, which anything but this machine must have',
)

const cidrs = z
  .string()
  .transform((value) => value.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.string().refine((value) => isIP(value) > 0 || ipaddr.isValidCIDR(value), 'not an address or CIDR')))

/** Variables that mean nothing without each other. */
const TOGETHER = [
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
  ['SMTP_URL', 'MAIL_FROM'],
] as const

const fields = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).meta({ example: '3000' }),
  HOST: z.string().optional().meta({ example: '0.0.0.0' }),
  DATABASE_URL: postgres.optional().meta({ example: 'postgresql://latchkey:secret@localhost:5432/latchkey' }),
  MIGRATION_DATABASE_URL: postgres.optional().meta({ example: 'postgresql://owner:secret@localhost:5432/latchkey' }),
  DATABASE_PREPARED: z
    .enum(['on', 'off'])
    .default('on')
    .transform((value) => value === 'on')
    .meta({ example: 'off' }),
  DATA_DIR: z.string().default('.data').meta({ example: '.data' }),
  AUTH_SECRET: z
    .string()
    .min(32, 'shorter than 32 characters')
    .optional()
    .meta({ example: '$(openssl rand -base64 32)' }),
  APP_URL: address('http:', 'https:').optional().meta({ example: 'https://keys.example.com' }),
  REQUIRE_HTTPS: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .meta({ example: 'true' }),
  TRUSTED_PROXIES: cidrs.default([]).meta({ example: '10.0.0.0/8,127.0.0.1' }),
  KEY_BRAND: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,9}$/, 'not a letter and 1 to 9 of a-z and 0-9')
    .default('lk')
    .meta({ example: 'lk' }),
  DEMO_PASSWORD: z.string().min(8, 'shorter than 8 characters').optional().meta({ example: 'correct-horse-battery' }),
  OIDC_ISSUER: secured.optional().meta({ example: 'https://login.example.com' }),
  OIDC_CLIENT_ID: z.string().optional().meta({ example: 'latchkey' }),
  OIDC_CLIENT_SECRET: z.string().optional().meta({ example: 'the-secret-that-the-provider-showed' }),
  SMTP_URL: address('smtp:', 'smtps:').optional().meta({ example: 'smtp://user:secret@mail.example.com:587' }),
  MAIL_FROM: z
    .string()
    .regex(
      /^([^<>@,"]+ <[^<>@,\s]+@[^<>@,\s]+>|[^<>@,\s]+@[^<>@,\s]+)$/,
      'not one address, like Latchkey <keys@example.com>',
    )
    .optional()
    .meta({ example: 'Latchkey <keys@example.com>' }),
  ALLOWED_WEBHOOK_HOSTS: z
    .string()
    .transform((value) =>
      value
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    )
    .pipe(z.array(z.string().regex(/^[a-z0-9.:-]+$/, 'not a list of host names and addresses, without ports')))
    .default([])
    .meta({ example: 'receiver.internal,127.0.0.1' }),
  GITHUB_PUBLIC_KEYS: z.string().optional().meta({ example: '/etc/latchkey/github-public-keys.json' }),
  METRICS_TOKEN: z
    .string()
    .min(16, 'shorter than 16 characters')
    .optional()
    .meta({ example: '$(openssl rand -hex 24)' }),
  ACCESS_LOG: z
    .enum(['on', 'off'])
    .default('off')
    .transform((value) => value === 'on')
    .meta({ example: 'on' }),
  WORKER: z
    .enum(['on', 'off'])
    .default('on')
    .transform((value) => value === 'on')
    .meta({ example: 'off' }),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production').meta({ example: 'production' }),
})

const environment = fields.superRefine((given, issues) => {
  for (const names of TOGETHER) {
    const missing = names.filter((name) => given[name] === undefined)
    if (missing.length === names.length) continue
    for (const name of missing) {
      issues.addIssue({
        code: 'custom',
        path: [name],
        message: `missing; set ${names.join(', ')} together or not at all`,
      })
    }
  }
})

export type EnvironmentVariables = z.output<typeof environment>

/**
 * Validates `source`. An empty value counts as unset, as in `.env` files.
 * @throws EnvironmentError
 */
export function readEnvironment(source: Record<string, string | undefined>): EnvironmentVariables {
  const given = Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== '')
  const result = environment.safeParse(Object.fromEntries(given.map(([name, value]) => [name, value?.trim()])))
  if (result.success) return result.data
  const lines = result.error.issues.map(({ path: [name], message }) => {
    const field = Object.entries(fields.shape).find(([known]) => known === name)?.[1]
    return `${String(name)}: ${message}. Example: ${String(name)}=${field?.meta()?.example}`
  })
  throw new EnvironmentError(lines.join('\n'))
}

/** What the operator set, validated once. This module is the only reader of `process.env`. */
export const env = readEnvironment(process.env)

/** next-auth and Next read these from the environment at run time, so they are put there once the port is known. */
export function publishToNextAuth(values: { appUrl: string; authSecret: string }) {
  process.env.NEXTAUTH_URL = values.appUrl
  process.env.NEXTAUTH_SECRET = values.authSecret
}
