'use client'

import { useQueryClient } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { useSubmission } from '@/components/hooks/use-submission'
import { type Home, useVisit } from '@/components/playground/visit'
import { signInPath } from '@/components/sign-in/return-path'
import { browserClient } from '@/lib/queries/client'
import { organizationQuery, sessionQuery, type WirePermission } from '@/lib/queries/organization'
import { mintPlaygroundKeyMutation } from '@/lib/queries/playground-key'
import { isSignedOut } from '@/lib/queries/request-error'

/** Where a reader lands after signing in: at the playground, by the id of its place on the page. */
const ANCHOR = 'playground'

/** Who is who may have changed since another page asked. */
const AS_IT_IS = { staleTime: 0 }

export type Closed = Extract<WirePermission, { allowed: false }>

/**
 * Mints a test token for a resource's pages. Nobody is asked who they are before they press: the pages are public, and
 * most readers never sign in. Whoever is signed out is led to the sign-in and back.
 */
export function useGenerate(resource: string) {
  const { home, addToken } = useVisit()
  const [homes, setHomes] = useState<Home[] | null>(null)
  const [chosen, setChosen] = useState<Home | null>(home)
  const [closed, setClosed] = useState<Closed | null>(null)
  const queryClient = useQueryClient()
  const pathname = usePathname()
  const { submit, pending, error, clear } = useSubmission()

  async function mintIn(place: Home) {
    const { may } = await queryClient.fetchQuery({ ...organizationQuery(browserClient, place.slug), ...AS_IT_IS })
    setClosed(may.create_keys.allowed ? null : may.create_keys)
    if (may.create_keys.allowed) addToken(await mintPlaygroundKeyMutation(place.slug, { resource }), resource, place)
  }

  async function findAndMint() {
    const { organizations } = await queryClient.fetchQuery({ ...sessionQuery(browserClient), ...AS_IT_IS })
    setHomes(organizations)
    const [first] = organizations
    const place = organizations.find(({ slug }) => slug === chosen?.slug) ?? (organizations.length === 1 ? first : null)
    if (place) {
      setChosen(place)
      await mintIn(place)
    }
  }

  const generate = () =>
    submit(async () => {
      try {
        await findAndMint()
      } catch (thrown) {
        if (!isSignedOut(thrown)) throw thrown
        window.location.assign(signInPath(`${pathname}#${ANCHOR}`))
      }
    })

  const choose = (slug: string) => {
    setClosed(null)
    clear()
    setChosen(homes?.find((place) => place.slug === slug) ?? null)
  }

  return { generate, pending, error, closed, homes, chosen, choose }
}

export type Generation = ReturnType<typeof useGenerate>
