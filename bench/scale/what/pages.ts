import { readdirSync } from 'node:fs'
import { MEASURED_SLUG } from '../data/people-rows'
import { type Measured, READ, type Target } from './measured'
import { firstOf } from './paths'
import { answered } from './reads'

/** Of the app, what shows a customer's rows. */
const FOLDERS = ['orgs', 'platform', 'account']

const KEYS_PAGE = '/orgs/[org]/settings/api-keys'

const targets: Record<string, Target> = { [KEYS_PAGE]: { ...READ, most: 150 } }

/** Every page of the dashboard, whole, by whoever may see it. */
export const pages = (): Measured[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(`app/${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('page.tsx'))
      .map((file) => `/${folder}/${file}`.replace(/\/page\.tsx$/, '')),
  ).map((page) => ({
    group: `page ${page}`,
    asked: '',
    target: targets[page] ?? READ,
    page: true,
    async prepare(side) {
      const id = page.includes('[id]') ? await firstOf(side, '/api_keys') : ''
      const path = page.replace(/\[(org|slug)\]/, MEASURED_SLUG).replace('[id]', id)
      return () => answered(side, { path, by: page.startsWith('/platform') ? 'platform' : 'admin' })
    },
  }))
