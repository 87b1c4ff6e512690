import { setTimeout as sleep } from 'node:timers/promises'
import { lanes } from '@/lib/kernel/db/lanes'

/** A database that takes longer does not answer. */
const PATIENCE_MS = 2_000

/** For how long a good answer is believed. A bad one is not: what is back is to be seen at once. */
const BELIEVED_MS = 1_000

let asking: Promise<boolean> | null = null
let answered = Number.NEGATIVE_INFINITY

async function ask(): Promise<boolean> {
  const late = sleep(PATIENCE_MS, false, { ref: false })
  const answer = lanes()
    .query('SELECT 1')
    .then(
      () => true,
      () => false,
    )
  const answers = await Promise.race([answer, late])
  if (answers) answered = performance.now()
  asking = null
  return answers
}

/** Whether the database answers now, known within two seconds. All who ask at the same time share one question. */
export async function databaseAnswers(): Promise<boolean> {
  if (performance.now() - answered < BELIEVED_MS) return true
  asking ??= ask()
  return asking
}
