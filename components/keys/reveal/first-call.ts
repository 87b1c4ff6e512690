import type { SampleCall } from '@/lib/contracts/samples/sample-call'

/** The first call of a new key, as its owner may paste it. */
export const firstCall = (origin: string, key: string): SampleCall => ({
  method: 'POST',
  url: `${origin}/api/v1/test`,
  key,
  replies: true,
  variables: [],
})
