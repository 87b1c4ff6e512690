import type { Page } from '@playwright/test'
import { dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect } from '@/e2e/support/fixtures'
import type { Workspace } from '@/e2e/support/workspace'

export const membersPath = ({ slug }: Workspace) => `/orgs/${slug}/settings/members`

/** Invites by the page; the link that it shows. */
export async function inviteInPage(page: Page, email: string, role = 'Member'): Promise<string> {
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = dialogOf(page)
  await dialog.getByRole('textbox', { name: 'Email' }).fill(email)
  await dialog.getByRole('radio', { name: role, exact: true }).click()
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialogOf(page)).toBeHidden()
  return link
}

/** Invites by the API, for tests that are not about inviting. */
export async function invite(page: Page, { slug }: Workspace, email: string): Promise<{ id: string; link: string }> {
  const body = { email, role: 'read_only_admin', developer: true, accept_unproven_email: true }
  const reply = await dashboard(page, slug).send('POST', '/invitations', body)
  expect(reply.status(), await reply.text()).toBe(201)
  return reply.json()
}

export const newEmail = () => `${crypto.randomUUID()}@e2e.test`

export async function chooseFromMember(page: Page, name: string, action: string) {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
  return dialogOf(page)
}
