import { expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'

test('nothing moves after the first paint of the list and of a key', async ({ admin, workspace, request }) => {
  const { id, key } = await makeKey(admin, workspace.slug, { name: 'steady' })
  await request.get('/api/v1/me', { headers: { Authorization: `Bearer ${key}` } })
  await admin.goto(keysPath(workspace))
  await expect(admin.getByRole('row', { name: 'steady' }).getByRole('img')).toBeVisible()
  await admin.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if ('value' in entry) shifts.push(Number(entry.value))
    }).observe({ type: 'layout-shift', buffered: true })
  })
  for (const path of [keysPath(workspace), `${keysPath(workspace)}/${id}`]) {
    // The page has asked again for what it shows.
    const asked = admin.waitForResponse((response) => response.url().includes('/api/dashboard/'))
    await admin.goto(path)
    await asked
    await expect(admin.getByRole('heading', { level: 1 })).toBeVisible()
    const shifts = await admin.evaluate(() => ('shifts' in window ? window.shifts : null))
    expect(shifts, path).toEqual([])
  }
})
