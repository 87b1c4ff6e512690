import { expect, test } from 'vitest'
import { AddressLimit, inDatabase } from '@/lib/http/limit-address'
import { useTestDatabase } from '@/lib/testing/database'
import { unusedId } from '@/lib/testing/fixtures'
import { countStatements } from '@/lib/testing/statements'

useTestDatabase()

const ADDRESS = '2001:db8:17::1'

/** What a process counts under a name. */
const processOf = (name: string) => new AddressLimit(inDatabase(name, 5), 'answers')

const outcomes = (limits: AddressLimit[], address = ADDRESS) =>
  Promise.all(
    limits.map((limit) =>
      limit.count(address).then(
        () => 'taken',
        ({ code }) => code,
      ),
    ),
  )

test('what the database counts is limited for all processes together, also where they ask at once', async () => {
  const name = unusedId()
  const limits = [processOf(name), processOf(name)]
  const all = (await Promise.all(Array.from({ length: 5 }, () => outcomes(limits)))).flat()
  expect(all.toSorted()).toEqual([...Array(5).fill('rate_limited'), ...Array(5).fill('taken')])
  expect(await outcomes(limits, '2001:db8:17::ffff:1')).toEqual(['rate_limited', 'rate_limited'])
  expect(await outcomes(limits, '2001:db8:18::1')).toEqual(['taken', 'taken'])
})

test('what is used up is refused without the database, however often it is asked for', async () => {
  const limit = processOf(unusedId())
  const flood = (times: number) => outcomes(Array(times).fill(limit))
  await flood(5)
  expect(await countStatements(() => flood(10_000))).toBe(0)
})
