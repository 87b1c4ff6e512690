import type { Prisma } from '@/lib/kernel/db/generated/client'

/** The notices of a person that their role of now lets them see: told as an Admin, or as a maker who may still see keys. */
export const noticesSeenBy = (user_id: string): Prisma.NoticeWhereInput => ({
  user_id,
  OR: [
    { organization: { memberships: { some: { user_id, role: 'admin' } } } },
    {
      as_maker: true,
      organization: { memberships: { some: { user_id, developer: true, role: { not: 'member' } } } },
    },
  ],
})
