import { cx } from 'class-variance-authority'
import type { ReactNode, Ref } from 'react'

type Props = {
  /** Another search or page of it was asked for; what is in sight is the last answer. */
  waiting: boolean
  /** Where a reader who turned the page goes on. */
  top: Ref<HTMLDivElement>
  children: ReactNode
}

/** What a list has answered; dimmed while the next answer is on its way. */
export const ListBody = ({ waiting, top, children }: Props) => (
  <div
    ref={top}
    tabIndex={-1}
    aria-busy={waiting}
    className={cx('flex scroll-mt-4 flex-col gap-3 outline-none transition-opacity', waiting && 'opacity-50')}
  >
    {children}
  </div>
)
