type Props = { added: readonly string[]; removed: readonly string[] }

/** What a change of permissions gives and takes, before it is saved. */
export function ScopeDiff({ added, removed }: Props) {
  return (
    <div aria-live="polite">
      {added.length + removed.length > 0 && (
        <ul
          aria-label="Changes"
          className="flex flex-col gap-0.5 rounded-md border border-line px-3 py-2 font-mono text-sm"
        >
          {added.map((scope) => (
            <li key={scope} className="text-good">
              <span aria-hidden="true">+ </span>
              <span className="sr-only">Adds </span>
              {scope}
            </li>
          ))}
          {removed.map((scope) => (
            <li key={scope} className="text-danger">
              <span aria-hidden="true">− </span>
              <span className="sr-only">Removes </span>
              {scope}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
