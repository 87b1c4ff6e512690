import { z } from 'zod'

/** What `scripts/test-e2e.ts` tells the tests. */
export const environment = z
  .object({
    E2E_BASE_URL: z.url(),
    E2E_DATABASE_URL: z.string(),
    E2E_ADMIN_DATABASE_URL: z.string(),
    E2E_DATA_DIR: z.string(),
    E2E_LOG: z.string(),
    E2E_AUTH_SECRET: z.string(),
    DEMO_PASSWORD: z.string(),
    /** How many times slower the processor is to seem to the pages. */
    E2E_CPU_SLOWDOWN: z.coerce.number().min(1).default(1),
    /** Whether pages are looked at also between the widths at which their layout changes. */
    E2E_EVERY_WIDTH: z.stringbool().default(false),
  })
  .parse(process.env, { error: () => 'Run the browser tests with `npm run test:e2e`.' })
