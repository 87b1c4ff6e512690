import type { ReactNode } from 'react'

type Props = { level: 2 | 3; id: string; children: ReactNode }

const LOOKS = {
  2: 'mt-9 mb-3 text-lg',
  3: 'mt-6 mb-2 text-base',
} as const

/** A heading that can be linked to: it is the link itself. */
export function AnchoredHeading({ level, id, children }: Props) {
  const Heading = `h${level}` as const
  return (
    <Heading id={id} className={`scroll-mt-16 font-semibold md:scroll-mt-4 ${LOOKS[level]}`}>
      <a href={`#${id}`} className="hover:underline">
        {children}
      </a>
    </Heading>
  )
}
