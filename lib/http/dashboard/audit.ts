import { FileStream } from '@/lib/contracts/bytes'
import { route } from '@/lib/http/dashboard/route'
import {
  type AuditEntry,
  auditHead,
  auditPage,
  type ExportFormat,
  exportAuditQuery,
  listAuditQuery,
} from '@/lib/kernel/audit/contract'
import { exportAudit } from '@/lib/kernel/audit/read/export'
import { mediaTypeOf, writtenAs } from '@/lib/kernel/audit/read/formats'
import { getAuditHead } from '@/lib/kernel/audit/read/get-head'
import { listAudit } from '@/lib/kernel/audit/read/list'
import { inHeavyShare } from '@/lib/kernel/db/fair-share'
import { exportPlatformAudit } from '@/lib/people/platform/audit/export'
import { getPlatformAuditHead } from '@/lib/people/platform/audit/get-head'
import { listPlatformAudit } from '@/lib/people/platform/audit/list'

const OWN = '/orgs/:org/audit'
const PLATFORM = '/platform/audit'
const FILE = { status: 200, schema: null, file: true } as const

type Share = Parameters<typeof inHeavyShare>[0]

/** Each portion waits for its turn among the searches of whoever asks: an export takes no place of other calls. */
async function* inTurns(share: Share, portions: AsyncGenerator<AuditEntry[]>): AsyncGenerator<AuditEntry[]> {
  for (;;) {
    const next = await inHeavyShare(share, () => portions.next())
    if (next.done) return
    yield next.value
  }
}

const auditFile = (name: string, format: ExportFormat, portions: AsyncIterable<AuditEntry[]>) =>
  new FileStream(mediaTypeOf(format), `audit-${name}.${format}`, writtenAs(format, portions))

/** Who changed what: in an organisation, and on the platform. */
export const auditRoutes = [
  route(
    {
      method: 'get',
      path: OWN,
      role: 'see_audit',
      query: listAuditQuery,
      reply: { status: 200, schema: auditPage },
    },
    (ctx, { query }) => listAudit(ctx, query),
  ),
  route({ method: 'get', path: `${OWN}/head`, role: 'see_audit', reply: { status: 200, schema: auditHead } }, (ctx) =>
    getAuditHead(ctx),
  ),
  route(
    { method: 'get', path: `${OWN}/export`, role: 'see_audit', query: exportAuditQuery, reply: FILE },
    (ctx, { query: { format, ...filters } }) => {
      const { id, slug } = ctx.organization
      const share = { caller: ctx.actor.user_id, organization: id }
      return auditFile(slug, format, inTurns(share, exportAudit(ctx, filters)))
    },
  ),
  route(
    {
      method: 'get',
      path: PLATFORM,
      role: 'platform_admin',
      query: listAuditQuery,
      reply: { status: 200, schema: auditPage },
    },
    (ctx, { query }) => listPlatformAudit(ctx, query),
  ),
  route(
    { method: 'get', path: `${PLATFORM}/head`, role: 'platform_admin', reply: { status: 200, schema: auditHead } },
    (ctx) => getPlatformAuditHead(ctx),
  ),
  route(
    { method: 'get', path: `${PLATFORM}/export`, role: 'platform_admin', query: exportAuditQuery, reply: FILE },
    (ctx, { query: { format, ...filters } }) => {
      const share = { caller: ctx.actor.user_id, organization: 'platform' }
      return auditFile('platform', format, inTurns(share, exportPlatformAudit(ctx, filters)))
    },
  ),
]
