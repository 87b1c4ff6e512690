'use client'

import type { Revocation } from '@/components/keys/actions/use-revocation'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

/** Why it is done, and whether it can be undone. */
export const RevocationFields = ({ revocation }: { revocation: Revocation }) => (
  <>
    <Field label="Reason" aside="Optional" hint="Kept in the audit log." error={revocation.problem}>
      {(control) => (
        <Input
          {...control}
          value={revocation.reason}
          onChange={(event) => revocation.setReason(event.target.value)}
          autoComplete="off"
        />
      )}
    </Field>
    <LabelledCheckbox
      labelClass="items-center"
      text="It leaked: never let it be reactivated"
      checked={revocation.leaked}
      onCheckedChange={revocation.setLeaked}
    />
  </>
)
