import { Button } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { Time } from '@/components/ui/time'
import type { WireNotice } from '@/lib/queries/notices'

/** Subjects that an entry of the panel shows; its page has them all. */
const SHOWN = 3

type Props = {
  notice: WireNotice
  pending: boolean
  onRead: () => void
  /** It leads to its page. */
  onLeave: () => void
}

/** One notice: what happened, to what, and when. */
export function NoticeEntry({ notice, pending, onRead, onLeave }: Props) {
  const { title, subjects, path, organization, at, read_at } = notice
  const shown = subjects.slice(0, SHOWN)
  const more = notice.more + subjects.length - shown.length
  const isNew = read_at === null
  return (
    <li className="flex gap-3 border-line px-4 py-3 not-last:border-b">
      <span
        aria-hidden="true"
        className={`mt-1.5 size-2 shrink-0 rounded-full ${isNew ? 'bg-accent' : 'bg-transparent'}`}
      />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-1">
        <PageLink
          href={path}
          onClick={onLeave}
          className={`max-w-full break-words hover:underline ${isNew ? 'font-medium' : ''}`}
        >
          {isNew && <span className="sr-only">Unread: </span>}
          {title}
        </PageLink>
        {shown.map(({ text, path: own }) => (
          <p key={`${own} ${text}`} className="max-w-full break-words text-muted text-sm">
            {text}
          </p>
        ))}
        {more > 0 && <p className="text-muted text-sm">and {more.toLocaleString('en')} more</p>}
        <p className="text-muted text-sm wrap-anywhere">
          {organization.name}, <Time at={at} past />
        </p>
      </div>
      {isNew && (
        <Button size="small" disabled={pending} aria-label={`Mark as read: ${title}`} onClick={onRead}>
          Read
        </Button>
      )}
    </li>
  )
}
