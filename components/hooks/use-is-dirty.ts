'use client'

import { useCallback, useLayoutEffect, useRef } from 'react'
import type { FieldValues, UseFormReturn } from 'react-hook-form'

/**
 * Whether a form holds anything else than at first, asked when a key goes down: `formState.isDirty` is as it was last
 * drawn, and what another component made of it comes later still.
 */
export function useIsDirty<Values extends FieldValues, Context, Output>({
  subscribe,
}: Pick<UseFormReturn<Values, Context, Output>, 'subscribe'>): () => boolean {
  const dirty = useRef(false)
  useLayoutEffect(
    () =>
      subscribe({
        formState: { isDirty: true },
        callback: ({ isDirty = false }) => {
          dirty.current = isDirty
        },
      }),
    [subscribe],
  )
  return useCallback(() => dirty.current, [])
}
