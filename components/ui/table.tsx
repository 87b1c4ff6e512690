import { cva } from 'class-variance-authority'
import type { ComponentProps, ReactNode } from 'react'

type Props = {
  caption: string
  columns: readonly string[]
  /** Heads a first column of checkboxes. */
  select?: ReactNode
  actions?: boolean
  children: ReactNode
}

/** A table whose rows are cards where it has no room for its columns. Put `Row` and `Cell` in it. */
export const Table = ({ caption, columns, select, actions, children }: Props) => (
  <div className="@container">
    <table className="w-full border-collapse text-left">
      <caption className="sr-only">{caption}</caption>
      <thead className="@max-table:sr-only">
        <tr className="border-line border-b text-muted text-sm">
          {select && (
            <th scope="col" className="w-px px-2 py-2">
              {select}
            </th>
          )}
          {columns.map((column) => (
            <th key={column} scope="col" className="px-2 py-2 font-normal">
              {column}
            </th>
          ))}
          {actions && (
            // As wide as a menu's button: before that has come, the other columns stand where they stay.
            <th scope="col" className="w-12">
              <span className="sr-only">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
)

const rowStyle = cva(
  'relative border-line border-b @xl:@max-table:grid-cols-4 @max-table:grid @max-table:grid-cols-2 @max-table:gap-x-4 @max-table:gap-y-2 @max-table:py-3',
  { variants: { pressable: { true: 'cursor-pointer transition-colors hover:bg-subtle', false: '' } } },
)

/** With `onClick` the whole row can be pressed; the link in it is what keyboards and screen readers use. */
export const Row = ({ onClick, children }: Pick<ComponentProps<'tr'>, 'onClick'> & { children: ReactNode }) => (
  <tr onClick={onClick} className={rowStyle({ pressable: onClick !== undefined })}>
    {children}
  </tr>
)

export const SelectCell = ({ children }: { children: ReactNode }) => (
  <td className="px-2 py-2 @max-table:absolute @max-table:top-3 @max-table:left-0 @max-table:py-0">{children}</td>
)

const headStyle = cva(
  'min-w-40 px-2 py-2 wrap-anywhere @max-table:col-span-full @max-table:min-w-0 @max-table:py-0 @max-table:pr-12',
  { variants: { selectable: { true: '@max-table:pl-10', false: '' } } },
)

/** The cell of what the row is about; `selectable` where a `SelectCell` stands before it. */
export const HeadCell = ({ selectable = false, children }: { selectable?: boolean; children: ReactNode }) => (
  <td className={headStyle({ selectable })}>{children}</td>
)

export const Cell = ({ label, children }: { label: string; children: ReactNode }) => (
  <td className="min-w-0 break-words px-2 py-2 @max-table:py-0">
    <span aria-hidden="true" className="@table:hidden block text-muted text-xs">
      {label}
    </span>
    {children}
  </td>
)

/** `wide`: buttons with words, which on a card stand below the rest. */
const actionsStyle = cva('px-2 py-2 text-right', {
  variants: {
    wide: {
      true: '@max-table:col-span-full @max-table:py-0 @max-table:text-left',
      false: '@max-table:absolute @max-table:top-2 @max-table:right-0 @max-table:p-0',
    },
  },
})

export const ActionsCell = ({ wide = false, children }: { wide?: boolean; children: ReactNode }) => (
  <td className={actionsStyle({ wide })}>{children}</td>
)
