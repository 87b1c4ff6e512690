import type { ReactNode } from 'react'

/** A table that scrolls within itself where it is too wide, by keyboard too. */
export const ScrollingTable = ({ children }: { children: ReactNode }) => (
  <section
    aria-label="Table"
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    tabIndex={0}
    className="my-4 overflow-x-auto rounded-md border border-line"
  >
    <table className="w-full text-left [&_td]:px-3 [&_td]:py-2 [&_td]:align-top [&_th]:px-3 [&_th]:py-2 [&_th]:font-medium [&_th]:first-letter:uppercase [&_thead]:bg-subtle [&_tr:not(:first-child)]:border-line [&_tr:not(:first-child)]:border-t [&_tbody_tr]:border-line [&_tbody_tr]:border-t">
      {children}
    </table>
  </section>
)
