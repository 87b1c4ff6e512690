import pg from 'pg'
import { fixSession } from '@/lib/kernel/db/session'
import { type DatabaseTarget, explainConnection } from '@/lib/server/database/explain-failure'

/** A database that does not answer by then is told, not waited for. */
const CONNECT_WITHIN_MS = 10_000

export type DatabaseConnection = { client: pg.Client; target: DatabaseTarget }

function makeClient(url: string, variable: string): pg.Client {
  try {
    return new pg.Client({
      connectionString: url,
      application_name: 'latchkey start',
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
    })
  } catch (error) {
    // The driver reads the certificates that the address names.
    const { hostname, port } = new URL(url)
    throw explainConnection(error, { variable, host: hostname, port: Number(port || 5432), database: '', role: '' })
  }
}

/**
 * A connection for what comes before the pool.
 * @param variable that names the database, for the sentence about a failure
 * @throws StartError when there is no connection within ten seconds
 */
async function connect(url: string, variable: string): Promise<DatabaseConnection> {
  const client = makeClient(url, variable)
  client.on('error', () => {})
  const { host, port, database = '', user: role = '' } = client
  const target = { variable, host, port, database, role }
  try {
    await client.connect()
    await fixSession(client)
    return { client, target }
  } catch (error) {
    await client.end().catch(() => {})
    throw explainConnection(error, target)
  }
}

/** Runs `work` with such a connection, and closes it. */
export async function withConnection<Result>(
  url: string,
  variable: string,
  work: (connection: DatabaseConnection) => Promise<Result>,
): Promise<Result> {
  const connection = await connect(url, variable)
  try {
    return await work(connection)
  } finally {
    await connection.client.end().catch(() => {})
  }
}
