import { useState } from 'react'

/** Whether `now` has been true since the component is there: what has been opened once stays, to close in its own time. */
export function useEver(now: boolean): boolean {
  const [ever, setEver] = useState(now)
  if (now && !ever) setEver(true)
  return ever || now
}
