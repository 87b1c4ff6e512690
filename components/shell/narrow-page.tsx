import type { ReactNode } from 'react'
import { Mark } from '@/components/shell/mark'

/** A page with one thing to do, before or outside an organisation. */
export const NarrowPage = ({ title, children }: { title: ReactNode; children: ReactNode }) => (
  <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-6 py-12">
    <div className="flex flex-col gap-3">
      <Mark />
      <h1 className="break-words font-semibold text-xl">{title}</h1>
    </div>
    {children}
  </main>
)
