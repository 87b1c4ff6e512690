import { CodeExample } from '@/components/docs/code-example'
import { AnchoredHeading } from '@/components/docs/guide/anchored-heading'
import type { EventExample } from '@/lib/docs/event-examples'

/** Every event, by resource; each opens to what is sent. */
export const EventList = ({ groups }: { groups: readonly { title: string; events: readonly EventExample[] }[] }) => (
  <>
    {groups.map(({ title, events }) => (
      <div key={title}>
        <AnchoredHeading level={3} id={`events-${title.toLowerCase().replaceAll(' ', '-')}`}>
          {title}
        </AnchoredHeading>
        <ul className="my-3 flex flex-col gap-1">
          {events.map(({ type, payload }) => (
            <li key={type}>
              <details>
                <summary className="cursor-pointer py-0.5">
                  <code className="rounded-sm bg-hover px-1 py-0.5 font-mono text-sm">{type}</code>
                </summary>
                <div className="my-2">
                  <CodeExample
                    code={JSON.stringify(payload, null, 2)}
                    language="json"
                    label={`Copy the example of ${type}`}
                  />
                </div>
              </details>
            </li>
          ))}
        </ul>
      </div>
    ))}
  </>
)
