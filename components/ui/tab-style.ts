import { cva } from 'class-variance-authority'

/** A strip of tabs: of a page, of a part of a form, or at the head of a box. Radios can be its tabs where no script runs. */
export const tabListStyle = cva('flex border-line border-b', {
  variants: { look: { page: 'gap-4 overflow-x-auto', compact: '', framed: 'bg-subtle px-1' } },
})

export const tabStyle = cva(
  '-mb-px flex h-9 cursor-pointer items-center whitespace-nowrap border-transparent border-b-2 text-muted -outline-offset-2 hover:text-ink has-checked:border-accent has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent data-active:border-accent data-active:text-ink',
  { variants: { look: { page: '', compact: 'px-2.5', framed: 'px-2.5' } } },
)
