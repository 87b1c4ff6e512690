'use client'

import { useState } from 'react'
import { envFile, envFileName } from '@/components/keys/reveal/env-file'
import { SecretField } from '@/components/keys/reveal/secret-field'
import { TryKey } from '@/components/keys/reveal/try-key'
import { VerifyKey } from '@/components/keys/reveal/verify-key'
import { Button } from '@/components/ui/button'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import { DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { saveFile } from '@/components/ui/save-file'
import type { WireCreatedKey } from '@/lib/queries/keys'

type Props = {
  created: WireCreatedKey
  /** The reader has copied it, downloaded it, or says so. */
  stored: boolean
  onStored: (stored: boolean) => void
  onDone: () => void
}

const download = ({ key, name }: WireCreatedKey) =>
  saveFile(new Blob([envFile(key)], { type: 'text/plain' }), envFileName(name))

/** The one time that a key is shown. It lives in the state of the dialog around this, and goes with it. */
export function RevealKey({ created, stored, onStored, onDone }: Props) {
  const [shown, setShown] = useState(false)
  const store = () => onStored(true)
  const secret = { secret: created.key, keyPrefix: created.key_prefix, shown, onStored: store }
  return (
    <>
      <DialogBody>
        <Notice look="warning" title="This is the only time the key is shown.">
          <p>Only a hash of it is kept: if you lose it, rotate the key or create a new one.</p>
        </Notice>
        <SecretField {...secret} onShow={setShown} />
        <div className="flex flex-col gap-2">
          <h3 className="font-medium">Try it</h3>
          <TryKey {...secret} />
          <VerifyKey secret={created.key} />
        </div>
      </DialogBody>
      <DialogFooter>
        <LabelledCheckbox
          labelClass="mr-auto items-center py-1"
          text="I stored it"
          checked={stored}
          onCheckedChange={onStored}
        />
        <Button
          onClick={() => {
            download(created)
            store()
          }}
        >
          Download .env
        </Button>
        <Button look="primary" reason={stored ? undefined : 'Copy or download the key first.'} onClick={onDone}>
          Done
        </Button>
      </DialogFooter>
    </>
  )
}
