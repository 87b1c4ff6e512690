import type { ReactNode, RefObject } from 'react'

type Props = {
  title: string
  /** Gets the focus where what had it is gone. */
  heading?: RefObject<HTMLHeadingElement | null>
  /** Below the title. */
  children?: ReactNode
  /** What can be done here. */
  actions?: ReactNode
}

/** The head of a page: what it is, and what can be done on it. */
export const PageHead = ({ title, heading, children, actions }: Props) => (
  <div className="flex flex-wrap items-start justify-between gap-3">
    <div className="min-w-0">
      <h1 ref={heading} tabIndex={heading && -1} className="break-words font-semibold text-xl outline-none">
        {title}
      </h1>
      {children}
    </div>
    {actions}
  </div>
)
