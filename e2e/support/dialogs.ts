import type { Locator, Page } from '@playwright/test'

/** The open dialogs; a toast has the role too, and no "Close". The innermost is the last. */
export const dialogOf = (page: Page): Locator =>
  page
    .getByRole('dialog')
    .filter({ has: page.getByRole('button', { name: 'Close', exact: true }) })
    .last()

/** Opens the form, names the key, and sends it. */
export async function createInPage(page: Page, name: string, scope = 'contacts:read'): Promise<Locator> {
  await page.getByRole('button', { name: 'Create API Key' }).click()
  const dialog = dialogOf(page)
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByRole('checkbox', { name: `(${scope})` }).click()
  await dialog.getByRole('button', { name: 'Create key' }).click()
  return dialog
}

/** Chooses from the row's "⋯" menu. */
export async function chooseFromRow(page: Page, name: string, action: string): Promise<Locator> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
  return dialogOf(page)
}
