import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { useFollowedGuide } from './follow-guide'

const { folder, run } = useFollowedGuide()

test('the resource of the guide is in the routes, the scopes, OpenAPI and the migrations', async () => {
  const script = `
    import { drawStates } from '@/lib/docs/states'
    import { openApiDocument } from '@/lib/http/api/openapi/document'
    import { invoicesContract } from '@/lib/resources/invoices/contract'
    import { CATALOGUE, REGISTER } from '@/lib/resources/register'
    const { paths } = openApiDocument('https://keys.acme.test')
    console.log(JSON.stringify({
      paths: Object.keys(paths),
      conflicts: [paths['/contacts/{id}'].delete.responses[409].description],
      states: drawStates(invoicesContract).flatMap(({ states }) => states.flatMap(({ name, moves }) =>
        [name, ...moves.map((move) => name + ' ' + move.name + ' ' + move.to)])),
      scopes: CATALOGUE.scopes.map(({ scope }) => scope),
      activities: CATALOGUE.activity_types,
      routes: REGISTER.flatMap(({ implemented }) => implemented).map(({ operation }) => operation.method + ' ' + operation.path),
    }))`
  await writeFile(join(folder(), 'see.ts'), script)
  const stdout = await run('node_modules/.bin/tsx', 'see.ts')
  const seen = z.record(z.string(), z.array(z.string())).parse(JSON.parse(stdout))
  expect(seen.paths).toEqual(expect.arrayContaining(['/invoices', '/invoices/{id}', '/invoices/{id}/pay']))
  expect(seen.scopes).toEqual(expect.arrayContaining(['invoices:read', 'invoices:write']))
  expect(seen.activities).toEqual(expect.arrayContaining(['invoice.created', 'invoice.paid']))
  expect(seen.routes).toEqual(
    expect.arrayContaining(['get /invoices', 'patch /invoices/{id}', 'post /invoices/{id}/void']),
  )
  expect(seen.conflicts?.[0]).toContain('`in_use`')
  expect(seen.states).toEqual(['draft', 'draft send sent', 'sent', 'sent pay paid', 'sent void void', 'paid', 'void'])
  const sql = await run('sh', '-c', 'cat prisma/migrations/*_invoices/migration.sql')
  expect(sql).toContain('CREATE TABLE "invoices"')
  expect(sql).toContain('CREATE TRIGGER "invoices_version"')
}, 60_000)
