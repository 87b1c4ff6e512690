import { Button } from '@/components/ui/button'
import { CopyField } from '@/components/ui/copy-field'
import { DialogBody, DialogFooter } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { PageLink } from '@/components/ui/page-link'

/** The one time that a secret is shown. It lives in the state of the dialog around this, and goes with it. */
export const SecretOnce = ({ secret, onDone }: { secret: string; onDone: () => void }) => (
  <>
    <DialogBody>
      <Notice look="warning" title="This is the only time the secret is shown.">
        <p>Your receiver verifies with it that a message is from here. If you lose it, rotate it.</p>
      </Notice>
      <CopyField label="Signing secret" value={secret} />
      <p>
        <PageLink href="/docs/webhooks" className="text-accent hover:underline">
          How a receiver verifies
        </PageLink>
      </p>
    </DialogBody>
    <DialogFooter>
      <Button look="primary" onClick={onDone}>
        Done
      </Button>
    </DialogFooter>
  </>
)
