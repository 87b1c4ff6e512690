/** What resources use of the rows; everything else in this folder is how it works inside. */
export type { OperationInput as InputOf } from '@/lib/contracts/operation'
export { inPlainTransaction } from '@/lib/kernel/db/plain-transaction'
export { change } from '@/lib/kernel/rows/change'
export type { RowContext } from '@/lib/kernel/rows/context'
export { create } from '@/lib/kernel/rows/create'
export { get } from '@/lib/kernel/rows/get'
export { hold } from '@/lib/kernel/rows/hold'
export {
  type FullContext,
  implement,
  inOneTransaction,
  serve,
  type TransactionContext,
  withDatabase,
} from '@/lib/kernel/rows/implement'
export { move } from '@/lib/kernel/rows/move'
export type { Order } from '@/lib/kernel/rows/order'
export { own } from '@/lib/kernel/rows/own'
export { type PageQuery, paged } from '@/lib/kernel/rows/paged'
export { remove } from '@/lib/kernel/rows/remove'
export { again, type RowReply } from '@/lib/kernel/rows/reply'
export { begins } from '@/lib/kernel/rows/search'
export { join, type Sql, sql } from '@/lib/kernel/rows/sql'
export { type RowTable, table } from '@/lib/kernel/rows/table'
export { uuidv7 } from '@/lib/kernel/rows/uuid'
