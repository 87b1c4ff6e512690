import { Notice } from '@/components/ui/notice'

/** Says why somebody sees no webhooks here. */
export const WebhooksClosed = ({ reason }: { reason: string }) => (
  <div className="flex max-w-2xl flex-col gap-5">
    <h1 className="font-semibold text-xl">Webhooks</h1>
    <Notice title="This page is closed to you">
      <p>{reason}</p>
    </Notice>
  </div>
)
