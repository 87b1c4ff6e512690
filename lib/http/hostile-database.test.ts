import { useOwnDatabase } from '@/lib/testing/database'
import { describeKeyPaths } from '@/lib/testing/key-paths'

useOwnDatabase({ hostile: true })
describeKeyPaths()
