import type { ComponentProps, RefObject } from 'react'

type Props = Omit<ComponentProps<'button'>, 'type'> & {
  /** Of the button, where what it shows is not its name. */
  label: string
  opens: 'menu' | 'dialog'
  open: boolean
  /** Fetches the code of what it opens. */
  preload: () => void
}

/** The button of a menu or a panel, whose code comes when it is first pointed at or focused. */
export const PopupButton = ({ label, opens, open, preload, ...props }: Props) => (
  <button
    {...props}
    type="button"
    aria-label={label}
    aria-haspopup={opens}
    aria-expanded={open}
    data-popup-open={open || undefined}
    onPointerEnter={preload}
    onFocus={preload}
  />
)

/** Closes what a button has opened, but where the button itself was pressed: it closes that itself. */
export const closing =
  (button: RefObject<HTMLButtonElement | null>, onClose: () => void) =>
  (_: boolean, { reason, event }: { reason: string; event: Event }) => {
    const onButton = event.target instanceof Node && button.current?.contains(event.target)
    if (reason !== 'outside-press' || !onButton) onClose()
  }
