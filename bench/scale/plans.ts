import type pg from 'pg'
import { z } from 'zod'
import { bulk, pool } from '@/lib/kernel/db/client'
import { lanes } from '@/lib/kernel/db/lanes'
import type { Side } from './side'
import type { Measured } from './what/measured'

/** auto_explain tells the plan of each statement as a notice to the session that ran it. Only a superuser may ask for it. */
const SETTINGS = {
  session_preload_libraries: 'auto_explain',
  client_min_messages: 'log',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_format': 'json',
  'auto_explain.log_nested_statements': 'on',
}

const node = z.looseObject({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Actual Total Time': z.number().default(0),
  'Actual Rows': z.number().default(0),
  'Actual Loops': z.number().default(1),
  'Rows Removed by Filter': z.number().default(0),
  'Rows Removed by Index Recheck': z.number().default(0),
  get Plans() {
    return z.array(node).default([])
  },
})
type Node = z.output<typeof node>

const explained = z.object({ 'Query Text': z.string(), Plan: node })

const timeOf = (one: Node) => one['Actual Total Time'] * one['Actual Loops']

/** Without what it waited for below. */
const ownTimeOf = (one: Node) => timeOf(one) - one.Plans.reduce((sum, below) => sum + timeOf(below), 0)

const everyNode = (one: Node): Node[] => [one, ...one.Plans.flatMap(everyNode)]

const count = (number: number) => Math.round(number).toLocaleString('en')

/** The node that took longest, with the rows that went through it. */
function describeNode(one: Node): string {
  const loops = one['Actual Loops']
  const removed = (one['Rows Removed by Filter'] + one['Rows Removed by Index Recheck']) * loops
  const on = [one['Relation Name'], one['Index Name']].filter(Boolean).join(' by ')
  const kept = count(one['Actual Rows'] * loops)
  return `${one['Node Type']}${on && ` on ${on}`}, ${kept} rows${removed ? `, ${count(removed)} removed` : ''}`
}

/** What it selects says least. */
const describeQueryText = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/SELECT .+? FROM/g, 'SELECT … FROM')
    .replaceAll('"', '')
    .trim()
    .slice(0, 240)

const NOTICE = /^duration: ([\d.]+) ms\s+plan:\s*(\{.*)$/s

type Statement = { ms: number; text: string }

function read(message: string): Statement | null {
  const [, ms, json] = NOTICE.exec(message) ?? []
  if (!ms || !json) return null
  const { Plan, 'Query Text': query } = explained.parse(JSON.parse(json))
  const [longest = Plan] = everyNode(Plan).toSorted((a, b) => ownTimeOf(b) - ownTimeOf(a))
  return { ms: Number(ms), text: `${describeNode(longest)} — ${describeQueryText(query)}` }
}

const inAll = (statements: Statement[]) => statements.reduce((sum, { ms }) => sum + ms, 0)

/** The slowest statement of a run, of how many, and what it did. */
function describeStatements(statements: Statement[]): string {
  const [slowest] = statements.toSorted((a, b) => b.ms - a.ms)
  if (!slowest) return 'no statement'
  return `${slowest.ms.toFixed(0)} of ${inAll(statements).toFixed(0)} ms in ${statements.length} statements: ${slowest.text}`
}

/** The address of a database whose sessions tell the plan of every statement. */
export function tellingPlans(url: string): string {
  const told = new URL(url)
  const options = Object.entries(SETTINGS).map(([name, value]) => `-c ${name}=${value}`)
  told.searchParams.set('options', options.join(' '))
  return told.href
}

/** From the sixth time on Postgres may plan a prepared statement for any values. */
const TIMES = 6
const ENOUGH_MS = 1_000

/**
 * Runs each some more times in this process, on a side whose database tells the plans.
 * @returns what the slowest statement of each did in its slowest run
 */
export async function explain(slow: Measured[], side: Side): Promise<Map<Measured, string>> {
  await side.enter()
  let statements: Statement[] = []
  const listen = (client: pg.PoolClient) =>
    void client.on('notice', ({ message }) => {
      const statement = message ? read(message) : null
      if (statement) statements.push(statement)
    })
  for (const each of [pool(), lanes(), bulk().pool]) each.on('connect', listen)
  const found = new Map<Measured, string>()
  for (const one of slow) {
    try {
      const act = await one.prepare(side)
      const runs: Statement[][] = []
      const began = performance.now()
      while (act && runs.length < (one.changes ? 1 : TIMES) && performance.now() - began < ENOUGH_MS) {
        statements = []
        await act()
        runs.push(statements)
      }
      const [slowest = []] = runs.toSorted((a, b) => inAll(b) - inAll(a))
      found.set(one, describeStatements(slowest))
    } catch (error) {
      found.set(one, `no plan: ${error}`)
    }
  }
  return found
}
