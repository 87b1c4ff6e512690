import { SECURITY_HEADERS } from './lib/http/security-headers.mjs'

/** @type {import('next').NextConfig} */
export default {
  // Set by `npm run build` and `npm start`: each state of the sources has a build of its own.
  distDir: process.env.LATCHKEY_BUILD ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` checks types. A build must also work where the development packages are not installed.
  typescript: { ignoreBuildErrors: true },
  // The guides are read where the pages are served.
  outputFileTracingIncludes: { '/docs/**': ['./docs/guides/*.md', './docs/operating.md'] },
  // `server.ts` serves these itself; this is for hosts that run Next without it.
  rewrites: async () => [{ source: '/v1/:path*', destination: '/api/v1/:path*' }],
  headers: async () => [
    { source: '/:path*', headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })) },
    // The address holds the token: no request that the page makes may carry it on.
    { source: '/invitations/:token', headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }] },
    { source: '/u/:token', headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }] },
  ],
  logging: { incomingRequests: { ignore: [/^\/(invitations|u)\//] } },
}
