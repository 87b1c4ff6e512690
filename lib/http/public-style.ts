import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The look of the product's pages, for pages that load nothing. */

/** The colours of all pages, each in light and in dark, from where Tailwind has them. */
const COLOURS = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8').match(
  /--color-[a-z-]+: light-dark\([^;]+;/g,
)

export const STYLE = `
:root { color-scheme: light dark; ${COLOURS?.join(' ')} }
* { box-sizing: border-box; }
body { margin: 0; background: var(--color-canvas); color: var(--color-ink); font: 1rem/1.5 ui-sans-serif, system-ui, sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 3rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 2rem; margin: 0.25rem 0 0.5rem; text-wrap: balance; }
h2 { font-size: 1rem; margin: 0; }
p { margin: 0 0 1rem; }
.by, .help { color: var(--color-muted); font-size: 0.875rem; }
.by { margin: 0; }
.help { margin: 0 0 0.375rem; }
.text { white-space: pre-line; }
.note, .errors { border-radius: 0.5rem; padding: 0.75rem 1rem; margin: 1.5rem 0; }
.note { background: var(--color-warn-soft); color: var(--color-warn); font-size: 0.875rem; }
.errors { background: var(--color-danger-soft); color: var(--color-danger); }
.errors ul { margin: 0.25rem 0 0; padding-left: 1.25rem; }
.errors a { color: inherit; }
.field { margin: 1.25rem 0; }
.field > label { display: block; font-weight: 500; margin-bottom: 0.25rem; }
.optional { color: var(--color-muted); font-weight: 400; }
.error { color: var(--color-danger); font-size: 0.875rem; margin: 0.375rem 0 0; }
input, select, textarea { width: 100%; font: inherit; color: inherit; background: var(--color-raised); border: 1px solid var(--color-control); border-radius: 0.375rem; padding: 0.5rem 0.75rem; min-height: 2.75rem; }
textarea { min-height: 8rem; resize: vertical; }
[aria-invalid="true"] { border-color: var(--color-danger); }
.tick { display: flex; gap: 0.75rem; align-items: flex-start; }
.tick input { width: 1.25rem; min-height: 1.25rem; height: 1.25rem; margin: 0.125rem 0 0; flex: none; accent-color: var(--color-accent); }
button { font: inherit; font-weight: 500; border: 0; border-radius: 0.375rem; padding: 0.5rem 1.25rem; min-height: 2.75rem; background: var(--color-accent); color: var(--color-on-accent); cursor: pointer; }
button:hover { background: var(--color-accent-strong); }
:focus-visible { outline: 2px solid var(--color-accent); outline-offset: 2px; }
.trap { position: absolute; left: -10000px; width: 1px; height: 1px; overflow: hidden; }
`

const hash = createHash('sha256').update(STYLE).digest('base64')

/**
 * The policy of a page that has this style and at most one form: it runs nothing and loads nothing.
 * @param leads_on where the form may lead beside our own pages: browsers hold the redirect behind it to the policy, too
 */
export const pagePolicy = (leads_on: string | null = null): string => {
  const action = leads_on === null ? "'self'" : `'self' ${new URL(leads_on).origin}`
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action ${action}; frame-ancestors 'none'`
}
