import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EventList } from '@/components/docs/guide/event-list'
import { GuidePage } from '@/components/docs/guide/guide-page'
import { ErrorReference } from '@/components/docs/reference/error-reference'
import { PlanTable } from '@/components/docs/reference/plan-table'
import { ScopeTable } from '@/components/docs/reference/scope-table'
import { runtime } from '@/lib/base/node/runtime'
import { eventExamples } from '@/lib/docs/event-examples'
import { findGuide, WRITTEN_ORIGIN } from '@/lib/docs/guides'
import { withText } from '@/lib/docs/markdown'
import { neighbours } from '@/lib/docs/navigation'
import { errorGroups, planRows, scopeGroups } from '@/lib/docs/tables'

type Props = { params: Promise<{ guide: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const guide = await findGuide((await params).guide)
  return guide ? { title: guide.title, description: guide.lead } : {}
}

export default async function Page({ params }: Props) {
  const guide = await findGuide((await params).guide)
  if (!guide) notFound()
  const { title, headings, href } = guide
  const body = withText(guide.body, WRITTEN_ORIGIN, runtime().appUrl)
  const drawn = {
    scopes: <ScopeTable groups={scopeGroups()} />,
    errors: <ErrorReference groups={errorGroups()} />,
    events: <EventList groups={eventExamples()} />,
    plans: <PlanTable rows={planRows()} />,
  }
  return <GuidePage guide={{ title, headings, body }} drawn={drawn} neighbours={await neighbours(href)} />
}
