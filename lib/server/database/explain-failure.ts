import { codeOf, StartError } from '@/lib/server/process/start-error'

/** Where a connection goes, in words: what a sentence about it needs. Holds no password. */
export type DatabaseTarget = {
  /** The variable that names it. */
  variable: string
  host: string
  port: number
  database: string
  role: string
}

type Sentence = (target: DatabaseTarget, message: string) => string

const at = ({ host, port }: DatabaseTarget) => `${host}:${port}`

const unanswered: Sentence = (target) =>
  `${at(target)} does not answer. Check ${target.variable}, and that no firewall stands between.`
const noPostgres: Sentence = (target) =>
  `What listens on ${at(target)} does not speak as Postgres does. Correct ${target.variable}.`
const untrusted: Sentence = (target, message) =>
  `The certificate of ${at(target)} is not trusted (${message}). Name its authority in ${target.variable}: ?sslmode=verify-full&sslrootcert=/path/ca.pem`

/** By the code of the system, of Node's TLS or of Postgres (SQLSTATE). */
const BY_CODE: Record<string, Sentence> = {
  ECONNREFUSED: (target) => `Nothing listens on ${at(target)}. Start Postgres there, or correct ${target.variable}.`,
  ENOTFOUND: (target) => `There is no host ${target.host}. Correct ${target.variable}.`,
  EAI_AGAIN: (target) =>
    `The name ${target.host} cannot be looked up. Check ${target.variable}, and the name server of this machine.`,
  ENOENT: (target) =>
    `There is no Postgres socket or certificate where ${target.variable} says. Start Postgres there, or correct it.`,
  EACCES: (target) => `This user may not open what ${target.variable} names. Run as another, or correct it.`,
  ETIMEDOUT: unanswered,
  EHOSTUNREACH: unanswered,
  ENETUNREACH: unanswered,
  ECONNRESET: noPostgres,
  EPROTO: noPostgres,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_HAS_EXPIRED: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted,
  '28P01': (target) =>
    `Postgres on ${at(target)} does not take the password of ${target.role}. Correct ${target.variable}.`,
  '28000': (target) =>
    `Postgres on ${at(target)} does not let the role ${target.role} in from here. Allow it in pg_hba.conf; where only encrypted connections are allowed, add ?sslmode=verify-full to ${target.variable}.`,
  '3D000': (target) =>
    `There is no database ${target.database} on ${at(target)}. Make it (createdb ${target.database}), or correct ${target.variable}.`,
  '42501': (target) =>
    `The role ${target.role} may not use the database ${target.database} on ${at(target)}. Let its owner run: GRANT CONNECT ON DATABASE "${target.database}" TO "${target.role}"`,
  '53300': (target) =>
    `Postgres on ${at(target)} has no connection left. Raise its max_connections, or end what holds them.`,
  '57P03': (target) => `Postgres on ${at(target)} is just starting or stopping. Start again in a moment.`,
}

/** What the driver says without a code. */
const BY_MESSAGE: [pattern: RegExp, sentence: Sentence][] = [
  [/timeout/i, unanswered],
  [/terminated unexpectedly|received invalid response|error establishing an SSL/i, noPostgres],
  [
    /does not support SSL/i,
    (target) => `Postgres on ${at(target)} offers no encryption. Take sslmode out of ${target.variable}.`,
  ],
  [
    /password must be a/i,
    (target) => `Postgres on ${at(target)} asks for a password, and ${target.variable} has none. Add it.`,
  ],
]

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message || error.name : String(error)).split('\n')[0]?.trim() ?? ''

/** Why a connection could not be made, in one sentence with the remedy. */
export function explainConnection(error: unknown, target: DatabaseTarget): StartError {
  const message = firstLine(error)
  const code = codeOf(error)
  const sentence = (code !== undefined && BY_CODE[code]) || BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1]
  if (sentence) return new StartError(sentence(target, message))
  return new StartError(`The database on ${at(target)} cannot be used (${message}). Check ${target.variable}.`)
}

/** What stops work of any kind, by the code of the system or of Postgres. */
const MACHINE: Record<string, string> = {
  ENOSPC: 'The disk is full. Make room, then start again.',
  EDQUOT: 'The disk quota of this user is used up. Make room, then start again.',
  EROFS: 'The disk is read-only. Set DATA_DIR to a folder that can be written to.',
  EMFILE: 'This process may open no more files. Raise its limit (ulimit -n), then start again.',
  ENOMEM: 'The machine has no memory left. Free some, then start again.',
  '53100': 'The disk of the database is full. Make room there, then start again.',
  '53200': 'The database has no memory left. Give it more, then start again.',
  '25006': 'The database is read-only. Make it writable, or name the primary in DATABASE_URL.',
  '57P01': 'The database was shut down meanwhile. Start again when it is back.',
  '57P03': 'The database is just starting or stopping. Start again in a moment.',
  ECONNREFUSED: 'The database went away meanwhile. Start again when it is back.',
  ECONNRESET: 'The database went away meanwhile. Start again when it is back.',
}

function codesOf(error: unknown): string[] {
  const own = codeOf(error)
  const cause = error instanceof Error && error.cause !== undefined ? codesOf(error.cause) : []
  return own === undefined ? cause : [own, ...cause]
}

/** A sentence for what the machine or the database did, in place of the error; any other error as it is. */
export function explain(error: unknown): unknown {
  if (error instanceof StartError) return error
  const sentence = codesOf(error).flatMap((code) => MACHINE[code] ?? [])[0]
  return sentence === undefined ? error : new StartError(sentence)
}

/** The reason that Postgres gives for refusing a statement, without what follows it. */
export const reasonOf = firstLine
