'use client'

import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import type { DialogFrame } from '@/components/ui/dialog'
import { useToast } from '@/components/ui/toast'

/**
 * What follows a change: what the pages show of it is fetched anew, then a toast says what has been done, and the dialog
 * closes.
 */
export function useFinish(frame?: Pick<DialogFrame, 'setOpen'>) {
  const queryClient = useQueryClient()
  const toast = useToast()
  return async (shown: QueryKey, said: string) => {
    await queryClient.invalidateQueries({ queryKey: shown })
    toast(said)
    frame?.setOpen(false)
  }
}
