import { migrationsAreCurrent } from '@/lib/server/migrations-are-current'

export const dynamic = 'force-dynamic'

/** Ready: the database answers, and has every migration of this version. Load balancers ask it. */
export async function GET(): Promise<Response> {
  const ready = await migrationsAreCurrent().catch(() => false)
  return Response.json(
    { status: ready ? 'ok' : 'unavailable' },
    { status: ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  )
}
