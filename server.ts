import '@/lib/server/process/prepare-environment'

// Loaded only now: a wrong environment is thrown as soon as a module reads it, and must be told, not dumped.
try {
  const { start } = await import('@/lib/server/start/start')
  await start({ dev: process.argv.includes('--dev'), worker_alone: process.argv.includes('--worker') })
} catch (error) {
  const { failure } = await import('@/lib/server/process/report')
  failure(error)
  process.exit(1)
}
