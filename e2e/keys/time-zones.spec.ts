import { dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, test } from '@/e2e/support/fixtures'
import { clockChanges, wallTime } from '@/e2e/support/zones'
import { DAY_MS, MINUTE_MS } from '@/lib/base/time'

/** Makes a key that expires at a time of day. @returns the instant that the page promised, and the one that is stored */
async function promised(admin: import('@playwright/test').Page, slug: string, at: string) {
  await admin.getByRole('button', { name: 'Create API Key' }).click()
  const dialog = dialogOf(admin)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('zoned')
  await dialog.getByRole('radio', { name: 'Custom' }).click()
  await dialog.getByLabel('Expires at, in your time zone').fill(at)
  const hint = dialog.getByText('The key stops working on')
  await expect(hint).toContainText('UTC')
  const shown = /(\d+ \w+ \d{4}, \d\d:\d\d) UTC/.exec((await hint.textContent()) ?? '')?.[1]
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog).toContainText('This is the only time the key is shown.')
  const { data } = await (await dashboard(admin, slug).get('/keys')).json()
  return { shown: Date.parse(`${shown} UTC`), stored: Date.parse(data[0].expires_at) }
}

for (const zone of ['Pacific/Auckland', 'America/Sao_Paulo', 'Asia/Kathmandu']) {
  test.describe(zone, () => {
    test.use({ timezoneId: zone })

    test('a chosen time of day is the instant that is shown and stored', async ({ adminAtList: admin, workspace }) => {
      const instant = Math.floor((Date.now() + 60 * DAY_MS) / MINUTE_MS) * MINUTE_MS
      const { shown, stored } = await promised(admin, workspace.slug, wallTime(zone, instant))
      expect([shown, stored]).toEqual([instant, instant])
    })
  })
}

test.describe('where clocks are changed', () => {
  const zone = 'Pacific/Auckland'
  test.use({ timezoneId: zone })

  test('a time of day that does not exist is stored as the instant that is shown', async ({
    adminAtList: admin,
    workspace,
  }) => {
    const { forward } = clockChanges(zone)
    if (forward === null) throw new Error('The zone puts its clocks forward.')
    // Half an hour into the hour that is left out.
    const skipped = wallTime(zone, forward - 30 * MINUTE_MS).slice(0, 11)
    const hour = wallTime(zone, forward - 1).slice(11, 13)
    const missing = `${skipped}${String(Number(hour) + 1).padStart(2, '0')}:30`
    const { shown, stored } = await promised(admin, workspace.slug, missing)
    expect(stored).toBe(shown)
    expect(Math.abs(stored - forward)).toBeLessThanOrEqual(60 * MINUTE_MS)
  })

  test('a time of day that comes twice is stored as the instant that is shown', async ({
    adminAtList: admin,
    workspace,
  }) => {
    const { back } = clockChanges(zone)
    if (back === null) throw new Error('The zone puts its clocks back.')
    const { shown, stored } = await promised(admin, workspace.slug, wallTime(zone, back + 30 * MINUTE_MS))
    expect(stored).toBe(shown)
    expect([back - 30 * MINUTE_MS, back + 30 * MINUTE_MS]).toContain(stored)
  })
})
