import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { serverClient } from '@/app/server-client'
import { SetupPage } from '@/components/setup/setup-page'

export const metadata: Metadata = { title: 'First run' }

export default async function Page() {
  const reply = await (await serverClient()).setup.$get()
  if (!reply.ok) notFound()
  return <SetupPage />
}
