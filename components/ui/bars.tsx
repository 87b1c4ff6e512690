import { cx } from 'class-variance-authority'

const HEIGHT = 16
const STEP = 4
/** Of a value that is small beside the others: it is still not nothing. */
const LEAST = 2

type Props = {
  values: readonly number[]
  /** What they say, in words: the bars are a picture. */
  label: string
  className?: string
}

/** Columns beside each other, one for each value, with heights in proportion. */
export function Bars({ values, label, className }: Props) {
  const top = Math.max(1, ...values)
  const columns = values.map((value, index) => ({
    x: index * STEP,
    value,
    height: value === 0 ? 1 : Math.max(LEAST, (value / top) * HEIGHT),
  }))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${values.length * STEP - 1} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={cx('shrink-0', className)}
    >
      {columns.map(({ x, value, height }) => (
        <rect
          key={x}
          x={x}
          y={HEIGHT - height}
          width={STEP - 1}
          height={height}
          className={value === 0 ? 'fill-line' : 'fill-accent'}
        />
      ))}
    </svg>
  )
}
