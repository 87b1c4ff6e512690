import { AddressLimit, inMemory } from '@/lib/http/limit-address'

/** Guessing keys is hopeless anyway (178 bits); this keeps the guesses from costing the database much. */
const limit = new AddressLimit(inMemory(30), 'wrong keys')

/**
 * Counts a key that was looked up and not found. Good keys behind the same address never come here.
 * @throws DomainError rate_limited past 30 a minute
 */
export const countUnknownKey = (address: string | null): Promise<void> => limit.count(address)
