import { describe, expect, test } from 'vitest'
import { EnvironmentError, readEnvironment } from '@/lib/base/node/env'

describe('the environment', () => {
  test('has a default for everything that may be left out', () => {
    expect(readEnvironment({})).toMatchObject({ PORT: 3000, DATA_DIR: '.data', KEY_BRAND: 'lk', TRUSTED_PROXIES: [] })
  })

  test('takes an empty value as unset, as in .env files', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ PORT: 3000 })
  })

  test('reads lists and switches', () => {
    const read = readEnvironment({
      TRUSTED_PROXIES: '10.0.0.0/8, ::1',
      REQUIRE_HTTPS: 'false',
      DATABASE_PREPARED: 'off',
    })
    expect(read).toMatchObject({
      TRUSTED_PROXIES: ['10.0.0.0/8', '::1'],
      REQUIRE_HTTPS: false,
      DATABASE_PREPARED: false,
    })
  })

  test.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'mysql://localhost/latchkey'],
    ['DATABASE_URL', 'localhost:5432'],
    ['MIGRATION_DATABASE_URL', 'latchkey'],
    ['DATABASE_PREPARED', 'yes'],
    ['AUTH_SECRET', 'short'],
    ['APP_URL', 'keys.example.com'],
    ['REQUIRE_HTTPS', '1'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', 'proxy.local'],
    ['KEY_BRAND', 'Acme_'],
    ['DEMO_PASSWORD', 'short'],
  ])('refuses %s=%s, naming the variable and an example', (name, value) => {
    const read = () => readEnvironment({ [name]: value })
    expect(read).toThrow(EnvironmentError)
    expect(read).toThrow(new RegExp(`^${name}: .+ Example: ${name}=.+$`))
  })

  test.each([
    ['OIDC_ISSUER', 'login.example.com', { OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'x' }],
    ['OIDC_ISSUER', 'http://login.example.com', { OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'x' }],
    ['SMTP_URL', 'mail.example.com:587', { MAIL_FROM: 'keys@example.com' }],
    ['MAIL_FROM', 'Latchkey', { SMTP_URL: 'smtp://mail.example.com' }],
    ['MAIL_FROM', 'a@example.com, b@example.com', { SMTP_URL: 'smtp://mail.example.com' }],
    ['MAIL_FROM', undefined, { SMTP_URL: 'smtp://mail.example.com' }],
  ])('refuses %s=%s beside what belongs to it', (name, value, rest) => {
    const read = () => readEnvironment({ ...rest, [name]: value })
    expect(read).toThrow(new RegExp(`^${name}: .+ Example: ${name}=.+$`))
  })

  test('refuses single sign-on that is set by half, naming what is missing', () => {
    expect(() => readEnvironment({ OIDC_ISSUER: 'https://login.example.com' })).toThrow(
      /^OIDC_CLIENT_ID: missing; .+ Example: OIDC_CLIENT_ID=.+\nOIDC_CLIENT_SECRET: missing; .+$/,
    )
  })

  test('names every wrong variable at once', () => {
    expect(() => readEnvironment({ PORT: 'x', APP_URL: 'y' })).toThrow(/^PORT: .*\nAPP_URL: /)
  })
})
