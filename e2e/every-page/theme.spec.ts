import { expect, keysPath, test } from '@/e2e/support/fixtures'

test('the theme follows the system until it is chosen, and then from the first byte of the page', async ({
  adminAtList: admin,
  workspace,
}) => {
  const background = () => admin.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const light = await background()
  await admin.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(background).not.toBe(light)
  await admin.getByRole('button', { name: /^Account/ }).click()
  await admin.getByRole('menuitemradio', { name: 'Light' }).click()
  await expect.poll(background).toBe(light)
  await admin.keyboard.press('Escape')
  const source = await (await admin.request.get(keysPath(workspace))).text()
  expect(source).toMatch(/<html[^>]* data-theme="light"/)
  await admin.reload()
  expect(await background()).toBe(light)
})
