import { AnchoredHeading } from '@/components/docs/guide/anchored-heading'
import type { ErrorGroup } from '@/lib/docs/tables'

/** Every error code with its own anchor, to which the `doc_url` of each error reply leads. */
export const ErrorReference = ({ groups }: { groups: readonly ErrorGroup[] }) => (
  <div>
    {groups.map(({ status, type, title, codes }) => (
      <div key={status}>
        <AnchoredHeading level={3} id={`status-${status}`}>
          {status} {title}
        </AnchoredHeading>
        <p className="mb-2 text-muted text-sm">
          <code className="font-mono">type</code> is <code className="font-mono">{type}</code>.
        </p>
        <dl className="divide-y divide-line border-line border-y">
          {codes.map(({ code, when, fix }) => (
            <div
              key={code}
              id={code}
              className="scroll-mt-16 px-2 py-3 target:bg-accent-soft sm:grid sm:grid-cols-3 sm:gap-4 md:scroll-mt-4"
            >
              <dt className="break-words font-mono font-semibold text-sm">
                <a href={`#${code}`} className="hover:underline">
                  {code}
                </a>
              </dt>
              <dd className="mt-1 sm:col-span-2 sm:mt-0">
                <p>{when}</p>
                <p className="mt-1 text-muted">{fix}</p>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    ))}
  </div>
)
