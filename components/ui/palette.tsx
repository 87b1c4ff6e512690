'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import type { ReactNode } from 'react'

type Props<Item> = {
  label: string
  placeholder: string
  open: boolean
  onClose: () => void
  query: string
  onQuery: (query: string) => void
  /** What matches the query, the best first. */
  items: readonly Item[]
  keyOf: (item: Item) => string
  /** What the input shows of an item. */
  textOf: (item: Item) => string
  onChoose: (item: Item) => void
  /** Stands between input and list, such as a failure. */
  notice?: ReactNode
  /** Read out, and shown where there is no list. */
  status: ReactNode
  children: (item: Item) => ReactNode
}

/** A dialog to find one thing among many: type, arrows, Enter. The caller searches. */
export function Palette<Item>({ label, placeholder, open, onClose, query, onQuery, items, ...props }: Props<Item>) {
  const { keyOf, textOf, onChoose, notice, status, children } = props
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup
          aria-label={label}
          className="fixed inset-x-0 top-0 z-30 mx-auto flex max-h-dvh w-full flex-col overflow-hidden bg-raised shadow-popup outline-none sm:top-[12dvh] sm:max-h-[70dvh] sm:max-w-xl sm:rounded-xl"
        >
          <Autocomplete.Root
            inline
            open
            items={items}
            filter={null}
            autoHighlight="always"
            keepHighlight
            value={query}
            onValueChange={onQuery}
            itemToStringValue={textOf}
          >
            <div className="flex shrink-0 items-center gap-2 border-line border-b px-4">
              <Search size={16} className="text-muted" />
              <Autocomplete.Input
                aria-label={label}
                placeholder={placeholder}
                className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none"
              />
              <Dialog.Close className="rounded-sm border border-line px-1.5 font-mono text-muted text-xs">
                Esc
              </Dialog.Close>
            </div>
            {notice}
            <Autocomplete.Status className="px-4 py-3 text-muted text-sm empty:hidden">{status}</Autocomplete.Status>
            <Autocomplete.List className="min-h-0 overflow-y-auto overscroll-contain p-2 empty:hidden">
              {(item: Item) => (
                <Autocomplete.Item
                  key={keyOf(item)}
                  value={item}
                  onClick={() => onChoose(item)}
                  className="flex cursor-default flex-col rounded-md px-2 py-1.5 outline-none data-highlighted:bg-hover"
                >
                  {children(item)}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
