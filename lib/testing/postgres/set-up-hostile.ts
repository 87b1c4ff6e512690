import type { TestProject } from 'vitest/node'
import { HOSTILE_LOCALE, hostileDefaults } from '@/lib/testing/postgres/hostile-settings'
import { setUpPostgres } from '@/lib/testing/postgres/set-up'

/** The same, where the template of every test file's database, and the role, have defaults that nothing may depend on. */
export default (project: TestProject) =>
  setUpPostgres(project, [
    'DROP DATABASE latchkey',
    `CREATE DATABASE latchkey OWNER latchkey ${HOSTILE_LOCALE}`,
    ...hostileDefaults('ROLE latchkey'),
  ])
