import '@/lib/server/process/prepare-environment'
import { runCli } from '@/lib/cli/run-cli'

process.exit(await runCli(process.argv.slice(2)))
