/** The import rules of ARCHITECTURE.md: imports go one way. Each rule says what it protects. */

/** Tests, and what only they use. */
const TESTS = '(\\.test\\.tsx?$|^lib/testing/)'

const DOMAIN =
  '^lib/(account|email|password-resets|keys|scopes|resources|members|organizations|invitations|platform|sign-in|audit|actors|activities|exclusions|idempotency|listing|usage|policy)/'
const BROWSER_SAFE =
  '(/contract\\.ts$|^lib/contracts/scopes/|^lib/resources/contract\\.ts$|^lib/contracts/|^lib/contracts/allowed-address\\.ts$|^lib/contracts/key-terms\\.ts$|^lib/contracts/activity-types\\.ts$|^lib/contracts/plans\\.ts$|^lib/queries/|^lib/contracts/samples/|^lib/base/errors\\.ts$)'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-knows-no-http',
      comment: 'Domain functions are called by the API, the dashboard, the CLI and jobs alike.',
      severity: 'error',
      from: { path: DOMAIN, pathNot: TESTS },
      to: { path: '^(app|components|lib/(http|server|cli|queries))/|node_modules/(next|hono|@hono|react|next-auth)/' },
    },
    {
      name: 'db-is-the-ground',
      severity: 'error',
      from: { path: '^lib/kernel/db/', pathNot: TESTS },
      to: { path: '^(app|components|lib/(?!db/|runtime\\.ts|env\\.ts|errors\\.ts))' },
    },
    {
      name: 'resources-stand-apart',
      comment: 'What two resources share goes through a function of a lower folder.',
      severity: 'error',
      from: { path: '^lib/resources/([^/]+)/' },
      to: { path: '^lib/resources/[^/]+/', pathNot: '^lib/resources/$1/' },
    },
    {
      name: 'components-see-contracts-and-queries-only',
      comment: 'Keeps the database and every secret out of the browser bundle.',
      severity: 'error',
      from: { path: '^components/', pathNot: TESTS },
      to: { path: '^(app|lib|prisma|server\\.ts)', pathNot: BROWSER_SAFE, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contracts-are-browser-safe',
      severity: 'error',
      from: { path: BROWSER_SAFE, pathNot: TESTS },
      to: {
        path: '^(app|components|server\\.ts|lib)|^(node:|fs|crypto|net|path)|node_modules/(pg|@prisma|pino)/',
        pathNot: BROWSER_SAFE,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'http-calls-the-domain',
      severity: 'error',
      from: { path: '^lib/http/', pathNot: TESTS },
      to: { path: '^(app|components|lib/(server|cli|queries))/' },
    },
    {
      name: 'nothing-imports-pages',
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'product-needs-no-dev-tools',
      severity: 'error',
      from: { path: '^(app|components|lib|server\\.ts)', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'] },
    },
    { name: 'imports-resolve', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|lib/kernel/db/generated)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
