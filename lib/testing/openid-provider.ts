import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Provider } from 'oidc-provider'

/** A real OpenID provider on a free port, which signs in whoever the test says, without asking. */

export type ProviderPerson = {
  sub: string
  email: string
  email_verified: boolean
  /** When it last asked the person, in seconds; else now. */
  auth_time?: number
}

export const CLIENT = { id: 'latchkey', secret: 'the secret of the tests, long enough' }

export class OpenIdProvider {
  #server: Server
  /** Who signs in next. */
  person: ProviderPerson = { sub: 'nobody', email: 'nobody@example.com', email_verified: false }

  private constructor(server: Server) {
    this.#server = server
  }

  /** Listens, so that the address is known; `serve` lets it work. */
  static async listen(): Promise<OpenIdProvider> {
    const server = createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    return new OpenIdProvider(server)
  }

  get issuer(): string {
    const address = this.#server.address()
    if (typeof address !== 'object' || !address) throw new Error('The provider does not listen.')
    return `http://127.0.0.1:${address.port}`
  }

  /** @param product the address of the product that people sign in to */
  serve(product: string) {
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [`${product}/api/auth/callback/oidc`],
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      cookies: { keys: ['of the tests'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      pkce: { required: () => true },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...this.person, sub: id }) }),
      async loadExistingGrant({ oidc }) {
        const grant = new oidc.provider.Grant({ clientId: CLIENT.id, accountId: oidc.session?.accountId ?? '' })
        grant.addOIDCScope('openid email profile')
        await grant.save()
        return grant
      },
    })
    const callback = provider.callback()
    this.#server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (!request.url?.startsWith('/interaction/')) return void callback(request, response)
      const { sub, auth_time: ts } = this.person
      void provider.interactionFinished(request, response, { login: { accountId: sub, ...(ts && { ts }) } })
    })
  }

  async stop() {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }
}
