import { type ReactNode, useId } from 'react'

type Props = { title: string; description?: string; children: ReactNode }

/** One matter of the account, below a hairline. */
export function AccountSection({ title, description, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4 border-line border-t pt-6">
      <div>
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {description && <p className="text-muted">{description}</p>}
      </div>
      {children}
    </section>
  )
}
