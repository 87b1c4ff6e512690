import type { ActingOrganization, KeyActor, Origin, Tenant } from '@/lib/kernel/actors/context'
import type { PlainTransaction } from '@/lib/kernel/db/plain-transaction'
import type { Database } from '@/lib/kernel/db/transaction'

/** A request that carries an Idempotency-Key, as the statement that does the work keeps it. */
type KeyedRequest = {
  key: string
  /** SHA-256 of what is asked. */
  fingerprint: Uint8Array<ArrayBuffer>
  /** The status of the answer that is to be remembered. */
  status: number
}

/** What the kernel is told of the request beside its input. */
export type RowRequest = {
  keyed: KeyedRequest | null
  /** The versions of which a row must have one to be changed; null: any. */
  if_match: readonly number[] | null
}

/** The context of a verb that does its work by one statement: there is nothing else to write with. */
export type RowContext = {
  actor: KeyActor
  organization: ActingOrganization
  tenant: Tenant
  origin: Origin
  request: RowRequest
  /** The transaction of a verb that does more. */
  db?: Database | PlainTransaction
}
