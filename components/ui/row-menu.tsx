import { Ellipsis } from 'lucide-react'
import type { ComponentProps } from 'react'
import { buttonStyle } from '@/components/ui/button-style'
import { Menu } from '@/components/ui/menu'

type Props = Pick<ComponentProps<typeof Menu>, 'entries' | 'onOpen'> & {
  /** What the row is about. */
  name: string
}

/** What can be done with one row of a list. */
export const RowMenu = ({ name, ...props }: Props) => (
  <Menu
    {...props}
    label={`Actions for ${name}`}
    className={buttonStyle({ look: 'quiet', size: 'icon', className: 'data-popup-open:bg-hover' })}
  >
    <Ellipsis size={16} />
  </Menu>
)
