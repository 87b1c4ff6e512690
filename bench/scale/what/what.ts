import { chores } from './chores'
import type { Measured } from './measured'
import { pages } from './pages'
import { apiReads, dashboardReads } from './reads'
import { apiWrites } from './writes'

/**
 * All that is measured, drawn from the contracts, the dashboard's routes, its pages and the chores: what is new is measured
 * by being there. Changes come last.
 */
export const everything = (): Measured[] => [
  ...chores(),
  ...apiReads(),
  ...dashboardReads(),
  ...pages(),
  ...apiWrites(),
]
