import { cx } from 'class-variance-authority'
import { PageLink } from '@/components/ui/page-link'
import type { DrawnStates } from '@/lib/docs/states'

type Props = {
  drawing: DrawnStates
  /** The page on which it stands: its own move is marked. */
  href?: string
}

/**
 * States in boxes, and an arrow for each call that leads from one to another. It is a list, and is read as one: “open:
 * complete leads to completed”.
 */
export const StateDrawing = ({ drawing: { many, field, states }, href }: Props) => (
  <figure className="my-3 rounded-md border border-line px-3 py-3">
    <figcaption className="mb-3 text-muted text-sm">
      The states of {many}, in <code className="font-mono">{field}</code>
    </figcaption>
    <ul className="flex flex-col gap-4">
      {states.map(({ name, moves }) => (
        <li key={name} className="flex flex-wrap items-start gap-x-1 gap-y-2">
          <State name={name} />
          <span className="sr-only">: </span>
          {moves.length === 0 ? (
            <span className="self-center text-muted text-sm">final</span>
          ) : (
            <ul className="flex min-w-0 flex-col gap-2 max-sm:basis-full max-sm:pl-4">
              {moves.map((move) => (
                <Move key={move.name} move={move} isHere={move.href === href} />
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  </figure>
)

const State = ({ name }: { name: string }) => (
  <code className="shrink-0 rounded-md border border-control bg-subtle px-2 py-0.5 font-mono text-sm">{name}</code>
)

const LINE = 'h-px w-3 shrink-0 bg-control'

const Move = ({
  move: { name, to, href },
  isHere,
}: {
  move: DrawnStates['states'][number]['moves'][number]
  isHere: boolean
}) => (
  <li className="flex items-center gap-1">
    <span aria-hidden="true" className={LINE} />
    <PageLink
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className={cx(
        'inline-flex min-h-6 items-center text-accent text-sm underline underline-offset-2',
        isHere && 'font-semibold',
      )}
    >
      {name}
    </PageLink>
    <span className="sr-only"> leads to </span>
    <svg aria-hidden="true" viewBox="0 0 20 8" className="h-2 w-5 shrink-0 text-control">
      <path d="M0 4h18M14 0.5 19 4 14 7.5" fill="none" stroke="currentColor" />
    </svg>
    <State name={to} />
  </li>
)
