'use client'

import { type UseFormReturn, useWatch } from 'react-hook-form'
import { parseAllowlist } from '@/components/keys/create/allowlist'
import type { CheckedCreateForm, CreateFormValues } from '@/components/keys/create/create-form-values'
import { expiryInstant, untilPhrase } from '@/components/keys/create/expiry'
import { describeKey } from '@/components/keys/describe-key'
import { useCatalogue } from '@/components/providers/catalogue'
import { useNow } from '@/components/providers/now'
import { HOUR_MS } from '@/lib/base/time'

type Props = {
  form: Pick<UseFormReturn<CreateFormValues, unknown, CheckedCreateForm>, 'control'>
  fixedHours: number | null
}

/** Says in one sentence what the key will be able to do, while the form is filled in. */
export function KeySentence({ form, fixedHours }: Props) {
  const catalogue = useCatalogue()
  const now = useNow()
  const [scopes, environment, allowlist, expiry] = useWatch({
    control: form.control,
    name: ['scopes', 'environment', 'allowlist', 'expiry'],
  })
  const instant = fixedHours === null ? expiryInstant(expiry, now) : now + fixedHours * HOUR_MS
  const sentence = describeKey(catalogue, {
    scopes,
    environment,
    allowed_ips: parseAllowlist(allowlist).addresses,
    until: untilPhrase(instant, now),
  })
  return (
    <p aria-live="polite" className="mr-auto min-w-0 basis-full text-muted text-sm sm:flex-1 sm:basis-64">
      {sentence}
    </p>
  )
}
