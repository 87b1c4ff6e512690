import { z } from 'zod'
import { normalizeAllowedAddress } from '@/lib/contracts/addresses/allowed-address'
import { allowsEveryAddress, EVERY_ADDRESS } from '@/lib/contracts/addresses/every-address'
import { MAX_ALLOWED_ADDRESSES } from '@/lib/keys/contract'

type AllowlistLine = { line: number; problem: string }

/** The addresses of a textarea with one to a line, and what is wrong with which line. Empty lines say nothing. */
export function parseAllowlist(text: string): { addresses: string[]; problems: AllowlistLine[] } {
  const addresses = new Set<string>()
  const problems: AllowlistLine[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const result = normalizeAllowedAddress(line.trim())
    if ('problem' in result) problems.push({ line: index + 1, problem: result.problem })
    else addresses.add(result.address)
    if (addresses.size === MAX_ALLOWED_ADDRESSES + 1) {
      problems.push({ line: index + 1, problem: `At most ${MAX_ALLOWED_ADDRESSES} addresses.` })
    }
  }
  if (problems.length === 0 && allowsEveryAddress([...addresses])) {
    problems.push({ line: text.trimEnd().split('\n').length, problem: EVERY_ADDRESS })
  }
  return { addresses: [...addresses], problems }
}

/** Such a textarea, checked. */
export const allowlistText = z
  .string()
  .refine((text) => parseAllowlist(text).problems.length === 0, 'Mend the lines below.')
