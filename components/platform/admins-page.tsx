'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ProofField } from '@/components/account/proof-field'
import { useProof } from '@/components/account/use-proof'
import { useUnprovenSubmission } from '@/components/members/use-unproven-submission'
import { TakeAdminDialog } from '@/components/platform/take-admin-dialog'
import { Failure } from '@/components/shell/failure'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Skeleton } from '@/components/ui/skeleton'
import { ActionsCell, HeadCell, Row, Table } from '@/components/ui/table'
import { useToast } from '@/components/ui/toast'
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
  const [taking, setTaking] = useState<WirePlatformAdmin | null>(null)
  const [open, setOpen] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const admins = list.data?.data
  return (
    <div className="flex flex-col gap-5">
      <div>
        <h1 ref={heading} tabIndex={-1} className="font-semibold text-xl outline-none">
          Platform admins
        </h1>
        <p className="text-muted">
          They run this console. They see no organisation's keys or data unless they belong to it.
        </p>
      </div>
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
                  onClick={() => {
                    setTaking(item)
                    setOpen(true)
                  }}
                >
                  Take away
                </Button>
              </ActionsCell>
            </Row>
          ))}
        </Table>
      )}
      <Grant />
      {taking && (
        <TakeAdminDialog
          key={taking.id}
          item={taking}
          open={open}
          onClose={() => setOpen(false)}
          returnFocus={() => heading.current}
        />
      )}
    </div>
  )
}

function Grant() {
  const [email, setEmail] = useState('')
  const [problem, setProblem] = useState<string | undefined>()
  const queryClient = useQueryClient()
  const toast = useToast()
  const { submit, pending, error, question } = useUnprovenSubmission('grant')
  const proof = useProof(() => grant())

  const grant = () => {
    const checked = grantInput.safeParse({ email })
    setProblem(checked.error?.issues[0]?.message)
    if (!checked.success) return
    void submit((accepted) =>
      proof.run(async () => {
        const granted = await grantPlatformAdminMutation({ ...checked.data, ...accepted })
        await queryClient.invalidateQueries({ queryKey: PLATFORM })
        setEmail('')
        toast(`${granted.name} is a platform admin.`)
      }),
    )
  }

  return (
    <form
      noValidate
      className="flex max-w-md flex-col items-start gap-3 pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        grant()
      }}
    >
      <Field
        label="Make somebody a platform admin"
        hint="By the email of an account that is there."
        error={problem}
        className="w-full"
      >
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <ProofField proof={proof} />
      {error !== null && <Failure error={error} />}
      <Button type="submit" disabled={pending}>
        {pending ? 'Granting…' : 'Grant'}
      </Button>
      {question}
    </form>
  )
}
