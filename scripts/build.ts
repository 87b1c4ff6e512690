import '@/lib/server/process/prepare-environment'
import { ensureClient, ensurePages } from '@/lib/server/build/build'
import { failure, reportStep } from '@/lib/server/process/report'

/** What `npm start` would build, made beforehand: for images, and for machines that start often. */
const { signal } = new AbortController()

try {
  await reportStep('build', async (progress) => {
    await ensureClient({ signal, progress })
    const { made, folder } = await ensurePages({ signal, progress })
    return { text: made ? `made ${folder}` : 'current', result: undefined }
  })
} catch (error) {
  failure(error)
  process.exitCode = 1
}
