'use client'

import { Mark } from '@/components/shell/mark'
import { UserMenu } from '@/components/shell/user-menu'

/** For people who can sign in and belong nowhere. */
export function NoOrganization({ user }: { user: { name: string; email: string; platform_admin: boolean } }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-4 px-6 py-12">
      <Mark />
      <h1 className="font-semibold text-xl">You belong to no organisation yet</h1>
      <p className="break-words text-muted">
        You are signed in as {user.email}. Ask an Admin of your organisation to add you, then reload this page.
      </p>
      <div className="flex">
        <UserMenu user={user} standing="No organisation" />
      </div>
    </main>
  )
}
