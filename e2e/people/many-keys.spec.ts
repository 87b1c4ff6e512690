import type { Locator } from '@playwright/test'
import { chooseFromMember, membersPath } from '@/e2e/people/invite'
import { check } from '@/e2e/support/check-page'
import { expect, test } from '@/e2e/support/fixtures'
import { makeAccount, query, type Workspace } from '@/e2e/support/workspace'

const COUNT = 250

/** An Admin who has made more keys than a dialog shows. */
async function makeMaker(workspace: Workspace) {
  const maker = await makeAccount('Max Maker')
  await query(`INSERT INTO memberships (organization_id, user_id, role, developer) VALUES ($1, $2, 'admin', true)`, [
    workspace.id,
    maker.id,
  ])
  await query(
    `WITH made AS (
       INSERT INTO api_keys (id, organization_id, lineage_id, environment, name, key_prefix, hash, scopes, created_by)
       SELECT gen_random_uuid(), $1, gen_random_uuid(), 'live', 'job ' || i, 'lk_live_' || lpad(i::text, 6, '0'),
         sha256(gen_random_uuid()::text::bytea), '{contacts:read}', $2
       FROM generate_series(1, $3::int) AS i RETURNING id, name)
     INSERT INTO key_last_uses (key_id, used_at)
     SELECT id, now() - substr(name, 5)::int * interval '1 hour' FROM made WHERE substr(name, 5)::int <= 200`,
    [workspace.id, maker.id, COUNT],
  )
  return maker
}

const working = async (created_by: string) =>
  (
    await query<{ name: string }>(
      'SELECT name FROM api_keys WHERE created_by = $1 AND revoked_at IS NULL ORDER BY created_at, id',
      [created_by],
    )
  ).rows.map(({ name }) => name)

const ofAll = (dialog: Locator) => dialog.getByRole('group', { name: `All ${COUNT} keys` })
const ofOne = (dialog: Locator, name: string) => dialog.getByRole('group', { name: `${name} lk_live_` })

test('of a member with many keys all are kept by one press', async ({ admin, workspace }) => {
  const maker = await makeMaker(workspace)
  await admin.goto(membersPath(workspace))
  await expect(admin.getByRole('row', { name: 'Max Maker' })).toContainText(String(COUNT))
  const dialog = await chooseFromMember(admin, 'Max Maker', 'Remove')
  const remove = dialog.getByRole('button', { name: 'Remove', exact: true })
  await expect(dialog.getByText(`Max Maker made ${COUNT} keys that they could no longer make.`)).toBeVisible()
  await expect(remove).toHaveAccessibleDescription(
    'Say whether to keep or to revoke all of them; single ones may be excepted.',
  )
  await ofAll(dialog).getByRole('radio', { name: 'Keep all' }).click()
  await expect(dialog.getByText(`Keeps ${COUNT} keys.`)).toBeVisible()
  await remove.click()
  await expect(dialog).toBeHidden()
  await expect(admin.getByRole('row', { name: 'Max Maker' })).toHaveCount(0)
  expect(await working(maker.id)).toHaveLength(COUNT)
})

test('all are revoked but two, of which one is searched for', async ({ admin, workspace }) => {
  const maker = await makeMaker(workspace)
  await admin.goto(membersPath(workspace))
  const dialog = await chooseFromMember(admin, 'Max Maker', 'Remove')
  await ofAll(dialog).getByRole('radio', { name: 'Revoke all' }).click()
  await expect(dialog.getByText(`${COUNT} keys; the 100 that were used last are shown.`)).toBeVisible()
  await check(admin, 'a removal of a member with many keys')
  await ofOne(dialog, 'job 1').first().getByRole('radio', { name: 'Keep' }).click()
  await dialog.getByRole('searchbox').fill('job 250')
  await expect(dialog.getByText('1 key', { exact: true })).toBeVisible()
  await ofOne(dialog, 'job 250').getByRole('radio', { name: 'Keep' }).click()
  await expect(dialog.getByText(`Revokes ${COUNT - 2} keys, keeps 2.`)).toBeVisible()
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(dialog).toBeHidden()
  expect((await working(maker.id)).toSorted()).toEqual(['job 1', 'job 250'])
})

test('a key that is made while somebody decides to keep all is asked about', async ({ admin, workspace }) => {
  const maker = await makeMaker(workspace)
  await admin.goto(membersPath(workspace))
  const dialog = await chooseFromMember(admin, 'Max Maker', 'Remove')
  await ofAll(dialog).getByRole('radio', { name: 'Keep all' }).click()
  // The dialog asks every few seconds what there is; it hears nothing of the new key before it is sent.
  await admin.route('**/affected-keys?*', () => {})
  await query(
    `INSERT INTO api_keys (id, organization_id, lineage_id, environment, name, key_prefix, hash, created_by)
     VALUES (gen_random_uuid(), $1, gen_random_uuid(), 'live', 'late', 'lk_live_late00', sha256($2::uuid::text::bytea), $2::uuid)`,
    [workspace.id, maker.id],
  )
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(dialog.getByText('Made or changed since you looked: lk_live_late00.')).toBeVisible()
  await admin.unroute('**/affected-keys?*')
  await expect(dialog.getByText(`Keeps ${COUNT + 1} keys.`)).toBeVisible({ timeout: 10_000 })
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(dialog).toBeHidden()
  expect(await working(maker.id)).toHaveLength(COUNT + 1)
})
