'use client'

import { useState } from 'react'

/**
 * Whether a dialog has to be there that opens and closes by itself, such as by the address: from its opening until it has
 * faded. Between two openings it is not, so that each makes it anew.
 * @returns that, and what forgets it when it has faded
 */
export function useShown(open: boolean): [shown: boolean, forget: () => void] {
  const [shown, setShown] = useState(open)
  if (open && !shown) setShown(true)
  return [shown || open, () => setShown(false)]
}
