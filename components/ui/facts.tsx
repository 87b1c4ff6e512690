import { cva, type VariantProps } from 'class-variance-authority'
import type { ReactNode } from 'react'

const listStyle = cva('', {
  variants: {
    look: {
      columns: 'grid gap-x-8 gap-y-4 sm:grid-cols-2',
      lines: 'divide-y divide-line border-line border-y',
      compact: 'grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[max-content_1fr]',
    },
    wide: { true: 'lg:grid-cols-4', false: '' },
  },
})

const factStyle = cva('min-w-0', {
  variants: {
    look: {
      columns: '',
      lines:
        'scroll-mt-16 py-2.5 target:bg-accent-soft sm:grid sm:grid-cols-[12rem_minmax(0,1fr)] sm:items-baseline sm:gap-4 md:scroll-mt-4',
      compact: 'contents max-sm:block',
    },
  },
})

const valueStyle = cva('break-words', {
  variants: { look: { columns: '', lines: 'flex min-w-0 flex-wrap items-center justify-between gap-2', compact: '' } },
})

type Fact = {
  name: string
  /** Shown in the place of the name. */
  label?: ReactNode
  value: ReactNode
  /** What can be done about it. */
  action?: ReactNode
  /** An address leads to it. */
  id?: string
}

type Props = {
  facts: readonly Fact[]
  /** `columns`: side by side; `lines`: one below the other; `compact`: the same, small. */
  look: NonNullable<VariantProps<typeof listStyle>['look']>
  /** Columns: four where there is room, not two. */
  wide?: boolean
}

/** What is known of one thing, each fact with its name. */
export const Facts = ({ facts, look, wide = false }: Props) => (
  <dl className={listStyle({ look, wide })}>
    {facts.map(({ name, label = name, value, action, id }) => (
      <div key={name} id={id} className={factStyle({ look })}>
        <dt className={look === 'columns' ? 'text-muted text-sm' : 'break-words text-muted'}>{label}</dt>
        <dd className={valueStyle({ look })}>
          {look === 'lines' ? <div className="min-w-0">{value}</div> : value}
          {action}
        </dd>
      </div>
    ))}
  </dl>
)
