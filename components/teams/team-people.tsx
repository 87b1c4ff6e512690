'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, type RefObject, useId, useRef, useState } from 'react'
import { usePausedSearch } from '@/components/hooks/use-paused-search'
import { Failure } from '@/components/shell/failure'
import type { useTeamPeople } from '@/components/teams/use-team-people'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Skeleton } from '@/components/ui/skeleton'
import { browserClient } from '@/lib/queries/client'
import { memberListQuery } from '@/lib/queries/members'
import type { TeamPerson } from '@/lib/queries/teams'

type Props = { org: string; of: ReturnType<typeof useTeamPeople> }

/** Who is on a team, and a search for those who are not. */
export function TeamPeople({ org, of }: Props) {
  const id = useId()
  const search = useRef<HTMLInputElement>(null)
  const take = (person: TeamPerson) => {
    of.take(person)
    // The button is gone with its row.
    search.current?.focus()
  }
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h3 id={id} className="font-medium">
        Members
      </h3>
      {of.error && <Failure error={of.error} onRetry={of.retry} />}
      {of.loading && <Skeleton className="h-10 w-full" />}
      {!of.loading && !of.error && of.people.length === 0 && <p className="text-muted">Nobody is on the team yet.</p>}
      <PersonList label="On the team" people={of.people}>
        {(person) => (
          <Button size="small" aria-label={`Take ${person.name} off the team`} onClick={() => take(person)}>
            Remove
          </Button>
        )}
      </PersonList>
      <FindPeople org={org} of={of} input={search} />
    </section>
  )
}

function FindPeople({ org, of, input }: Props & { input: RefObject<HTMLInputElement | null> }) {
  const [q, setQ] = useState('')
  const [text, setText] = usePausedSearch(q, setQ)
  const found = useQuery({ ...memberListQuery(browserClient, org, { q, cursor: null }), enabled: q !== '' })
  const others = q === '' ? [] : (found.data?.data ?? []).filter((person) => !of.isOn(person.id))
  const nobody = q !== '' && found.isSuccess && !found.isPlaceholderData && others.length === 0
  const put = ({ id, name, email }: TeamPerson) => {
    of.put({ id, name, email })
    input.current?.focus()
  }
  return (
    <>
      <Field label="Put somebody on the team" hint={nobody ? 'Nobody else matches.' : 'By name or email.'}>
        {(control) => (
          <Input
            {...control}
            ref={input}
            type="search"
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
            // Enter searches; it does not send the form around it.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
        )}
      </Field>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      <PersonList label="Found" people={others}>
        {(person) => (
          <Button size="small" aria-label={`Put ${person.name} on the team`} onClick={() => put(person)}>
            Add
          </Button>
        )}
      </PersonList>
    </>
  )
}

type ListProps = { label: string; people: readonly TeamPerson[]; children: (person: TeamPerson) => ReactNode }

function PersonList({ label, people, children }: ListProps) {
  if (people.length === 0) return null
  return (
    <ul aria-label={label} className="flex flex-col">
      {people.map((person) => (
        <li key={person.id} className="flex items-center justify-between gap-3 border-line border-b py-2">
          <span className="min-w-0 wrap-anywhere">
            <span className="block">{person.name}</span>
            <span className="block text-muted text-sm">{person.email}</span>
          </span>
          {children(person)}
        </li>
      ))}
    </ul>
  )
}
