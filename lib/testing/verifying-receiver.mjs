// A receiver of webhooks in a process of its own, which verifies by the package of the standard. Its secret is its
// argument. It says its port, and then a line of JSON for each request: the id, and whether the signature holds.
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.argv[2])

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)

const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  let verified = null
  try {
    verified = webhook.verify(body, request.headers)
  } catch {
    // The line says so.
  }
  say({ id: request.headers['webhook-id'], type: verified?.type ?? null })
  response.writeHead(verified ? 204 : 400).end()
})
server.listen(0, '127.0.0.1', () => say({ port: server.address().port }))
