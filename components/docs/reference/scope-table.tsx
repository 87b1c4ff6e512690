import { Fragment } from 'react'
import { ScrollingTable } from '@/components/docs/reference/scrolling-table'
import { PageLink } from '@/components/ui/page-link'
import type { ScopeGroup } from '@/lib/docs/tables'

/** Every scope that can be granted, and what it opens. */
export const ScopeTable = ({ groups }: { groups: readonly ScopeGroup[] }) => (
  <ScrollingTable>
    <thead>
      <tr>
        <th scope="col">Scope</th>
        <th scope="col">A key with it may</th>
        <th scope="col">Operations</th>
      </tr>
    </thead>
    {groups.map(({ title, scopes }) => (
      <tbody key={title}>
        <tr className="bg-subtle">
          <th scope="rowgroup" colSpan={3}>
            {title}
          </th>
        </tr>
        {scopes.map(({ scope, meaning, operations }) => (
          <tr key={scope}>
            <td className="whitespace-nowrap">
              <code className="font-mono text-sm">{scope}</code>
            </td>
            <td>{meaning}</td>
            <td className="text-sm">
              {operations.map(({ href, title }, index) => (
                <Fragment key={href}>
                  {index > 0 && ', '}
                  <PageLink href={href} className="text-accent underline underline-offset-2">
                    {title}
                  </PageLink>
                </Fragment>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    ))}
  </ScrollingTable>
)
