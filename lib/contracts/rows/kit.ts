/** All that a resource's contract is written with, as one name: `import * as r from '@/lib/contracts/rows/kit'`. */
export type { Operation } from '@/lib/contracts/operation'
export * from '@/lib/contracts/rows/define'
export * from '@/lib/contracts/rows/field'
export * from '@/lib/contracts/rows/filter'
export * from '@/lib/contracts/rows/operations'
export * from '@/lib/contracts/rows/resource'
