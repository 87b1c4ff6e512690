'use client'

import { Button } from '@/components/ui/button'
import { CopyField } from '@/components/ui/copy-field'
import { DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Time } from '@/components/ui/time'

type Props = { made: { email: string; link: string | null; expires_at: string }; onDone: () => void }

/** What has become of an invitation's link: it is on its way, or this is the only sight of it. */
export const InvitationLink = ({ made, onDone }: Props) => (
  <>
    <DialogBody>
      {made.link === null ? (
        <p>
          The link is on its way to {made.email}. It works once, and ends <Time at={made.expires_at} />. If it does not
          arrive, make a new link: this one dies by it.
        </p>
      ) : (
        <>
          <p>
            Send this link to {made.email} yourself: nothing is mailed. It works once, and ends{' '}
            <Time at={made.expires_at} />. Whoever has it can accept in their name, so send it to nobody else.
          </p>
          <CopyField
            label="Link"
            value={made.link}
            hint="It is shown only now. Should it get lost, make a new one: this one dies by it."
          />
        </>
      )}
    </DialogBody>
    <DialogFooter>
      <Button onClick={onDone}>Done</Button>
    </DialogFooter>
  </>
)
