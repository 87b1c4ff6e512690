import { AUDIT_ACTIONS, auditEvent, EVERY_AUDIT_EVENT } from '@/lib/contracts/audited'
import * as r from '@/lib/contracts/rows/kit'
import { auditPage, listAuditQuery } from '@/lib/kernel/audit/contract'

export const auditEventsContract = r.defineResource({
  name: 'audit_events',
  administration: true,
  description:
    'Who changed what, from where: keys, people, webhooks, policy, sign-ins. Entries are never altered or removed. All of it needs the scope admin.',
  actions: {},
  stream: { all: EVERY_AUDIT_EVENT, types: AUDIT_ACTIONS.map(auditEvent) },
  operations: {
    list: {
      method: 'get',
      path: '/audit_events',
      scope: 'admin',
      summary: 'List audit events',
      description:
        'A live key reads everything but the sandbox, a test key what was done in the sandbox. `read:all` does not open it.',
      query: listAuditQuery,
      errors: ['role_forbids'],
      reply: { status: 200, schema: auditPage, description: 'A page of the audit log, the newest entries first.' },
    },
  },
})
