'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { SignInForm } from '@/components/sign-in/sign-in-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody } from '@/components/ui/dialog'

/** Signs in without leaving the page, so that what stands in a form stays. */
export function SignInAgain({ onSignedIn }: { onSignedIn?: () => void }) {
  const [open, setOpen] = useState(false)
  const queryClient = useQueryClient()
  const done = () => {
    setOpen(false)
    void queryClient.invalidateQueries()
    onSignedIn?.()
  }
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Sign in again
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Sign in again"
        description="You come back to where you were; nothing that you entered is lost."
      >
        <DialogBody>
          <SignInForm onSignedIn={done} />
        </DialogBody>
      </Dialog>
    </>
  )
}
