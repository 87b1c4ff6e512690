import type { FieldShape, Shape } from '@/lib/docs/shape'

/** The fields of a request or a reply, those within others indented. */
export const FieldList = ({ fields, ofReply }: { fields: readonly FieldShape[]; ofReply?: boolean }) => (
  <ul className="divide-y divide-line border-line border-y">
    {fields.map((field) => (
      <li key={field.name} className="py-2.5">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <code className="break-all font-medium font-mono text-sm">{field.name}</code>
          <span className="text-muted text-sm">{field.type}</span>
          {field.required && !ofReply && <span className="text-sm text-warn">required</span>}
        </p>
        {field.description && <p className="mt-0.5">{codeMarked(field.description)}</p>}
        <Facts field={field} ofReply={ofReply} />
        <Members shape={field} ofReply={ofReply} />
      </li>
    ))}
  </ul>
)

/** What is within a shape: its fields, or those of each form that it may take. */
export const Members = ({ shape: { fields, variants }, ofReply }: { shape: Shape; ofReply?: boolean | undefined }) => (
  <>
    {fields.length > 0 && (
      <div className="mt-2 ml-1 border-line border-l pl-4">
        <FieldList fields={fields} ofReply={ofReply ?? false} />
      </div>
    )}
    {variants.map((variant) => (
      <div key={variant.title} className="mt-3 ml-1 border-line border-l pl-4">
        <p className="pb-1.5 text-muted text-sm">
          With <code className="font-mono">{variant.title}</code>
        </p>
        <FieldList fields={variant.fields} ofReply={ofReply ?? false} />
      </div>
    ))}
  </>
)

function Facts({ field: { values, limits, fallback }, ofReply }: { field: FieldShape; ofReply: boolean | undefined }) {
  if (values.length === 0 && limits.length === 0 && fallback === null) return null
  return (
    <p className="mt-0.5 flex flex-wrap gap-x-3 text-muted text-sm">
      {values.length > 0 && (
        <span>
          {values.length === 1 ? 'Always ' : 'One of '}
          <code className="font-mono">{values.join(', ')}</code>
        </span>
      )}
      {limits.map((limit) => (
        <span key={limit} className="first-letter:uppercase">
          {limit}
        </span>
      ))}
      {fallback !== null && !ofReply && (
        <span>
          Default <code className="font-mono">{fallback}</code>
        </span>
      )}
    </p>
  )
}

/** What stands between backticks, as code. */
export const codeMarked = (text: string) =>
  text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name and never move
      <code key={index} className="font-mono text-sm">
        {part}
      </code>
    ),
  )
