import { Notice } from '@/components/ui/notice'
import { PageHead } from '@/components/ui/page-head'

/** What stands in a page's place for somebody who may not see it. */
export const ClosedPage = ({ title, reason }: { title: string; reason: string }) => (
  <div className="flex max-w-2xl flex-col gap-5">
    <PageHead title={title} />
    <Notice title="This page is closed to you">
      <p>{reason}</p>
    </Notice>
  </div>
)
