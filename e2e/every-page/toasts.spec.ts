import type { Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/fixtures'

const LIFE_MS = 5_000

const notifications = (page: Page) => page.getByRole('region', { name: 'Notifications' })

/** What says that the name is saved, on a page whose time the test moves. */
async function saveName(page: Page) {
  await page.clock.install()
  await page.goto('/account')
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ada King')
  await page.getByRole('button', { name: 'Save name' }).click()
  const toast = notifications(page).getByText('Saved your name.')
  await expect(toast).toBeVisible()
  return toast
}

test('what has been done is said for a while, and longer while it is pointed at', async ({ admin }) => {
  const toast = await saveName(admin)
  const count = async () => {
    await admin.clock.fastForward(LIFE_MS)
    return toast.count()
  }
  await toast.hover()
  await admin.clock.fastForward(2 * LIFE_MS)
  await expect(toast).toBeVisible()
  await admin.getByRole('heading', { level: 1 }).hover()
  await expect.poll(count).toBe(0)
})

test('F6 leads to a toast, which stays until it is dismissed, and gives the focus back', async ({ admin }) => {
  const toast = await saveName(admin)
  const name = admin.getByRole('textbox', { name: 'Your name' })
  await name.focus()
  await admin.keyboard.press('F6')
  await expect(notifications(admin)).toBeFocused()
  await admin.clock.fastForward(2 * LIFE_MS)
  await admin.keyboard.press('Tab')
  await admin.keyboard.press('Tab')
  await expect(notifications(admin).getByRole('button', { name: 'Dismiss' })).toBeFocused()
  await admin.keyboard.press('Enter')
  await expect(toast).toHaveCount(0)
  await expect(name).toBeFocused()
})
