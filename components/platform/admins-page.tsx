'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useForm } from 'react-hook-form'
import { ChangeNotes } from '@/components/change/change-notes'
import { sendBy, useFormChange } from '@/components/change/use-change'
import { useFinish } from '@/components/change/use-finish'
import { useUnproven } from '@/components/change/use-unproven'
import { useOpened } from '@/components/hooks/use-opened'
import { TakeAdminDialog } from '@/components/platform/take-admin-dialog'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Opened } from '@/components/ui/opened'
import { PageHead } from '@/components/ui/page-head'
import { Skeleton } from '@/components/ui/skeleton'
import { ActionsCell, HeadCell, Row, Table } from '@/components/ui/table'
import { grantInput } from '@/lib/people/platform/contract'
import { browserClient } from '@/lib/queries/client'
import {
  grantPlatformAdminMutation,
  PLATFORM,
  platformAdminsQuery,
  type WirePlatformAdmin,
} from '@/lib/queries/platform'

/** Platform → platform admins. */
export function AdminsPage() {
  const list = useQuery(platformAdminsQuery(browserClient))
  const taking = useOpened<WirePlatformAdmin>()
  const heading = useRef<HTMLHeadingElement>(null)
  const admins = list.data?.data
  return (
    <div className="flex flex-col gap-5">
      <PageHead title="Platform admins" heading={heading}>
        <p className="text-muted">
          They run this console. They see no organisation's keys or data unless they belong to it.
        </p>
      </PageHead>
      {list.error && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton className="w-72" />}
      {admins && (
        <Table caption="Platform admins" columns={['Person']} actions>
          {admins.map((item) => (
            <Row key={item.id}>
              <HeadCell>
                <span className="block font-medium">{item.name}</span>
                <span className="block text-muted text-sm">{item.email}</span>
              </HeadCell>
              <ActionsCell wide>
                <Button
                  size="small"
                  aria-label={`Take the platform from ${item.name}`}
                  reason={
                    admins.length === 1 ? 'The only platform admin stays. Grant it to somebody else first.' : undefined
                  }
                  onClick={(event) => taking.start(item, event.currentTarget)}
                >
                  Take away
                </Button>
              </ActionsCell>
            </Row>
          ))}
        </Table>
      )}
      <Grant />
      <Opened of={taking} fallbackFocus={() => heading.current}>
        {(item, frame) => <TakeAdminDialog item={item} frame={frame} />}
      </Opened>
    </div>
  )
}

function Grant() {
  const form = useForm({ resolver: zodResolver(grantInput), defaultValues: { email: '' } })
  const finish = useFinish()
  const unproven = useUnproven('grant', () => change.send())
  const change = useFormChange(form, (values) =>
    unproven.ask(async (accepted) => {
      const granted = await grantPlatformAdminMutation({ ...values, ...accepted })
      form.reset()
      await finish(PLATFORM, `${granted.name} is a platform admin.`)
    }),
  )
  return (
    <form noValidate className="flex max-w-md flex-col items-start gap-3 pt-3" onSubmit={sendBy(change)}>
      <Field
        label="Make somebody a platform admin"
        hint="By the email of an account that is there."
        error={form.formState.errors.email?.message}
        className="w-full"
      >
        {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="off" />}
      </Field>
      <ChangeNotes change={change} />
      <Button type="submit" disabled={change.pending}>
        {change.pending ? 'Granting…' : 'Grant'}
      </Button>
      {unproven.question}
    </form>
  )
}
