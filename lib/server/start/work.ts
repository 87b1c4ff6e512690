import { startWorker } from '@/lib/kernel/jobs/worker'
// Fills the catalogue, by which what jobs append to the activities is checked.
import '@/lib/resources/register'
import { HANDLERS } from '@/lib/work/register'

/**
 * Carries out jobs in this process.
 * @returns ends it: what runs is finished, nothing more is taken
 */
export function work(): () => Promise<void> {
  const worker = startWorker(HANDLERS)
  return () => worker.stop()
}
