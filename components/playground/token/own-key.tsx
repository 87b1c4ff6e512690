'use client'

import { type SubmitEvent, useState } from 'react'
import { useVisit } from '@/components/playground/visit'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

const KEY = /^([a-z][a-z0-9]{1,9}_(live|test)_[0-9A-Za-z]{6})[0-9A-Za-z]{30}$/

/** Takes a key that the reader has. It is hidden as it is typed, and is kept as the tokens are: for this visit. */
export function OwnKeyForm() {
  const { setOwn } = useVisit()
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)

  const use = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const [key, key_prefix, environment] = KEY.exec(text.trim()) ?? []
    if (!key || !key_prefix) return setWrong(true)
    setOwn({ key, key_prefix, environment: environment === 'live' ? 'live' : 'test' })
  }

  return (
    <details className="group w-full">
      <summary className="w-fit text-muted text-sm hover:text-ink">Use a key of your own instead</summary>
      {/* POST, so that a form sent before the page's script runs puts no key into the address. */}
      <form method="post" onSubmit={use} className="mt-2 flex items-end gap-1.5">
        <Field
          label="API key"
          error={wrong ? 'This is not a whole key, like lk_test_ and 36 characters.' : undefined}
          className="flex-1"
        >
          {(control) => (
            <Input
              {...control}
              value={text}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                setText(event.target.value)
                setWrong(false)
              }}
              className="font-mono text-sm [-webkit-text-security:disc]"
            />
          )}
        </Field>
        <Button type="submit">Use key</Button>
      </form>
    </details>
  )
}
