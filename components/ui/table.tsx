import type { ReactNode } from 'react'

type Props = { caption: string; columns: readonly string[]; actions?: boolean; children: ReactNode }

/** A table whose rows are cards on narrow screens. Put `Row` and `Cell` in it. */
export const Table = ({ caption, columns, actions, children }: Props) => (
  <table className="w-full border-collapse text-left">
    <caption className="sr-only">{caption}</caption>
    <thead className="max-lg:sr-only">
      <tr className="border-line border-b text-muted text-sm">
        {columns.map((column) => (
          <th key={column} scope="col" className="px-2 py-2 font-normal">
            {column}
          </th>
        ))}
        {actions && (
          <th scope="col" className="w-px">
            <span className="sr-only">Actions</span>
          </th>
        )}
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
)

export const Row = ({ children }: { children: ReactNode }) => (
  <tr className="relative border-line border-b max-lg:grid max-lg:grid-cols-2 max-lg:gap-x-4 max-lg:gap-y-2 max-lg:py-3">
    {children}
  </tr>
)

/** The first cell: what the row is about. */
export const HeadCell = ({ children }: { children: ReactNode }) => (
  <td className="min-w-0 px-2 py-2 max-lg:col-span-2 max-lg:py-0 max-lg:pr-12">{children}</td>
)

export const Cell = ({ label, children }: { label: string; children: ReactNode }) => (
  <td className="min-w-0 px-2 py-2 max-lg:py-0">
    <span aria-hidden="true" className="block text-muted text-xs lg:hidden">
      {label}
    </span>
    {children}
  </td>
)

export const ActionsCell = ({ children }: { children: ReactNode }) => (
  <td className="px-2 py-2 text-right max-lg:absolute max-lg:top-2 max-lg:right-0 max-lg:p-0">{children}</td>
)
