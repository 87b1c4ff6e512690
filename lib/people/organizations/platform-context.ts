import { type Context, NO_ORIGIN, type OperatorActor, type PlatformAdminActor } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'

/** Acts on the platform as a whole, in no organisation. Nobody else has one, so the type is the permission. */
export type PlatformContext = Pick<Context, 'db' | 'origin'> & { actor: OperatorActor | PlatformAdminActor }

export type OperatorPlatformContext = PlatformContext & { actor: OperatorActor }

/** Who runs commands on the machine. */
export const platformContext = (): OperatorPlatformContext => ({
  db: prisma(),
  actor: { kind: 'operator', name: 'cli' },
  origin: NO_ORIGIN,
})
