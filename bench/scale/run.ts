import { disconnect } from '@/lib/kernel/db/client'
import { openClient } from '@/lib/kernel/db/session'
import { flushLastUses } from '@/lib/keys/authenticate/last-use'
import { flushUsage } from '@/lib/keys/usage/record'
import { spawnProduct, stop } from '@/lib/testing/product'
import type { Databases, Tell } from './databases'
import { measure, type Result, type Sides } from './measure'
import { explain, tellingPlans } from './plans'
import { line } from './report'
import { entering, inProcess, overHttp, Side } from './side'
import { admit, type Visitors } from './visitors'
import { everything } from './what/what'

type Run = {
  databases: Databases
  /** Signs cookies and cursors of the products and of this process. */
  secret: string
  /** A part of the names of what is measured; all where absent. */
  only: string | undefined
  tell: Tell
}

async function withProducts<Result>(
  { databases, secret, tell }: Run,
  work: (urls: { small: string; large: string }) => Promise<Result>,
): Promise<Result> {
  const start = (url: string) => spawnProduct({ DATABASE_URL: url, AUTH_SECRET: secret, REQUIRE_HTTPS: 'false' })
  tell('starting the product on both')
  const small = start(databases.small)
  try {
    const smallUrl = await small.ready()
    const large = start(databases.large)
    try {
      return await work({ small: smallUrl, large: await large.ready() })
    } finally {
      await stop(large)
    }
  } finally {
    await stop(small)
  }
}

/** With what the database did for each that fell short, where our role may know that. */
async function withPlans(results: Result[], { databases, secret, tell }: Run, visitors: Visitors): Promise<Result[]> {
  const short = results.filter(({ kept, what, status }) => !kept && status > 0 && !what.page).map(({ what }) => what)
  if (short.length === 0) return results
  const url = tellingPlans(databases.superuser)
  try {
    await (await openClient({ connectionString: url })).end()
  } catch (error) {
    tell(`No plans: ${error}`)
    return results
  }
  const side = new Side(inProcess(visitors), entering(url, secret))
  const plans = await explain(short, side)
  return results.map((result) => ({ ...result, plan: result.plan ?? plans.get(result.what) }))
}

/** Measures all, one after the other, on both sides in turns, and explains what fell short. */
export async function measureAll(run: Run): Promise<Result[]> {
  const { databases, secret, only = '', tell } = run
  const enter = { small: entering(databases.small, secret), large: entering(databases.large, secret) }
  await enter.large()
  const visitors = { small: await admit(databases.small, secret), large: await admit(databases.large, secret) }
  const results: Result[] = []
  await withProducts(run, async (urls) => {
    const sideOf = (name: keyof Sides) => new Side(overHttp(urls[name], visitors[name]), enter[name])
    const sides = { small: sideOf('small'), large: sideOf('large') }
    for (const what of everything().filter(({ group, asked }) => `${group} ${asked}`.includes(only))) {
      const result = await measure(what, sides)
      if (!result) continue
      results.push(result)
      tell(line(result))
    }
  })
  const explained = await withPlans(results, run, visitors.large)
  for (const leave of [flushUsage, flushLastUses, disconnect]) await leave()
  return explained
}
