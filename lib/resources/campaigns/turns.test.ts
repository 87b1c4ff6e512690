import { expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { carryOutCampaignRound, manyReaders, useCampaigns } from '@/lib/testing/campaigns'
import { gatherRecipients } from '@/lib/work/campaigns/gather'
import { sendBatch } from '@/lib/work/campaigns/send-batch'

const { setUp, moveOn } = await useCampaigns()

test('a campaign that cannot go on keeps those of nobody else waiting', async () => {
  const broken = await setUp(['ada@example.com'])
  await broken.act('start')
  await moveOn()
  const { act, show } = await setUp(['bob@example.com'], { environment: 'test' })
  await act('start')
  const { template_id } = broken
  await prisma().templateVersion.updateMany({ where: { template_id }, data: { variables: 'none' } })
  await expect(carryOutCampaignRound()).rejects.toThrow(`Campaigns that failed: ${broken.id}.`)
  expect(await show()).toMatchObject({ status: 'finished', figures: { sent: 1 } })
  expect(await broken.act('cancel')).toMatchObject({ figures: { sent: 0 } })
})

test.each([
  ['is long', `{{ unsubscribe_url }}${'x'.repeat(99_000)}`],
  ['takes long to write', '{{ unsubscribe_url }}{% for n in (1..60000) %}{% endfor %}'],
])('a campaign whose mail %s is written in pieces, between which others have their turn', async (_, text) => {
  const { act, id } = await setUp(manyReaders(90), { environment: 'test', template: { html: null, text } })
  await act('start')
  await gatherRecipients(id)
  const written = await sendBatch(prisma(), id)
  expect(written).toBeGreaterThan(0)
  expect(written).toBeLessThan(90)
  expect(await prisma().campaignRecipient.count({ where: { campaign_id: id, status: 'sent' } })).toBe(written)
})
