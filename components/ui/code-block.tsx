import { cx } from 'class-variance-authority'
import type { ReactNode } from 'react'

type Props = { className?: string; children: ReactNode }

/** Code as it is typed. What is too wide scrolls within it, by keyboard too. */
export const CodeBlock = ({ className, children }: Props) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <pre tabIndex={0} className={cx('overflow-x-auto font-mono text-sm', className)}>
    {children}
  </pre>
)
