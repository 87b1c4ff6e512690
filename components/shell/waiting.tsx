import { Skeleton } from '@/components/ui/skeleton'

/** Stands where a page's content will be. `what` is read out: "the teams". */
export const Waiting = ({ what }: { what: string }) => (
  <div aria-busy="true">
    <span className="sr-only" role="status">
      Loading {what}
    </span>
    <Skeleton className="mb-3 h-7 w-40" />
    <Skeleton className="w-72" />
  </div>
)
