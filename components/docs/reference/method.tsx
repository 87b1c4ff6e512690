import { cva, type VariantProps } from 'class-variance-authority'

const methodStyle = cva('inline-block shrink-0 font-mono font-medium text-xs', {
  variants: {
    kind: { reads: 'text-muted', adds: 'text-good', changes: 'text-warn', removes: 'text-danger' },
    place: { column: 'w-11', line: '' },
  },
  defaultVariants: { place: 'column' },
})

type Kind = VariantProps<typeof methodStyle>['kind']

const KINDS: Record<string, Kind> = { GET: 'reads', POST: 'adds', PUT: 'changes', PATCH: 'changes', DELETE: 'removes' }

type Props = { name: string; place?: 'column' | 'line' }

/** The method of an operation. Its colour repeats what the word says. */
export const Method = ({ name, place }: Props) => (
  <span className={methodStyle({ kind: KINDS[name] ?? 'reads', place })}>
    {name === 'DELETE' && place !== 'line' ? 'DEL' : name}
  </span>
)
