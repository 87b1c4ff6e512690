'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type TeamPerson, teamPeopleQuery, type WireTeam } from '@/lib/queries/teams'

/**
 * Who is on a team while it is edited: those who were, but for those taken off, and those put on it. Nothing is sent before
 * the dialog is.
 * @param team null: a new one, on which nobody is yet
 */
export function useTeamPeople(org: string, team: WireTeam | null) {
  const before = useQuery({ ...teamPeopleQuery(org, team?.id ?? ''), enabled: team !== null })
  const [added, setAdded] = useState<readonly TeamPerson[]>([])
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set())
  const stayed = (before.data?.data ?? []).filter(({ id }) => !removed.has(id))
  const people = [...stayed, ...added]
  return {
    people,
    loading: before.isLoading,
    error: before.error,
    retry: () => void before.refetch(),
    isOn: (id: string) => people.some((person) => person.id === id),
    put: (person: TeamPerson) => {
      if (removed.has(person.id)) setRemoved(new Set([...removed].filter((id) => id !== person.id)))
      else setAdded([...added, person])
    },
    take: ({ id }: TeamPerson) => {
      if (added.some((person) => person.id === id)) setAdded(added.filter((person) => person.id !== id))
      else setRemoved(new Set([...removed, id]))
    },
    changed: added.length + removed.size > 0,
    /** As the API takes it. */
    changes: () => ({ add: added.map(({ id }) => id), remove: [...removed] }),
  }
}
