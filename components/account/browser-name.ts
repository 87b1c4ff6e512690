// In this order: most browsers name others, too, that pages may mistake them for.
const BROWSERS = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
] as const

const SYSTEMS = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const

const nameIn = (names: readonly (readonly [string, RegExp])[], agent: string) =>
  names.find(([, mark]) => mark.test(agent))?.[0]

/** What people call the browser that a `User-Agent` tells of; what it says itself where we do not know it. */
export function browserName(agent: string | null): string {
  if (!agent) return 'An unknown browser'
  const browser = nameIn(BROWSERS, agent) ?? agent.split(/[\s/]/)[0] ?? agent
  const system = nameIn(SYSTEMS, agent)
  return system ? `${browser} on ${system}` : browser
}
