import { randomBytes } from 'node:crypto'
import { Command } from 'commander'
import { ensureClient } from '@/lib/server/build/build'

/** `npm run bench -- --scale`: what every list, search, page, chore and change costs where there is a great deal of everything. */

const factorOf = (value: string | true | undefined): number => {
  const factor = value === true || value === undefined ? 1 : Number(value)
  if (!(factor > 0 && factor <= 10)) throw new Error('--scale takes a number above 0, up to 10.')
  return factor
}

const options = new Command('bench')
  .option('--scale [factor]', 'the size: 1 is a million keys and two million leads')
  .option('--keep <folder>', 'the data folder of the embedded database, which stays, and is used again')
  .option('--only <text>', 'measures that alone whose name has this text')
  .option('--markdown', 'prints tables for docs/performance.md')
  .parse()
  .opts<{ scale?: string | true; keep?: string; only?: string; markdown?: true }>()

const tell = (text: string) => console.error(text)
await ensureClient({ signal: new AbortController().signal, progress: tell })

// What follows needs the generated client.
const { withDatabases } = await import('./databases')
const { measureAll } = await import('./run')
const { markdown, summary } = await import('./report')

const where = { factor: factorOf(options.scale), databaseUrl: process.env.DATABASE_URL, keep: options.keep, tell }
const secret = randomBytes(32).toString('base64url')
const results = await withDatabases(where, (databases) => measureAll({ databases, secret, only: options.only, tell }))
console.log(options.markdown ? markdown(results) : `\n${summary(results)}`)
process.exitCode = results.every(({ kept }) => kept) ? 0 : 1
