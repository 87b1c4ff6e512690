import { useTestDatabase } from '@/lib/server/test-database'
import { describeKeyPaths } from '@/lib/testing/key-paths'

useTestDatabase({ hostile: true })
describeKeyPaths()
