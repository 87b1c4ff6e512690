import { Hono } from 'hono'
import { writeReply } from '@/lib/contracts/encode'
import type { OrganizationEnvironment } from '@/lib/http/dashboard/environment'
import { json, pathId, query } from '@/lib/http/dashboard/input'
import { shownOnce } from '@/lib/http/dashboard/shown-once'
import { auditPage, historyQuery } from '@/lib/kernel/audit/contract'
import {
  apiKey,
  createdKey,
  createKeyInput,
  editKeyInput,
  keyConcerns,
  keyShownOnce,
  mintPlaygroundKeyInput,
  revokedKeys,
  revokeKeyInput,
  revokeKeysInput,
  rotateKeyInput,
  searchedKeys,
  searchKeysQuery,
} from '@/lib/keys/contract'
import { createKey } from '@/lib/keys/life/create'
import { deleteKey } from '@/lib/keys/life/delete'
import { mintPlaygroundKey } from '@/lib/keys/life/playground/mint'
import { reactivateKey } from '@/lib/keys/life/revocation/reactivate'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { revokeKeys } from '@/lib/keys/life/revocation/revoke-many'
import { rotateKey } from '@/lib/keys/life/rotate'
import { updateKey } from '@/lib/keys/life/update'
import { countConcerns } from '@/lib/keys/read/count-concerns'
import { getKey } from '@/lib/keys/read/get'
import { keyHistory } from '@/lib/keys/read/history'
import { searchKeys } from '@/lib/keys/read/search'
import { usageOfKey } from '@/lib/keys/read/usage-of-key'
import { keyUsage } from '@/lib/keys/usage/contract'

const target = (id: string) => pathId(id, 'API key')

/** `/orgs/:org/keys`: the settings pages' way to the key verbs. */
export const keyRoutes = new Hono<OrganizationEnvironment>()
  .get('/', query(searchKeysQuery), async (c) =>
    c.json(writeReply(searchedKeys, await searchKeys(c.var.member, c.req.valid('query')))),
  )
  .post('/', json(createKeyInput), async (c) =>
    c.json(
      writeReply(keyShownOnce, await shownOnce(c, c.req.valid('json'), (ctx) => createKey(ctx, c.req.valid('json')))),
      201,
    ),
  )
  .post('/playground', json(mintPlaygroundKeyInput), async (c) =>
    c.json(writeReply(createdKey, await mintPlaygroundKey(c.var.member, c.req.valid('json'))), 201),
  )
  .get('/concerns', async (c) => c.json(writeReply(keyConcerns, await countConcerns(c.var.member))))
  .post('/revoke', json(revokeKeysInput), async (c) =>
    c.json(writeReply(revokedKeys, await revokeKeys(c.var.member, c.req.valid('json')))),
  )
  .get('/:id', async (c) => c.json(writeReply(apiKey, await getKey(c.var.member, target(c.req.param('id'))))))
  .get('/:id/usage', async (c) =>
    c.json(writeReply(keyUsage, await usageOfKey(c.var.member, target(c.req.param('id'))))),
  )
  .get('/:id/history', query(historyQuery), async (c) => {
    const input = { ...target(c.req.param('id')), ...c.req.valid('query') }
    return c.json(writeReply(auditPage, await keyHistory(c.var.member, input)))
  })
  .patch('/:id', json(editKeyInput), async (c) => {
    const { seen, ...changes } = c.req.valid('json')
    const input = { ...target(c.req.param('id')), changes, seen }
    return c.json(writeReply(apiKey, await updateKey(c.var.member, input)))
  })
  .delete('/:id', async (c) => {
    await deleteKey(c.var.member, target(c.req.param('id')))
    return c.body(null, 204)
  })
  .post('/:id/revoke', json(revokeKeyInput), async (c) => {
    const input = { ...target(c.req.param('id')), ...c.req.valid('json') }
    return c.json(writeReply(apiKey, await revokeKey(c.var.member, input)))
  })
  .post('/:id/reactivate', async (c) =>
    c.json(writeReply(apiKey, await reactivateKey(c.var.member, target(c.req.param('id'))))),
  )
  .post('/:id/rotate', json(rotateKeyInput), async (c) => {
    const input = { ...target(c.req.param('id')), ...c.req.valid('json') }
    return c.json(
      writeReply(keyShownOnce, await shownOnce(c, c.req.valid('json'), (ctx) => rotateKey(ctx, input))),
      201,
    )
  })
