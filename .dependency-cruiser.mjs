/** The import rules of ARCHITECTURE.md. Each says what it protects. */

/**
 * The floors of `lib/`, from the ground up, each with its folders in their order: a module imports from its own folder and
 * from what stands before it. '' is what lies in the floor itself; 'contract.ts' is every file of that name, wherever it
 * lies; '*' are folders that do not know each other.
 */
const FLOORS = {
  base: ['', 'node'],
  contracts: ['addresses', '', 'rows', 'scopes', 'contract.ts', 'samples'],
  kernel: [
    'db',
    'actors',
    'listing',
    'audit',
    'activities',
    'rows',
    'idempotency',
    'exclusions',
    'unsubscribes',
    'mail',
    'jobs',
  ],
  keys: ['usage', '', 'policy', 'authenticate', 'life', 'read'],
  people: ['sign-in', 'account', 'organizations', 'members', 'teams', 'password-resets', 'platform', 'notices'],
  work: ['audit', 'templates', 'sending', 'steps', 'flows', 'campaigns', 'webhooks', 'housekeeping', '', 'jobs'],
  resources: ['*', ''],
  http: ['body', '', 'leaks', 'notices', 'unsubscribe', 'forms', 'api', 'dashboard'],
  queries: [''],
  docs: [''],
  server: ['process', 'postgres', 'database', 'migrations', 'build', 'listener', 'demo', 'start'],
  cli: ['scan', ''],
}
const SHELL = ['http', 'queries', 'docs', 'server', 'cli']

const TEST = '\\.test\\.tsx?$'
const CONTRACT = '/contract\\.ts$'
/** What a browser may load. */
const BROWSER_SAFE = ['^lib/base/[^/]+$', '^lib/contracts/', CONTRACT, '^lib/queries/']
const DOMAIN = Object.keys(FLOORS).filter((floor) => !SHELL.includes(floor))

const pathOf = (floor, folder) => {
  if (folder === 'contract.ts') return CONTRACT
  const inside = { '': '[^/]+$', '*': '[^/]+/' }
  return `^lib/${floor}/${inside[folder] ?? `${folder}/`}`
}
const floors = Object.entries(FLOORS).flatMap(([floor, folders]) =>
  folders.map((folder) => ({ name: `${floor}/${folder}`, path: pathOf(floor, folder) })),
)

/** One rule, said of each folder: imports go down, those of a type too. So no two folders make a circle. */
const downwards = floors.map(({ name, path }, at) => ({
  name: `downwards-from-${name}`,
  severity: 'error',
  from: { path, pathNot: path === CONTRACT ? TEST : [TEST, CONTRACT] },
  to: {
    path: '^(lib|components|app|prisma|e2e|bench|scripts)/|^[^/]+\\.(ts|mjs)$',
    pathNot: floors.slice(0, at + 1).map((below) => below.path),
  },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...downwards,
    {
      name: 'every-module-has-a-floor',
      severity: 'error',
      from: {},
      to: { path: '^lib/', pathNot: [...floors.map(({ path }) => path), '^lib/testing/'] },
    },
    {
      name: 'browser-safe',
      comment: 'What the browser loads needs neither Node nor the database.',
      severity: 'error',
      from: { path: BROWSER_SAFE, pathNot: TEST },
      to: {
        path: '^(lib|app|components)/|^(node:|fs|crypto|net|path)|node_modules/(pg|@prisma|pino)/',
        pathNot: BROWSER_SAFE,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'components-see-contracts-and-queries-only',
      comment: 'Keeps the database and every secret out of the browser bundle. A type is no code.',
      severity: 'error',
      from: { path: '^components/', pathNot: TEST },
      to: {
        path: '^(app|lib|prisma)/|^server\\.ts$',
        pathNot: BROWSER_SAFE,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'resources-reach-the-browser-as-data',
      comment: 'The catalogue tells of them: a deployment may have others than those that were built.',
      severity: 'error',
      from: { path: '^(components|lib/queries)/', pathNot: TEST },
      to: { path: '^lib/resources/' },
    },
    {
      name: 'domain-knows-no-http',
      comment: 'Domain functions are called by the API, the dashboard, the CLI and jobs alike.',
      severity: 'error',
      from: { path: `^lib/(${DOMAIN.join('|')})/`, pathNot: TEST },
      to: { path: 'node_modules/(next|hono|@hono|react|react-dom|next-auth)/' },
    },
    {
      name: 'resources-stand-apart',
      comment: 'What two resources share goes through a function of a lower floor.',
      severity: 'error',
      from: { path: '^lib/resources/([^/]+)/', pathNot: TEST },
      to: { path: '^lib/resources/', pathNot: '^lib/resources/$1/' },
    },
    {
      name: 'resources-use-the-rows-by-their-kit',
      comment: 'The rest of the folder may change without a look at any resource.',
      severity: 'error',
      from: { path: '^lib/resources/', pathNot: [TEST, '^lib/resources/register\\.ts$'] },
      to: { path: '^lib/kernel/rows/', pathNot: '^lib/kernel/rows/kit\\.ts$' },
    },
    {
      name: 'primitives-wrap-base-ui',
      comment: 'Its parts are dressed once, in components/ui.',
      severity: 'error',
      from: { pathNot: '^components/ui/' },
      to: { path: 'node_modules/@base-ui/' },
    },
    {
      name: 'one-dialog-changes',
      comment: 'How a form is left, proven and sent is said once: ChangeDialog.',
      severity: 'error',
      from: { path: '^components/', pathNot: '^components/(change|ui)/' },
      to: { path: '^components/ui/discard-dialog' },
    },
    {
      name: 'links-show-the-way',
      comment: 'While its page is on its way a link says so, and asks before what was entered is lost: PageLink.',
      severity: 'error',
      from: { pathNot: '^components/ui/page-link' },
      to: { path: 'node_modules/next/link' },
    },
    {
      name: 'nothing-imports-pages',
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'tests-stand-outside',
      severity: 'error',
      from: { path: '^(app|components|lib|server\\.ts)', pathNot: [TEST, '^lib/testing/'] },
      to: { path: [TEST, '^lib/testing/'] },
    },
    {
      name: 'product-needs-no-dev-tools',
      severity: 'error',
      from: { path: '^(app|components|lib|server\\.ts)', pathNot: [TEST, '^lib/testing/'] },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'imports-resolve', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: '^(node_modules|lib/kernel/db/generated)/' },
    exclude: { path: '^\\.next/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
