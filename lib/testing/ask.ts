import type { z } from 'zod'
import type { Operation } from '@/lib/contracts/operation'
import type { Problem } from '@/lib/contracts/problem'
import { callApi, readProblem } from '@/lib/testing/call'

type Sent = { key: string; params?: Record<string, string>; query?: Record<string, string>; body?: unknown }

/** Calls an operation of the API as its contract writes it. */
export function send(operation: Pick<Operation, 'method' | 'path'>, { key, params = {}, query, body }: Sent) {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
  const search = query ? `?${new URLSearchParams(query)}` : ''
  return callApi(path + search, { method: operation.method.toUpperCase(), key, body })
}

type Replying<Schema extends z.ZodType> = Pick<Operation, 'method' | 'path'> & { reply: { schema: Schema } }

/** The reply of an operation, read by its own schema; an error where it refuses. */
export async function ask<Schema extends z.ZodType>(
  operation: Replying<Schema>,
  sent: Sent,
): Promise<z.output<Schema>> {
  const response = await send(operation, sent)
  if (!response.ok) throw new Error(await response.text())
  return operation.reply.schema.parse(await response.json())
}

/** The refusal of an operation; an error where it does not refuse. */
export async function refusal(operation: Pick<Operation, 'method' | 'path'>, sent: Sent): Promise<Problem> {
  return readProblem(await send(operation, sent))
}
