import { z } from 'zod'
import { ERROR_CODES } from '@/lib/base/errors'

/** The error reply of both APIs: `application/problem+json` (RFC 9457). */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(ERROR_CODES),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  key_prefix: z.string().optional(),
  required_scopes: z.array(z.string()).optional(),
  existing_id: z.string().optional(),
  request_id: z.string(),
  doc_url: z.string(),
})

export type Problem = z.output<typeof problem>
