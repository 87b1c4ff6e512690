'use client'

import { Eye, EyeOff } from 'lucide-react'
import { maskKey } from '@/components/keys/reveal/mask-key'
import { Button } from '@/components/ui/button'
import { CopyField } from '@/components/ui/copy-field'

type Props = {
  secret: string
  keyPrefix: string
  shown: boolean
  onShow: (shown: boolean) => void
  /** The reader has it in the clipboard. */
  onStored: () => void
}

/** The key, hidden until asked for. */
export const SecretField = ({ secret, keyPrefix, shown, onShow, onStored }: Props) => (
  <CopyField
    label="API key"
    value={secret}
    masked={shown ? undefined : maskKey(secret, keyPrefix)}
    onUnmask={() => onShow(true)}
    onCopied={onStored}
  >
    <Button aria-pressed={shown} onClick={() => onShow(!shown)}>
      {shown ? <EyeOff size={15} /> : <Eye size={15} />}
      {shown ? 'Hide' : 'Reveal'}
    </Button>
  </CopyField>
)
