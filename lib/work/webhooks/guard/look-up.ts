import { promises as dns } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { SECOND_MS } from '@/lib/base/time'

/**
 * Looks a name up at servers of names alone: no file of this machine has a say. Unlike the system's own look-up it waits on
 * sockets, not in one of few threads: names whose servers hang hold up nothing else.
 */
export const lookUpBy =
  (resolver: dns.Resolver): LookupFunction =>
  (host, _, callback) => {
    void Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]).then(([four, six]) => {
      const found = [
        ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
        ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
      ]
      if (found.length > 0) callback(null, found)
      else callback(Object.assign(new Error(`${host} could not be found.`), { code: 'ENOTFOUND' }), '')
    })
  }

export const lookUp = lookUpBy(new dns.Resolver({ timeout: 3 * SECOND_MS, tries: 2 }))
