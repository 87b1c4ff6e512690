import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { campaignsContract } from '@/lib/resources/campaigns/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { callApi, visitLink } from '@/lib/testing/call'
import { letCampaignsRun, unsubscribeLinkIn, useCampaigns } from '@/lib/testing/campaigns'

const { server, setUp } = await useCampaigns()
const { operations } = campaignsContract

describe('the link to unsubscribe', () => {
  async function sent(emails = ['ada@example.com']) {
    const made = await setUp(emails)
    await made.act('start')
    await letCampaignsRun()
    return { ...made, link: unsubscribeLinkIn(server.mails[0]?.text ?? '') }
  }
  const unsubscribes = async (key: string) => (await ask(operations.listUnsubscribes, { key })).data

  test('opened by whoever looks through mails changes nothing, however often', async () => {
    const { key, link } = await sent()
    for (const method of ['GET', 'HEAD', 'GET', 'PUT', 'DELETE', 'OPTIONS']) await visitLink(link, { method })
    expect(await unsubscribes(key)).toEqual([])
    const page = await visitLink(link)
    expect(page.status).toBe(200)
    const text = await page.text()
    expect(text).toContain('<form method="post">')
    expect(text).toContain('a•••@example.com')
    expect(text).not.toContain('ada@example.com')
    expect(text).not.toContain('<script')
    expect(page.headers.get('Referrer-Policy')).toBe('same-origin')
    expect(page.headers.get('Cache-Control')).toBe('no-store')
  })

  test.each([
    ['one_click', 'List-Unsubscribe=One-Click'],
    ['page', 'by=page'],
  ])('asked by %s unsubscribes, once, and tells it to webhooks and the history', async (source, body) => {
    const { key, link, id, contacts, show, tenant } = await sent()
    for (let time = 0; time < 2; time += 1) {
      const reply = await visitLink(link, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      })
      expect([reply.status, reply.redirected]).toEqual([200, false])
      expect(await reply.text()).toContain('You are unsubscribed')
    }
    expect(await unsubscribes(key)).toMatchObject([{ email: 'ada@example.com', campaign_id: id, source }])
    const told = await prisma().activity.findMany({
      where: { ...tenant, type: 'contact.unsubscribed' },
    })
    expect(told).toMatchObject([
      { contact_id: contacts[0]?.id, actor_kind: 'contact', data: { source, campaign_id: id } },
    ])
    expect((await show()).figures.unsubscribes).toBe(1)
    expect(await (await visitLink(link)).text()).toContain('You are unsubscribed')
  })

  test('forged, changed or of a mail that is none of a campaign opens nothing', async () => {
    const { key, link } = await sent()
    const at = link.lastIndexOf('/') + 1
    const token = link.slice(at)
    const bytes = Buffer.from(token, 'base64url')
    const flipped = Array.from({ length: bytes.length }, (_, n) => {
      const copy = Buffer.from(bytes)
      copy.writeUInt8(copy.readUInt8(n) ^ 1, n)
      return copy.toString('base64url')
    })
    for (const other of [...flipped, `${token}=`, `${token}AA`, token.slice(1), 'example', '%00', 'x'.repeat(5_000)]) {
      expect((await visitLink(link.slice(0, at) + other, { method: 'POST' })).status).toBe(404)
    }
    expect(await unsubscribes(key)).toEqual([])
  })

  test('holds by the address: also for the contact who is made anew', async () => {
    const { key, link, contacts } = await sent()
    await callApi(`/contacts/${contacts[0]?.id}`, { key, method: 'DELETE' })
    expect((await visitLink(link, { method: 'POST' })).status).toBe(200)
    server.mails.length = 0
    const again = await setUp(['ada@example.com'])
    await again.act('start')
    await letCampaignsRun()
    expect(server.mails).toEqual([])
    expect(await again.show()).toMatchObject({ figures: { unsubscribed: 1 } })
  })

  test('can be taken back by a call, when they ask for mails again', async () => {
    const { key, link } = await sent()
    await visitLink(link, { method: 'POST' })
    const [made] = await unsubscribes(key)
    expect((await refusal(operations.createUnsubscribe, { key, body: { email: 'ada@example.com' } })).code).toBe(
      'already_exists',
    )
    await send(operations.deleteUnsubscribe, { key, params: { id: made?.id ?? '' } })
    expect(await unsubscribes(key)).toEqual([])
  })

  test('takes no long body', async () => {
    const { key, link } = await sent()
    expect((await visitLink(link, { method: 'POST', body: 'x'.repeat(5_000) })).status).toBe(413)
    expect(await unsubscribes(key)).toEqual([])
  })
})
