import { expect, test } from '@/e2e/support/fixtures'

for (const status of [500, 503]) {
  test(`a page to which the server answers ${status} ends the test at once, and is named`, async ({ page }) => {
    await page.route('**/docs', (route) => route.fulfill({ status, body: 'Not now.' }))
    const told = new RegExp(`answered ${status} to \\S+/docs\\.`)
    await expect(page.goto('/docs')).rejects.toThrow(told)
    await expect(page.reload()).rejects.toThrow(told)
  })
}
