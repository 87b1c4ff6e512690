import { cx } from 'class-variance-authority'

/** Stands for content that is on its way. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden="true" className={cx('block h-4 motion-safe:animate-pulse rounded-sm bg-hover', className)} />
)
