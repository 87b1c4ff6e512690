'use client'

import type { RefObject } from 'react'
import { type KeyAction, reasonAgainstAction } from '@/components/keys/actions/reason-against-action'
import type { StartAction } from '@/components/keys/actions/use-key-actions'
import { ENVIRONMENT_LABELS, PLAYGROUND_LABEL } from '@/components/keys/key-labels'
import { KeyStatusView } from '@/components/keys/key-status'
import { useNow } from '@/components/providers/now'
import { Button } from '@/components/ui/button'
import { PageHead } from '@/components/ui/page-head'
import type { WireKey } from '@/lib/queries/keys'

type Props = {
  org: string
  item: WireKey
  forbidden: string | undefined
  onAction: StartAction
  heading: RefObject<HTMLHeadingElement | null>
}

const LABELS: Record<KeyAction, string> = {
  rotate: 'Rotate',
  revoke: 'Revoke',
  reactivate: 'Reactivate',
  delete: 'Delete',
}

/** What key this is, in what state, and what can be done with it. */
export function KeyHeader({ item, forbidden, onAction, heading }: Props) {
  const now = useNow()
  const actions: KeyAction[] = ['rotate', item.status === 'revoked' ? 'reactivate' : 'revoke', 'delete']
  return (
    <PageHead
      title={item.name}
      heading={heading}
      actions={
        <div className="flex flex-wrap gap-2">
          {actions.map((action) => (
            <Button
              key={action}
              reason={forbidden ?? reasonAgainstAction(action, item, now)}
              onClick={(event) => onAction(action, item, event.currentTarget)}
            >
              {LABELS[action]}
            </Button>
          ))}
        </div>
      }
    >
      <p className="flex flex-wrap items-center gap-x-3 text-muted">
        <code className="font-mono text-sm">{item.key_prefix}</code>
        <span>{ENVIRONMENT_LABELS[item.environment]}</span>
        {item.playground && <span>{PLAYGROUND_LABEL}</span>}
        <span className="text-ink">
          <KeyStatusView status={item.status} />
        </span>
      </p>
    </PageHead>
  )
}
