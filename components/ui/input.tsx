import { cva } from 'class-variance-authority'
import type { ComponentProps } from 'react'

const controlStyle = cva(
  'w-full min-w-0 rounded-md border border-control bg-canvas px-2.5 text-base text-ink transition-colors aria-invalid:border-danger focus-visible:outline-offset-0 disabled:opacity-55',
  { variants: { kind: { line: 'h-8', text: 'min-h-16 py-1.5 leading-5' } }, defaultVariants: { kind: 'line' } },
)

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input {...props} className={controlStyle({ className })} />
}

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea {...props} className={controlStyle({ kind: 'text', className })} />
}

/** A choice of one in the browser's own menu: light enough for a form with many. */
export function NativeSelect({ className, ...props }: ComponentProps<'select'>) {
  return <select {...props} className={controlStyle({ className })} />
}
