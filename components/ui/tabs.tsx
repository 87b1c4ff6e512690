'use client'

import { Tabs as Base } from '@base-ui/react/tabs'
import { cva, type VariantProps } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { tabListStyle, tabStyle } from '@/components/ui/tab-style'

const rootStyle = cva('flex flex-col', {
  variants: {
    look: {
      page: 'gap-6',
      compact: 'min-w-0 gap-2',
      framed: 'min-w-0 overflow-hidden rounded-md border border-line',
    },
  },
})

const panelStyle = cva('', {
  variants: { look: { page: 'flex flex-col gap-6 outline-none', compact: '', framed: '' } },
})

type Tab<Value extends string> = { value: Value; label: string; panel: ReactNode }

/** Named by `label`, or by the element whose id is `labelledBy`. */
type Name = { label: string; labelledBy?: undefined } | { label?: undefined; labelledBy: string }

type Props<Value extends string> = Name & {
  value: Value
  tabs: readonly Tab<Value>[]
  onChange: (value: Value) => void
  /** `page`: parts of one page; `compact`: of a form; `framed`: of a box. */
  look?: NonNullable<VariantProps<typeof rootStyle>['look']>
}

/** Parts of one thing, one of them in sight. Arrow keys move between the tabs. */
export function Tabs<Value extends string>({ label, labelledBy, value, tabs, onChange, look = 'page' }: Props<Value>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => {
        const tab = tabs.find((one) => one.value === next)
        if (tab) onChange(tab.value)
      }}
      className={rootStyle({ look })}
    >
      <Base.List aria-label={label} aria-labelledby={labelledBy} className={tabListStyle({ look })}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className={tabStyle({ look })}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className={panelStyle({ look })}>
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
