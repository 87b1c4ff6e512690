/** A name for the downloaded file, made from the key's: "zapier-leads-sync.env". */
export function envFileName(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return `${slug.slice(0, 60) || 'latchkey'}.env`
}

export const envFile = (key: string): string => `LATCHKEY_API_KEY=${key}\n`
