import { AnchoredHeading } from '@/components/docs/guide/anchored-heading'
import { Facts } from '@/components/ui/facts'
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
        <Facts
          look="lines"
          facts={codes.map(({ code, when, fix }) => ({
            name: code,
            id: code,
            label: (
              <a href={`#${code}`} className="font-mono font-semibold text-ink text-sm hover:underline">
                {code}
              </a>
            ),
            value: (
              <>
                <p>{when}</p>
                <p className="mt-1 text-muted">{fix}</p>
              </>
            ),
          }))}
        />
      </div>
    ))}
  </div>
)
