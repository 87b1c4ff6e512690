import type { Metadata } from 'next'
import { ResetPasswordPage } from '@/components/sign-in/reset-password-page'

export const metadata: Metadata = { title: 'New password' }

export default function Page() {
  return <ResetPasswordPage />
}
