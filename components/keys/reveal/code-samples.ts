import type { SampleCall } from '@/lib/contracts/samples/sample-call'

/** The first call of a new key, as its owner may paste it. */
export const firstCall = (origin: string, key: string): SampleCall => ({
  method: 'POST',
  url: `${origin}/api/v1/test`,
  key,
  replies: true,
  variables: [],
})

/** The key with everything after its prefix hidden, of the same length. */
export const maskKey = (key: string, key_prefix: string): string =>
  key_prefix + '•'.repeat(Math.max(0, key.length - key_prefix.length))

/** A name for the downloaded file, made from the key's: "zapier-leads-sync.env". */
export function envFileName(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return `${slug.slice(0, 60) || 'latchkey'}.env`
}

export const envFile = (key: string): string => `LATCHKEY_API_KEY=${key}\n`
