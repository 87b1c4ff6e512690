import { cva } from 'class-variance-authority'

export const buttonStyle = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors aria-disabled:opacity-55 disabled:opacity-55',
  {
    variants: {
      look: {
        primary: 'bg-accent text-on-accent hover:not-aria-disabled:bg-accent-strong',
        secondary: 'border border-line bg-raised text-ink shadow-xs hover:not-aria-disabled:bg-hover',
        quiet: 'text-ink hover:not-aria-disabled:bg-hover',
        danger: 'bg-danger text-on-danger hover:not-aria-disabled:bg-danger-strong',
      },
      size: { medium: 'h-8 px-3 text-base', small: 'h-7 px-2 text-sm', icon: 'size-8' },
    },
    defaultVariants: { look: 'secondary', size: 'medium' },
  },
)
