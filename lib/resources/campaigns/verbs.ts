import { DomainError } from '@/lib/base/errors'
import {
  change,
  create,
  get,
  implement,
  inOneTransaction,
  paged,
  remove,
  serve,
  sql,
  table,
} from '@/lib/kernel/rows/kit'
import {
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
  scheduleCampaign,
  sendTestOfCampaign,
  startCampaign,
  unscheduleCampaign,
} from '@/lib/resources/campaigns/begin'
import { campaignsContract } from '@/lib/resources/campaigns/contract'
import { campaigns, recipients } from '@/lib/resources/campaigns/table'
import { unsubscribeRows } from '@/lib/resources/campaigns/unsubscribes/contract'

const { operations } = campaignsContract

const unsubscribes = table(unsubscribeRows, { given: ['source'] })

const A_DRAFT = {
  holds: sql`t.status = 'draft'`,
  otherwise: new DomainError('wrong_state', 'Only a draft is changed. Unschedule this campaign, or make another.'),
}

const NEVER_STARTED = {
  holds: sql`t.started_at IS NULL`,
  otherwise: new DomainError('wrong_state', 'This campaign was started: it stays on record.'),
}

export const campaignsApi = serve(campaignsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, campaigns, query)),
  implement(operations.create, (ctx, { body }) => create(ctx, campaigns, body)),
  implement(operations.get, (ctx, { params }) => get(ctx, campaigns, params)),
  implement(operations.update, (ctx, { params, body }) => change(ctx, campaigns, params, body, [A_DRAFT])),
  implement(operations.delete, (ctx, { params }) => remove(ctx, campaigns, params, [NEVER_STARTED])),
  implement(operations.schedule, inOneTransaction(scheduleCampaign)),
  implement(operations.unschedule, inOneTransaction(unscheduleCampaign)),
  implement(operations.start, inOneTransaction(startCampaign)),
  implement(operations.pause, inOneTransaction(pauseCampaign)),
  implement(operations.resume, inOneTransaction(resumeCampaign)),
  implement(operations.cancel, inOneTransaction(cancelCampaign)),
  implement(operations.test, inOneTransaction(sendTestOfCampaign)),
  implement(operations.listRecipients, (ctx, { params, query }) =>
    paged(ctx, recipients, query, { campaign_id: params.id }),
  ),
  implement(operations.listUnsubscribes, (ctx, { query }) => paged(ctx, unsubscribes, query)),
  implement(operations.createUnsubscribe, (ctx, { body }) => create(ctx, unsubscribes, { ...body, source: 'api' })),
  implement(operations.getUnsubscribe, (ctx, { params }) => get(ctx, unsubscribes, params)),
  implement(operations.deleteUnsubscribe, (ctx, { params }) => remove(ctx, unsubscribes, params)),
])
