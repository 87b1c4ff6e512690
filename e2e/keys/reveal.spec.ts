import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { chooseFromRow, createInPage, dialogOf } from '@/e2e/support/dialogs'
import { expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { hold } from '@/e2e/support/hold'
import { inBrowser } from '@/e2e/support/leaks'

const ASK = 'Close without storing the key?'

const shownKey = async (page: Page) => {
  const dialog = dialogOf(page)
  const field = dialog.getByLabel('API key', { exact: true })
  await dialog.getByRole('button', { name: 'Reveal' }).click()
  await expect(field).toHaveValue(/^lk_live_[0-9A-Za-z]{36}$/)
  return field.inputValue()
}

/** Replaces the clipboard by one that refuses, or by none, as on plain HTTP. */
const breakClipboard = (page: Page, how: 'refuses' | 'is absent') =>
  page.addInitScript((absent) => {
    const refusing = { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }
    Object.defineProperty(navigator, 'clipboard', { value: absent ? undefined : refusing })
  }, how === 'is absent')

for (const how of ['refuses', 'is absent'] as const) {
  test(`when the clipboard ${how}, nothing is said to be copied and the key is selected`, async ({
    page,
    admin,
    workspace,
  }) => {
    await breakClipboard(page, how)
    await admin.goto(keysPath(workspace))
    const dialog = await createInPage(admin, 'no clipboard')
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click()
    await expect(dialog).toContainText('press Ctrl+C')
    await expect(dialog.getByText('Copied')).toHaveCount(0)
    await expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled()
    expect(await admin.evaluate(() => getSelection()?.toString())).toMatch(/^lk_live_[0-9A-Za-z]{36}$/)
    await dialog.getByRole('checkbox', { name: 'I stored it' }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(dialog).toBeHidden()
  })
}

test('a part of the key copied by hand is not taken for the key, and the whole is', async ({ adminAtList: admin }) => {
  const dialog = await createInPage(admin, 'by hand')
  const field = dialog.getByLabel('API key', { exact: true })
  const key = await shownKey(admin)
  const copyUpTo = async (end: number) => {
    await field.focus()
    await field.evaluate((input: HTMLInputElement, to) => input.setSelectionRange(0, to), end)
    await admin.keyboard.press('ControlOrMeta+c')
  }
  await copyUpTo(key.length - 1)
  await expect(dialog.getByRole('checkbox', { name: 'I stored it' })).not.toBeChecked()
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled()
  await copyUpTo(key.length)
  await expect(dialog.getByRole('checkbox', { name: 'I stored it' })).toBeChecked()
})

test('the key is hidden until it is asked for, and hidden again', async ({ adminAtList: admin }) => {
  const dialog = await createInPage(admin, 'masked')
  const field = dialog.getByLabel('API key', { exact: true })
  await expect(field).toHaveValue(/•{30}$/)
  await expect(dialog.getByRole('tabpanel')).toContainText('•')
  const key = await shownKey(admin)
  expect(key).toMatch(/^lk_live_[0-9A-Za-z]{36}$/)
  await expect(dialog.getByRole('tabpanel')).toContainText(key)
  await dialog.getByRole('button', { name: 'Hide' }).click()
  await expect(field).toHaveValue(/•{30}$/)
  expect(await dialog.evaluate((element) => element.outerHTML)).not.toContain(key)
})

test('the key can be verified, tried in three languages, and downloaded', async ({ adminAtList: admin }) => {
  const dialog = await createInPage(admin, 'CRM, nightly sync')
  await dialog.getByRole('button', { name: 'Verify now' }).click()
  await expect(dialog).toContainText('200: GET /api/v1/me knows it as “CRM, nightly sync”.')
  const key = await shownKey(admin)
  for (const [tab, text] of [
    ['Python', 'urlopen('],
    ['JavaScript', 'await fetch('],
    ['curl', 'curl -X POST'],
  ] as const) {
    await dialog.getByRole('tab', { name: tab }).click()
    // By its name: the one that leaves is there for a moment longer.
    const panel = dialog.getByRole('tabpanel', { name: tab })
    await expect(panel).toContainText(text)
    await expect(panel).toContainText(key)
  }
  const download = admin.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download .env' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('crm-nightly-sync.env')
  expect(await readFile(await file.path(), 'utf8')).toBe(`LATCHKEY_API_KEY=${key}\n`)
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeEnabled()
})

test('Esc, the cross, Back and a press outside do not lose the key: they ask, or do nothing', async ({
  adminAtList: admin,
}) => {
  const dialog = await createInPage(admin, 'kept')
  const key = await shownKey(admin)
  const asked = admin.getByRole('dialog', { name: ASK })
  const leave = {
    esc: () => admin.keyboard.press('Escape'),
    cross: () => dialog.getByRole('button', { name: 'Close', exact: true }).click(),
    back: () => admin.evaluate(() => history.back()),
  }
  for (const way of [leave.esc, leave.back, leave.back, leave.cross]) {
    await way()
    await expect(asked).toBeVisible()
    await asked.getByRole('button', { name: 'Back to the key' }).click()
    await expect(asked).toBeHidden()
    await expect(dialogOf(admin).getByLabel('API key', { exact: true })).toHaveValue(key)
  }
  await admin.mouse.click(5, 5)
  await expect(dialogOf(admin).getByLabel('API key', { exact: true })).toHaveValue(key)
  await leave.esc()
  await asked.getByRole('button', { name: 'Close and lose it' }).click()
  await expect(admin.getByRole('dialog')).toHaveCount(0)
  expect(await inBrowser(admin, key.slice(8))).toEqual([])
})

test('a reload asks first, and afterwards there is neither the key nor a second form', async ({
  adminAtList: admin,
}) => {
  await createInPage(admin, 'reloaded')
  const key = await shownKey(admin)
  const question = admin.waitForEvent('dialog')
  const reloaded = admin.reload()
  const asked = await question
  expect(asked.type()).toBe('beforeunload')
  await asked.accept()
  await reloaded
  await expect(admin.getByRole('link', { name: 'reloaded' })).toBeVisible()
  await expect(admin.getByRole('dialog')).toHaveCount(0)
  expect(await inBrowser(admin, key.slice(8))).toEqual([])
})

test('once it is stored, it closes without a question, the focus returns, and Back stays in the product', async ({
  adminAtList: admin,
}) => {
  const dialog = await createInPage(admin, 'stored')
  const key = await shownKey(admin)
  await dialog.getByRole('checkbox', { name: 'I stored it' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(admin.getByRole('dialog')).toHaveCount(0)
  await expect(admin.getByRole('button', { name: 'Create API Key' })).toBeFocused()
  expect(await inBrowser(admin, key.slice(8))).toEqual([])
  await admin.goBack()
  await expect(admin.getByRole('dialog')).toHaveCount(0)
})

test('the focus stays on the button that the first key moves', async ({ adminAtList: admin }) => {
  const answer = await hold(admin, '**/api/dashboard/orgs/*/keys?*')
  const dialog = await createInPage(admin, 'the first')
  await dialog.getByRole('checkbox', { name: 'I stored it' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  const create = admin.getByRole('button', { name: 'Create API Key' })
  await expect(create).toBeFocused()
  answer()
  await expect(admin.getByRole('link', { name: 'the first' })).toBeVisible()
  await expect(create).toBeFocused()
})

test('a double click makes one key', async ({ adminAtList: admin }) => {
  let sent = 0
  admin.on('request', (request) => {
    if (request.method() === 'POST') sent++
  })
  const answer = await hold(admin, '**/api/dashboard/orgs/*/keys')
  await admin.getByRole('button', { name: 'Create API Key' }).click()
  const dialog = dialogOf(admin)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('once')
  await dialog.getByRole('button', { name: 'Create key' }).dblclick()
  answer()
  await expect(dialog).toContainText('This is the only time')
  expect(sent).toBe(1)
})

test('a rotation that is being made cannot be closed, so that nothing else begins before its key is shown', async ({
  adminAtList: admin,
  workspace,
}) => {
  await makeKey(admin, workspace.slug, { name: 'to rotate' })
  await admin.reload()
  const dialog = await chooseFromRow(admin, 'to rotate', 'Rotate')
  const release = await hold(admin, '**/rotate')
  await dialog.getByRole('button', { name: 'Rotate key' }).click()
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeDisabled()
  await admin.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(dialog.getByRole('button', { name: 'Rotating…' })).toBeVisible()
  release()
  await expect(dialog).toHaveAccessibleName('The new key of “to rotate”')
  await admin.keyboard.press('Escape')
  await expect(admin.getByRole('dialog', { name: ASK })).toBeVisible()
})
