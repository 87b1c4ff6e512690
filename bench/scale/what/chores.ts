import { CHORES } from '@/lib/work/housekeeping/chores'
import { type Measured, READ } from './measured'

/** Every chore, once there is nothing left for it: that is what it costs again and again. */
export const chores = (): Measured[] =>
  Object.entries(CHORES).map(([name, work]) => ({
    group: `chore ${name}`,
    asked: '',
    target: READ,
    changes: true,
    async prepare(side) {
      await side.enter()
      await work()
      return async () => {
        await work()
        return 200
      }
    },
  }))
