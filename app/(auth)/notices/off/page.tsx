import type { Metadata } from 'next'
import { EndMailsPage } from '@/components/notices/end-mails-page'

export const metadata: Metadata = { title: 'No more mails' }

export default function Page() {
  return <EndMailsPage />
}
