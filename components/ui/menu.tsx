'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { cva } from 'class-variance-authority'
import { Check } from 'lucide-react'
import type { ComponentProps, ReactElement, ReactNode } from 'react'

const itemStyle = cva(
  'flex min-h-8 cursor-default select-none flex-col justify-center rounded-md px-2 py-1 outline-none data-highlighted:bg-hover',
  { variants: { look: { plain: 'text-ink', danger: 'text-danger' } }, defaultVariants: { look: 'plain' } },
)

type MenuProps = { trigger: ReactElement; align?: 'start' | 'end'; side?: 'top' | 'bottom'; children: ReactNode }

export function Menu({ trigger, align = 'end', side = 'bottom', children }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} className="z-40">
          <Base.Popup className="min-w-44 max-w-72 rounded-lg bg-raised p-1 shadow-popup outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

type ItemProps = {
  look?: 'plain' | 'danger'
  /** Why it cannot be chosen: it stays reachable, and says this below its name. */
  reason?: string
  onClick: () => void
  children: ReactNode
}

export function MenuItem({ look, reason, onClick, children }: ItemProps) {
  return (
    <Base.Item className={itemStyle({ look })} disabled={reason !== undefined} onClick={onClick}>
      <span className={reason === undefined ? undefined : 'text-muted'}>{children}</span>
      {reason !== undefined && <span className="text-muted text-xs">{reason}</span>}
    </Base.Item>
  )
}

export function MenuLink(props: Omit<ComponentProps<typeof Base.LinkItem>, 'className'>) {
  return <Base.LinkItem {...props} className={itemStyle()} closeOnClick />
}

export const MenuSeparator = () => <Base.Separator className="-mx-1 my-1 h-px bg-line" />

const MenuHeading = ({ children }: { children: ReactNode }) => (
  <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-muted text-xs">{children}</Base.GroupLabel>
)

type RadioProps<Value extends string> = {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

export function MenuRadios<Value extends string>({ label, value, options, onChange }: RadioProps<Value>) {
  return (
    <Base.Group>
      <MenuHeading>{label}</MenuHeading>
      <Base.RadioGroup value={value} onValueChange={onChange}>
        {options.map((option) => (
          <Base.RadioItem
            key={option.value}
            value={option.value}
            closeOnClick={false}
            className="flex h-8 cursor-default select-none items-center justify-between rounded-md px-2 outline-none data-highlighted:bg-hover"
          >
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

export function MenuCheckbox({
  checked,
  onChange,
  children,
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}) {
  return (
    <Base.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      closeOnClick={false}
      className="flex h-8 cursor-default select-none items-center justify-between rounded-md px-2 outline-none data-highlighted:bg-hover"
    >
      {children}
      <Base.CheckboxItemIndicator>
        <Check size={14} />
      </Base.CheckboxItemIndicator>
    </Base.CheckboxItem>
  )
}
