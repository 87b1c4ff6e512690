const MOST_REDIRECTS = 20

/** As much of a browser as redirects and cookies need: it keeps cookies for each host, and sends them there alone. */
export class CookieBrowser {
  #cookies = new Map<string, Map<string, string>>()

  #jar(url: string): Map<string, string> {
    const { host } = new URL(url)
    const jar = this.#cookies.get(host) ?? new Map<string, string>()
    this.#cookies.set(host, jar)
    return jar
  }

  /** Forgets the cookies of a host, as after a sign-out there. */
  forget(url: string) {
    this.#jar(url).clear()
  }

  /** Asks once, and follows nothing. */
  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('Cookie', [...this.#jar(url)].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(';')
      const [name = '', ...value] = pair.split('=')
      const over = attributes.some((text) => /^\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(text))
      if (over || value.join('=') === '') this.#jar(url).delete(name)
      else this.#jar(url).set(name, value.join('='))
    }
    return response
  }

  /** Follows redirects. @param before sees each address before it is asked, and may change it */
  async follow(url: string, before: (url: URL) => void = () => {}): Promise<{ url: URL; response: Response }> {
    let next = new URL(url)
    for (let redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
      before(next)
      const response = await this.ask(next.href)
      const location = response.headers.get('location')
      if (!location) return { url: next, response }
      await response.body?.cancel()
      next = new URL(location, next)
    }
    throw new Error(`Too many redirects, the last to ${next.href}`)
  }
}
