/** The product's sign. */
export const Mark = () => (
  <svg aria-hidden="true" width="28" height="28" viewBox="0 0 32 32" className="text-accent">
    <rect width="32" height="32" rx="7" fill="currentColor" />
    <g fill="none" strokeWidth="2.5" strokeLinecap="round" className="stroke-on-accent">
      <circle cx="12" cy="16" r="4.5" />
      <path d="M16.5 16H26m-3.5 0v4.5" />
    </g>
  </svg>
)
