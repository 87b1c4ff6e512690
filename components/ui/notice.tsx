import { cva, type VariantProps } from 'class-variance-authority'
import type { ReactNode } from 'react'

const noticeStyle = cva('flex flex-col items-start gap-2 rounded-md px-3 py-2.5', {
  variants: {
    look: {
      neutral: 'bg-hover text-ink',
      warning: 'bg-warn-soft text-ink',
      danger: 'bg-danger-soft text-ink',
      good: 'bg-good-soft text-ink',
    },
  },
  defaultVariants: { look: 'neutral' },
})

type Props = VariantProps<typeof noticeStyle> & { title?: ReactNode; role?: 'alert' | 'status'; children?: ReactNode }

/** Something the reader should know before going on. */
export function Notice({ look, title, role, children }: Props) {
  return (
    <div role={role} className={noticeStyle({ look })}>
      {title && <p className="font-medium">{title}</p>}
      {children}
    </div>
  )
}
