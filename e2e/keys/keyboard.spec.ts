import type { Locator, Page } from '@playwright/test'
import { dialogOf } from '@/e2e/support/dialogs'
import { expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'

/** The name of what has the focus. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
  })

test('"/" searches and "n" opens the form, but not while typing, and not when switched off', async ({
  admin,
  workspace,
}) => {
  await makeKey(admin, workspace.slug)
  await admin.goto(keysPath(workspace))
  await expect(admin.getByRole('button', { name: 'Create API Key' })).toBeEnabled()
  const search = admin.getByRole('searchbox')
  await admin.keyboard.press('/')
  await expect(search).toBeFocused()
  await admin.keyboard.type('n/')
  await expect(search).toHaveValue('n/')
  await expect(admin.getByRole('dialog')).toHaveCount(0)
  await search.fill('')
  await search.blur()
  await admin.keyboard.press('n')
  await expect(dialogOf(admin)).toBeVisible()
  await admin.keyboard.press('Escape')
  await expect(admin.getByRole('dialog')).toHaveCount(0)

  await admin.getByRole('button', { name: /^Account/ }).click()
  await admin.getByRole('menuitemcheckbox', { name: 'Single-key shortcuts' }).click()
  await admin.keyboard.press('Escape')
  await admin.getByRole('heading', { name: 'API keys' }).click()
  await admin.keyboard.press('n')
  await admin.keyboard.press('/')
  await expect(search).not.toBeFocused()
  await expect(admin.getByRole('dialog')).toHaveCount(0)
})

/** Tabs on until `target` has the focus. */
async function tabTo(page: Page, target: Locator) {
  await target.waitFor()
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target}; it leads to ${await focused(page)}.`)
}

test('a key is made, read and revoked with the keyboard alone', async ({ adminAtList: admin, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { keyboard } = admin
  await tabTo(admin, admin.getByRole('button', { name: 'Create API Key' }))
  await keyboard.press('Enter')
  const dialog = dialogOf(admin)
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await keyboard.type('by keyboard')
  await tabTo(admin, dialog.getByRole('checkbox', { name: '(contacts:read)' }))
  await keyboard.press('Space')
  await expect(dialog.getByRole('checkbox', { name: '(contacts:read)' })).toBeChecked()
  await tabTo(admin, dialog.getByRole('radio', { name: 'No expiry' }))
  await keyboard.press('ArrowRight')
  await expect(dialog.getByRole('radio', { name: '1 hour' })).toBeChecked()
  await tabTo(admin, dialog.getByRole('button', { name: 'Create key' }))
  await keyboard.press('Enter')
  await expect(dialog).toContainText('This is the only time')
  await tabTo(admin, dialog.getByRole('button', { name: 'Reveal' }))
  await keyboard.press('Enter')
  await expect(dialog.getByLabel('API key', { exact: true })).toHaveValue(/^lk_live_\w{36}$/)
  await tabTo(admin, dialog.getByRole('button', { name: 'Copy', exact: true }).first())
  await keyboard.press('Enter')
  // Done opens only when the clipboard has answered.
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeEnabled()
  await tabTo(admin, dialog.getByRole('button', { name: 'Done' }))
  await keyboard.press('Enter')
  await expect(admin.getByRole('dialog')).toHaveCount(0)
  await expect(admin.getByRole('button', { name: 'Create API Key' })).toBeFocused()

  await tabTo(admin, admin.getByRole('button', { name: 'Actions for by keyboard' }))
  await keyboard.press('Enter')
  await expect(admin.getByRole('menuitem', { name: 'Edit' })).toBeFocused()
  await keyboard.press('ArrowDown')
  await keyboard.press('ArrowDown')
  await expect(admin.getByRole('menuitem', { name: 'Revoke' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused()
  await keyboard.type('no mouse')
  await tabTo(admin, dialog.getByRole('button', { name: 'Revoke key' }))
  await keyboard.press('Enter')
  await expect(admin.getByRole('row', { name: 'by keyboard' })).toContainText('Revoked')
})

test('the row menu works by arrows; closing a dialog returns the focus to where it came from', async ({
  admin,
  workspace,
}) => {
  await makeKey(admin, workspace.slug, { name: 'mine' })
  await admin.goto(keysPath(workspace))
  const trigger = admin.getByRole('button', { name: 'Actions for mine' })
  await trigger.focus()
  await admin.keyboard.press('Enter')
  await expect(admin.getByRole('menuitem', { name: 'Edit' })).toBeFocused()
  await admin.keyboard.press('ArrowDown')
  await admin.keyboard.press('ArrowDown')
  await expect(admin.getByRole('menuitem', { name: 'Revoke' })).toBeFocused()
  await admin.keyboard.press('Enter')
  const dialog = dialogOf(admin)
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused()
  await admin.keyboard.press('Escape')
  await expect(admin.getByRole('dialog')).toHaveCount(0)
  await expect(trigger).toBeFocused()
})

test('the focus stays in the dialog', async ({ adminAtList: admin }) => {
  await admin.getByRole('button', { name: 'Create API Key' }).click()
  const dialog = dialogOf(admin)
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused()
  for (let presses = 0; presses < 40; presses++) {
    await admin.keyboard.press('Tab')
    const inside = await dialog.evaluate((element) => element.contains(document.activeElement))
    const guard = await admin.evaluate(() => document.activeElement?.hasAttribute('data-base-ui-focus-guard') ?? false)
    expect(inside || guard, `the focus is on ${await focused(admin)}`).toBe(true)
  }
})

test('"Skip to the page" is the first stop, and times tell their instant when focused', async ({
  admin,
  workspace,
}) => {
  await makeKey(admin, workspace.slug, { name: 'timed', expires_in_hours: 48 })
  await admin.goto(keysPath(workspace))
  await admin.keyboard.press('Tab')
  expect(await focused(admin)).toBe('Skip to the page')
  await admin.keyboard.press('Enter')
  await expect(admin.getByRole('main')).toBeFocused()
  await admin.getByRole('row', { name: 'timed' }).getByText('in 2 days').focus()
  await expect(admin.getByText(/^\d{1,2} \w+ \d{4}(,| at) \d\d:\d\d UTC$/)).toBeVisible()
})
