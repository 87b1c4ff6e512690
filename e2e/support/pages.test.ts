import { readdirSync } from 'node:fs'
import type { Hono } from 'hono'
import { expect, test } from 'vitest'
import { PAGES, unseenBy } from '@/e2e/support/pages'
import { publicForms } from '@/lib/http/forms/app'
import { unsubscribing } from '@/lib/http/unsubscribe/app'
import type { PLACES } from '@/lib/server/listener/dispatch'

type PageApplication = Extract<(typeof PLACES)[number], { isPage: true }>['name']

/** Our other applications that answer with pages; the types ask for each. */
const APPLICATIONS: Record<PageApplication, Pick<Hono, 'routes'>> = { forms: publicForms, unsubscribing }

/** `(auth)/sign-in/page.tsx` is the page `/sign-in`. */
const pathOf = (file: string) => `/${file.replace(/\([^)]+\)\/|\/?page\.tsx$/g, '')}`

test('every page is looked at by a walk, or named with a reason not to be', () => {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
  const own = files.filter((file) => /(^|\/)page\.tsx$/.test(file)).map(pathOf)
  const answered = Object.values(APPLICATIONS).flatMap(({ routes }) =>
    routes.filter(({ method }) => method === 'GET').map(({ path }) => path.replace(/:(\w+)/g, '[$1]')),
  )
  expect(Object.keys(PAGES).sort()).toEqual([...new Set([...own, ...answered])].sort())
})

test('a walk that has not come to a page knows of it', () => {
  const seen = ['/docs', '/docs/reference?q=x', '/docs/reference/contacts/list#reply']
  expect(unseenBy('operations', seen)).toEqual([])
  expect(unseenBy('guides', seen)).toEqual(['/docs/[guide]'])
  expect(unseenBy('guides', [...seen, '/docs/scopes'])).toEqual([])
})
