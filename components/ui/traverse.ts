/**
 * Holds back the browser's Back and Forward between pages that were opened without loading a document; of the others the
 * browser itself asks, by `beforeunload`. A browser lets nobody be held who presses twice and does nothing in between.
 * @param isHeld whether somebody is to be asked first
 * @param ask gets what leads there after all
 * @returns stops that
 */
export function onTraverse(isHeld: () => boolean, ask: (goOn: () => void) => void): () => void {
  const { navigation } = window
  // Browsers of before 2026 have none (HTML, 7.2.6).
  if (!navigation) return () => {}
  let agreed = false
  const listen = (event: NavigateEvent) => {
    if (event.navigationType !== 'traverse') return
    const free = agreed || !event.cancelable || !isHeld()
    agreed = false
    if (free) return
    event.preventDefault()
    ask(() => {
      agreed = true
      navigation.traverseTo(event.destination.key)
    })
  }
  navigation.addEventListener('navigate', listen)
  return () => navigation.removeEventListener('navigate', listen)
}
