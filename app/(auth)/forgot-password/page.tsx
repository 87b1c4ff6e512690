import type { Metadata } from 'next'
import { ForgotPasswordPage } from '@/components/sign-in/forgot-password-page'
import { sendsMail } from '@/lib/kernel/mail/send'

export const metadata: Metadata = { title: 'Forgotten password' }

export default function Page() {
  return <ForgotPasswordPage sendsMail={sendsMail()} />
}
