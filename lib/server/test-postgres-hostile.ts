import type { TestProject } from 'vitest/node'
import { setUpPostgres } from '@/lib/server/test-postgres'
import { HOSTILE_LOCALE, hostileDefaults } from '@/lib/testing/hostile-settings'

/** The same, where the template of every test file's database, and the role, have defaults that nothing may depend on. */
export default (project: TestProject) =>
  setUpPostgres(project, [
    'DROP DATABASE latchkey',
    `CREATE DATABASE latchkey OWNER latchkey ${HOSTILE_LOCALE}`,
    ...hostileDefaults('ROLE latchkey'),
  ])
