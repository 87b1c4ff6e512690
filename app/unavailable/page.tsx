import type { Metadata } from 'next'
import { UnavailablePage } from '@/components/shell/unavailable-page'

export const metadata: Metadata = { title: 'Temporarily unavailable' }

/** Stands, with 503, in the place of every page that needs the database while that does not answer. */
export default function Page() {
  return <UnavailablePage />
}
