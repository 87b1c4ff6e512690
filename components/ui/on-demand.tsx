'use client'

import { Component, type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { useToast } from '@/components/ui/toast'

/** Keeps the page when a part of it cannot be shown. */
class Boundary extends Component<{ onError: () => void; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError = () => ({ failed: true })
  override componentDidCatch() {
    this.props.onError()
  }
  override render() {
    return this.state.failed ? null : this.props.children
  }
}

type OnDemand<Props> = ComponentType<Props> & {
  /** Fetches the code before it is needed. */
  preload: () => void
}

/**
 * A component whose code is fetched when it is first shown, so that the page loads without it. Where the fetch fails,
 * nothing is shown in its place and a toast says so.
 */
export function onDemand<Props extends object>(load: () => Promise<ComponentType<Props>>): OnDemand<Props> {
  const Loaded = lazy(async () => ({ default: await load() }))
  // biome-ignore lint/correctness/noComponentHookFactories: made once for a module, as the component that it wraps
  function Shown(props: Props) {
    const toast = useToast()
    return (
      <Boundary onError={() => toast('A part of the page did not load. Check your connection, then reload the page.')}>
        <Suspense>
          <Loaded {...props} />
        </Suspense>
      </Boundary>
    )
  }
  // A fetch that fails here is told of when the part is shown.
  return Object.assign(Shown, { preload: () => void load().catch(() => undefined) })
}
