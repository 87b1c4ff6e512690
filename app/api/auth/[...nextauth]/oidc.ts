import type { OAuthConfig } from 'next-auth/providers/oauth'
import { z } from 'zod'
import { SESSION_SECONDS } from '@/lib/people/sign-in/sessions'
import { singleSignOn } from '@/lib/people/sign-in/single-sign-on'

export const OIDC = 'oidc'

const signedClaims = z.looseObject({ sub: z.string(), email: z.string().optional() })
type SignedClaims = z.output<typeof signedClaims>

/** What an ID token says; openid-client has checked its signature, issuer, audience, nonce and times. */
function claimsOf(idToken: string | undefined): SignedClaims {
  const payload = Buffer.from(idToken?.split('.')[1] ?? '', 'base64url').toString()
  return signedClaims.parse(JSON.parse(payload))
}

/** The OpenID provider that the operator has set, if one is. */
export function oidcProviders(): OAuthConfig<SignedClaims>[] {
  const settings = singleSignOn()
  if (!settings) return []
  const { issuer, clientId, clientSecret } = settings
  return [
    {
      id: OIDC,
      name: 'single sign-on',
      type: 'oauth',
      wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      clientId,
      clientSecret,
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      httpOptions: { timeout: 10_000 },
      // With a `max_age` the provider must say when it last asked the person. The session lives no longer.
      authorization: { params: { scope: 'openid email profile', max_age: SESSION_SECONDS } },
      userinfo: {
        async request({ client, tokens }) {
          const signed = claimsOf(tokens.id_token)
          // Many providers tell the email here only. What is signed goes before.
          const apart = signed.email === undefined && client.issuer.metadata.userinfo_endpoint !== undefined
          if (!apart || !tokens.access_token) return signed
          const told = await client.userinfo(tokens.access_token)
          if (told.sub !== signed.sub) throw new Error('The provider told of another person.')
          return { ...told, ...signed }
        },
      },
      // Who that is here, and the session, is found by the `signIn` callback.
      profile: ({ sub }) => ({ id: sub, session_id: '' }),
    },
  ]
}
