import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'
import { uuidv7 } from '@/lib/kernel/rows/uuid'
import { AUTHENTICATE } from '@/lib/keys/authenticate/statement'
import { hashKey } from '@/lib/keys/hash'

/**
 * What a careful hand would write for one resource on the same database: the authenticating statement and one statement
 * for the work of each request, no validation, no contract. A process of its own, told the database in its environment.
 */

const pool = new pg.Pool({ connectionString: process.env.BENCH_DATABASE_URL, max: 16 })

type Decision = { organization_id: string; environment: string; id: string; key_prefix: string; refusal: string | null }
type Variables = { key: Decision }

const COLUMNS =
  'id, email, first_name, last_name, company, domain, title, phone, linkedin_url, custom_fields, created_at, updated_at'

const app = new Hono<{ Variables: Variables }>()

app.use(async (c, next) => {
  const key = c.req.header('Authorization')?.slice('Bearer '.length) ?? ''
  const { rows } = await pool.query<{ decision: Decision }>({
    name: 'authenticate',
    text: AUTHENTICATE,
    values: [[hashKey(key)], ['127.0.0.1'], [1]],
  })
  const decision = rows[0]?.decision
  if (!decision || decision.refusal) return c.json({ error: 'unauthorized' }, 401)
  c.set('key', decision)
  await next()
})

app.get('/me', (c) => c.json(c.get('key')))

app.get('/contacts', async (c) => {
  const { organization_id, environment } = c.get('key')
  const limit = Number(c.req.query('limit') ?? 25)
  const { rows } = await pool.query({
    name: 'list',
    text: `SELECT ${COLUMNS} FROM contacts WHERE organization_id = $1 AND environment = $2
      ORDER BY created_at DESC, id DESC LIMIT $3`,
    values: [organization_id, environment, limit + 1],
  })
  return c.json({ data: rows.slice(0, limit), has_more: rows.length > limit, next_cursor: null })
})

app.get('/contacts/:id', async (c) => {
  const { organization_id, environment } = c.get('key')
  const { rows } = await pool.query({
    name: 'get',
    text: `SELECT ${COLUMNS} FROM contacts WHERE organization_id = $1 AND environment = $2 AND id = $3`,
    values: [organization_id, environment, c.req.param('id')],
  })
  return rows[0] ? c.json(rows[0]) : c.json({ error: 'not_found' }, 404)
})

const TOLD = `INSERT INTO activities
  (id, organization_id, environment, type, actor_kind, actor_id, actor_label, subject_kind, subject_id, contact_id)`

app.post('/contacts', async (c) => {
  const { organization_id, environment, id, key_prefix } = c.get('key')
  const { email } = await c.req.json()
  const { rows } = await pool.query({
    name: 'create',
    text: `WITH made AS (
        INSERT INTO contacts (id, organization_id, environment, email) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}
      ), told AS (
        ${TOLD} SELECT $5, $2, $3, 'contact.created', 'key', $6::uuid, $7, 'contact', id, id FROM made
      ) SELECT * FROM made`,
    values: [uuidv7(), organization_id, environment, email, uuidv7(), id, key_prefix],
  })
  return c.json(rows[0], 201)
})

app.patch('/contacts/:id', async (c) => {
  const { organization_id, environment, id, key_prefix } = c.get('key')
  const { title } = await c.req.json()
  const { rows } = await pool.query({
    name: 'patch',
    text: `WITH made AS (
        UPDATE contacts SET title = $4, updated_at = now()
        WHERE organization_id = $1 AND environment = $2 AND id = $3 RETURNING ${COLUMNS}
      ), told AS (
        ${TOLD} SELECT $5, $1, $2, 'contact.updated', 'key', $6::uuid, $7, 'contact', id, id FROM made
      ) SELECT * FROM made`,
    values: [organization_id, environment, c.req.param('id'), title, uuidv7(), id, key_prefix],
  })
  return rows[0] ? c.json(rows[0]) : c.json({ error: 'not_found' }, 404)
})

const server = createServer(getRequestListener(app.fetch)).listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address) console.log(`ready http://127.0.0.1:${address.port}`)
})
