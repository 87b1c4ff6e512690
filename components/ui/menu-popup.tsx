'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { cva } from 'class-variance-authority'
import { Check } from 'lucide-react'
import { type RefObject, useEffect, useRef } from 'react'
import type { MenuFocus } from '@/components/ui/menu'
import type { MenuEntry } from '@/components/ui/menu-entry'
import { PageLink } from '@/components/ui/page-link'
import { closing } from '@/components/ui/popup-button'

const itemStyle = cva(
  'flex min-h-8 cursor-default select-none flex-col justify-center rounded-md px-2 py-1 outline-none data-highlighted:bg-hover',
  { variants: { look: { plain: 'text-ink', danger: 'text-danger' } }, defaultVariants: { look: 'plain' } },
)
const markedStyle =
  'flex h-8 cursor-default select-none items-center justify-between rounded-md px-2 outline-none data-highlighted:bg-hover'

type Props = {
  button: RefObject<HTMLButtonElement | null>
  label: string
  entries: readonly MenuEntry[]
  align: 'start' | 'end'
  open: boolean
  focus: MenuFocus
  onClose: () => void
}

/** The menu of a button that stands outside of it. */
export function MenuPopup({ button, label, entries, align, open, focus, onClose }: Props) {
  return (
    <Base.Root modal={false} open={open} onOpenChange={closing(button, onClose)}>
      <Base.Portal>
        <Base.Positioner anchor={button} align={align} sideOffset={4} className="z-40">
          <Base.Popup
            aria-label={label}
            finalFocus={button}
            className="min-w-44 max-w-72 rounded-lg bg-raised p-1 shadow-popup outline-none"
          >
            <FocusOnOpen focus={focus} />
            {entries.map((entry, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries keep their places, and lines have nothing else
              <Entry key={position} entry={entry} button={button} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** Leads the focus to an entry, once the menu knows its entries and has taken the focus itself. */
function FocusOnOpen({ focus }: { focus: MenuFocus }) {
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (focus === 'menu') return
    const frame = requestAnimationFrame(() => {
      const items = place.current?.parentElement?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? []
      ;[...items].at(focus === 'first' ? 0 : -1)?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [focus])
  return <span ref={place} hidden />
}

function Entry({ entry, button }: { entry: MenuEntry } & Pick<Props, 'button'>) {
  switch (entry.kind) {
    case 'action':
      return (
        <Base.Item
          className={itemStyle({ look: entry.look })}
          disabled={entry.reason !== undefined}
          onClick={() => entry.onChoose(button.current)}
        >
          <span className={entry.reason === undefined ? undefined : 'text-muted'}>{entry.label}</span>
          {entry.reason !== undefined && <span className="text-muted text-xs">{entry.reason}</span>}
        </Base.Item>
      )
    case 'link':
      return (
        <Base.LinkItem render={<PageLink href={entry.href} />} className={itemStyle()} closeOnClick>
          {entry.label}
        </Base.LinkItem>
      )
    case 'tick':
      return (
        <Base.CheckboxItem
          checked={entry.ticked}
          onCheckedChange={entry.onChange}
          closeOnClick={false}
          className={markedStyle}
        >
          {entry.label}
          <Base.CheckboxItemIndicator>
            <Check size={14} />
          </Base.CheckboxItemIndicator>
        </Base.CheckboxItem>
      )
    case 'choice':
      return <Choice {...entry} />
    case 'text':
      return <p className="max-w-64 px-2 wrap-anywhere pt-1.5 pb-1 text-muted text-sm">{entry.text}</p>
    case 'line':
      return <Base.Separator className="-mx-1 my-1 h-px bg-line" />
  }
}

function Choice({ label, options }: Extract<MenuEntry, { kind: 'choice' }>) {
  const chosen = options.find((option) => option.chosen)
  const choose = (name: string) => options.find((option) => option.label === name)?.onChoose()
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-muted text-xs">{label}</Base.GroupLabel>
      <Base.RadioGroup value={chosen?.label ?? null} onValueChange={choose}>
        {options.map((option) => (
          <Base.RadioItem key={option.label} value={option.label} closeOnClick={false} className={markedStyle}>
            {option.label}
            <Base.RadioItemIndicator>
              <Check size={14} />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  )
}
