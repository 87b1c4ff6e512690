'use client'

import { createContext, type ReactNode, use, useMemo } from 'react'
import { Catalogue, type CatalogueResource } from '@/lib/contracts/scopes/catalogue'

const Context = createContext(new Catalogue([]))

/** Gives the pages below the resources and scopes of this deployment: they come with the page, as data. */
export function CatalogueProvider({
  resources,
  children,
}: {
  resources: readonly CatalogueResource[]
  children: ReactNode
}) {
  const catalogue = useMemo(() => new Catalogue(resources), [resources])
  return <Context value={catalogue}>{children}</Context>
}

/** What scopes there are, and what they grant. */
export const useCatalogue = (): Catalogue => use(Context)
