import { startWorker } from '@/lib/kernel/jobs/worker'
// Fills the catalogue, by which what jobs append to the activities is checked.
import '@/lib/resources/register'
import { HANDLERS } from '@/lib/work/register'

/**
 * Carries out jobs in this process.
 * @param isBusy whether it has calls to answer, which go first
 * @returns ends it: what runs is finished, nothing more is taken
 */
export function work(isBusy = () => false): () => Promise<void> {
  const worker = startWorker(HANDLERS, { isBusy })
  return () => worker.stop()
}
