import type { ReactNode } from 'react'
import { CatalogueProvider } from '@/components/providers/catalogue'
import { CATALOGUE } from '@/lib/resources/register'

/** The pages below choose events: what there is to choose from comes with them. */
export default function Layout({ children }: { children: ReactNode }) {
  return <CatalogueProvider resources={CATALOGUE.resources}>{children}</CatalogueProvider>
}
