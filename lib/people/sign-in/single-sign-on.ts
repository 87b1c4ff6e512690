import { env } from '@/lib/base/node/env'

/** The OpenID provider that people may sign in at; null where none is set. */
export function singleSignOn(): { issuer: string; clientId: string; clientSecret: string } | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env
  // The environment has either all three or none.
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : null
}
