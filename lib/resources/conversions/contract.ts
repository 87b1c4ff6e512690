import { z } from 'zod'
import { text } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'

/** As an order or a payment is named elsewhere. */
const externalId = {
  input: text(200)
    .min(1, 'At least 1 character.')
    .refine((value) => value.trim() === value, 'Leave out the spaces around it.'),
  shown: z.string(),
}

const moment = r.moment()

export const conversionRows = r.defineRows({
  one: 'conversion',
  fields: {
    id: r.idField(),
    name: r.fixed(r.required(r.line(100), { example: 'order' })),
    amount: r.fixed(
      r.optional(r.minorUnits(), { example: 12_500, description: 'In the smallest unit of the currency: 125.00 EUR.' }),
    ),
    currency: r.fixed(r.optional(r.currency(), { example: 'EUR', description: 'ISO 4217; with an amount only.' })),
    occurred_at: {
      ...r.kept(moment),
      create: moment.input.optional().meta({ description: 'Now, where it is absent.' }),
    },
    contact_id: r.fixed(r.reference({ table: 'contacts', one: 'contact', gone: 'clear' })),
    campaign_id: r.fixed(r.reference({ table: 'campaigns', one: 'campaign', gone: 'clear' })),
    external_id: r.fixed(
      r.optional(externalId, {
        example: 'shop.example.com/orders/1815',
        description: 'Your own name of it, once in your organisation and environment: sent again it is counted once.',
      }),
    ),
    created_at: r.kept(moment),
  },
  filters: {
    name: r.equal(r.line(100)),
    contact_id: r.equal(r.idKind()),
    campaign_id: r.equal(r.idKind()),
    external_id: r.equal(externalId),
    occurred_after: r.later('occurred_at'),
    occurred_before: r.earlier('occurred_at'),
  },
  sorts: ['occurred_at', 'created_at'],
  unique: [{ columns: ['external_id'], told: 'Another conversion has this external_id.' }],
  activities: {
    subject: 'conversion',
    create: 'conversion.created',
    remove: 'conversion.deleted',
    contact: 'contact_id',
    facts: { name: 'name', amount: 'amount', currency: 'currency', campaign_id: 'campaign_id' },
  },
})

/** An amount without its currency is no value, nor is a currency without an amount. */
const conversion = conversionRows.createBody.superRefine(({ amount = null, currency = null }, issues) => {
  if ((amount === null) === (currency === null)) return
  const [path, message] = amount === null ? ['amount', 'Say the amount, too.'] : ['currency', 'Say the currency, too.']
  issues.addIssue({ code: 'custom', path: [path], message })
})

export const conversionsContract = r.defineResource({
  name: 'conversions',
  description:
    'What your mails have led to: an order, a sign-up, with what it was worth, for which contact, after which campaign. A conversion is a fact: it is recorded or deleted, never changed.',
  actions: { read: 'Read conversions', write: 'Record and delete conversions' },
  rows: [conversionRows],
  operations: {
    list: r.listOf(conversionRows, 'conversions:read'),
    create: {
      ...r.createOf(conversionRows, 'conversions:write'),
      summary: 'Record a conversion',
      description:
        'With an `external_id` that is known the answer is the conversion that there is, where the request says the same of it; where it says something else, it is refused, and `existing_id` names that one. A request without `occurred_at` says nothing of it.',
      body: conversion,
      again: 'The conversion with this external_id, which was recorded before.',
    },
    get: r.getOf(conversionRows, 'conversions:read'),
    delete: { ...r.removeOf(conversionRows, 'conversions:write'), description: 'It counts in no figure any more.' },
  },
})
